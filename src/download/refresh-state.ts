import { deepEqual } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import type { DeploymentMemory } from '../deploy/deployment-state.ts';
import type { RemoteCopy } from '../deploy/remote-copy.ts';
import type { PlannedFile } from '../files/commit.ts';
import { digest } from '../files/digest.ts';
import { version } from '../version.ts';
import type { DownloadTarget } from './find-connector.ts';
import { type Part, parts } from './merge-connector.ts';

/** Parts of the author's that are still what was deployed last. */
export function unchangedSince(memory: DeploymentMemory | undefined, connector: Connector): Set<Part> {
  if (memory === undefined) return new Set();
  const { digests } = memory;
  return new Set(
    parts.filter((part) => {
      const file = connector[part];
      return file !== undefined && digests[part] === digest(file.bytes);
    }),
  );
}

/**
 * What is remembered after a download: the service's copy of now is what the next comparison starts from. Files that
 * were as deployed are so again, with the changes in them.
 */
export function renewedMemory(
  target: DownloadTarget,
  remote: RemoteCopy,
  files: { connector: Connector; unchanged: ReadonlySet<Part>; changed: readonly PlannedFile[] },
  now: Date,
): DeploymentMemory {
  const before = target.memory ?? firstMemory(target, now);
  if (before.remote !== undefined && isSameCopy(before.remote, remote)) return before;
  const digests = { ...before.digests };
  for (const part of files.unchanged) {
    const path = files.connector[part]?.path;
    const contents = files.changed.find((file) => file.path === path)?.contents;
    if (contents === null) delete digests[part as 'script'];
    else if (contents !== undefined) digests[part] = digest(contents);
  }
  return { ...before, digests, remote, downloadedAt: now.toISOString() };
}

function firstMemory({ plan: { environment }, connectorId }: DownloadTarget, now: Date): DeploymentMemory {
  return {
    environment: {
      ...(environment?.name !== undefined && { name: environment.name }),
      ...(environment !== undefined && { target: environment.target }),
    },
    connectorId,
    action: 'download',
    deployedAt: now.toISOString(),
    tool: `generator-pp-connector ${version}`,
    digests: { definition: '', properties: '' },
  };
}

const isSameCopy = (a: RemoteCopy, b: RemoteCopy): boolean =>
  deepEqual(a.definition, b.definition) &&
  deepEqual(a.properties, b.properties) &&
  a.script === b.script &&
  a.icon === b.icon;
