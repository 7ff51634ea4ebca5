import { asObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { memoryChange } from '../deploy/deployment-state.ts';
import { downloadConnector } from '../deploy/remote-copy.ts';
import type { PacOptions } from '../deploy/run-pac.ts';
import type { PlannedFile } from '../files/commit.ts';
import type { GeneratedFiles } from '../files/generated-files.ts';
import { changedFiles } from './changed-files.ts';
import { definitionSource } from './definition-source.ts';
import type { DownloadTarget } from './find-connector.ts';
import { type DecideConflict, type DownloadSides, type MergedConnector, mergeDefinition } from './merge-connector.ts';
import { renewedMemory, unchangedSince } from './refresh-state.ts';

/** Downloads the connector, and puts beside it what it is compared with. @throws UserError as `downloadConnector` */
export async function downloadSides(
  connector: Connector,
  { plan, connectorId, memory }: DownloadTarget,
  options: PacOptions,
): Promise<DownloadSides> {
  const theirs = await downloadConnector(connectorId, plan.environment, connector.location.root, options);
  return {
    ours: connector,
    base: memory?.remote,
    theirs,
    unchanged: unchangedSince(memory, connector),
    overrides: plan.environment?.overrides ?? {},
  };
}

/** What a download writes. */
export interface PlannedDownload {
  /** The author's files. */
  files: PlannedFile[];
  /** What is remembered of it; none in a folder without config.json. */
  memory: PlannedFile[];
}

/** @param decide as the conflicts of `merged` were decided */
export function planDownload(
  target: DownloadTarget,
  sides: DownloadSides,
  merged: MergedConnector,
  { decide, generated, now }: { decide: DecideConflict; generated: GeneratedFiles; now: Date },
): PlannedDownload {
  const { ours, theirs, unchanged } = sides;
  const isChanged = merged.changes.some(({ part }) => part === 'definition');
  const file = isChanged ? definitionSource(ours, generated) : undefined;
  const source = file && { file, merged: mergeDefinition(sides, asObject(file.value), decide).merged };
  const files = changedFiles(ours, merged, source);
  if (ours.config === undefined) return { files, memory: [] };
  const memory = renewedMemory(target, theirs.copy, { connector: ours, unchanged, changed: files }, now);
  return { files, memory: [memoryChange(ours.location.root, memory)] };
}
