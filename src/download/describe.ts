import { join } from 'node:path';
import type { Json } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { nameOf } from '../files/names.ts';
import { onOneLine } from '../shown.ts';
import type { DownloadTarget } from './find-connector.ts';
import type { DownloadConflict, MergedConnector, Part } from './merge-connector.ts';

/** Names of the files of each part, relative to the repository, with `/`. */
export type FileNames = Readonly<Record<Part, string>>;

export const fileNames = ({ location, ...connector }: Connector): FileNames => {
  const name = (part: Part, usual: string): string =>
    nameOf(location.root, connector[part]?.path ?? join(location.assets, usual));
  return {
    definition: name('definition', 'apiDefinition.json'),
    properties: name('properties', 'apiProperties.json'),
    script: name('script', 'script.csx'),
    icon: name('icon', 'icon.png'),
  };
};

/** `--format json`. */
export function downloadAsJson(
  { plan, connectorId, memory }: DownloadTarget,
  { changes, conflicts }: Pick<MergedConnector, 'changes' | 'conflicts'>,
  names: FileNames,
): string {
  const report = {
    connectorId,
    environment: plan.environment?.target ?? null,
    base: memory?.remote === undefined ? null : (memory.downloadedAt ?? memory.deployedAt),
    changes: changes.map(({ kind, part, pointer }) => ({ kind, file: names[part], pointer })),
    conflicts: conflicts.map(({ part, pointer, ours, theirs }) => ({
      file: names[part],
      pointer,
      ours: orNull(ours),
      theirs: orNull(theirs),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Null also stands for a value that isn't there. */
const orNull = (value: Json | undefined): Json => value ?? null;

/** What came in, for people. */
export function describeDownload(
  target: DownloadTarget,
  { changes, conflicts }: Pick<MergedConnector, 'changes' | 'conflicts'>,
  names: FileNames,
): string {
  const place = placeOf(target);
  if (changes.length > 0) {
    const lines = changes.map(({ part, words }) => `  ${onOneLine(`${names[part]}: ${words}`)}\n`);
    return `Changes from ${place}:\n${[...new Set(lines)].join('')}`;
  }
  return conflicts.length > 0
    ? `Nothing to change: what ${place} has otherwise stays as it is here.\n`
    : `Nothing to change: ${place} has nothing new.\n`;
}

/** What the comparison starts from, or that nothing is known. */
export function baseNote(target: DownloadTarget): string {
  const { memory } = target;
  if (memory?.remote !== undefined) {
    const { downloadedAt, deployedAt } = memory;
    const event = downloadedAt === undefined ? `deployment of ${deployedAt}` : `download of ${downloadedAt}`;
    return `compared with what the service had at the ${event}\n`;
  }
  return (
    `note: what ${placeOf(target)} had after a deployment from here is not known, so that your edits and those of the ` +
    'portal cannot be told apart: every difference has to be decided\n'
  );
}

/** A conflict's place: the file, and the pointer where it isn't the whole file. */
export const placeOfConflict = ({ part, pointer }: DownloadConflict, names: FileNames): string =>
  pointer === '' ? names[part] : `${names[part]} ${pointer}`;

function placeOf({ plan: { environment } }: DownloadTarget): string {
  if (environment === undefined) return 'the environment that pac is signed in to';
  return environment.name ?? environment.target;
}
