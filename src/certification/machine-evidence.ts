import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deepEqual, type Json } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { digest } from '../files/digest.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { readIfThere, readTextWithin } from '../files/read.ts';
import { releasedConnector } from '../git/baseline.ts';
import type { Platform } from '../process/platform.ts';

/** Whether something that was made from the connector still fits it. */
export type Made = 'missing' | 'older' | 'current';

/** What the connector's own files don't show: git tags, what `package` wrote on this machine, what was generated. */
export interface MachineEvidence {
  /** The last release: its tag, and whether the connector is still the same. */
  release: { tag: string; isCurrent: boolean } | undefined;
  /** The folder for the pull request. */
  pullRequest: Made;
  /** The archive for Partner Center. */
  submission: Made;
  /** The icon is the one that was drawn for a new repository. */
  hasDrawnIcon: boolean;
  /** What the tests of the repository showed just now, offline; undefined: nobody ran them. */
  tests?: TestEvidence | undefined;
}

/** A run of `pp-connector test`. */
export interface TestEvidence {
  /** Number of cases. */
  failed: number;
  /** Number of cases: their code was not run. */
  skipped: number;
  /** Ids of all operations, and of those that a case went through. */
  operations: { all: readonly string[]; seen: readonly string[] };
}

/** Where `package` writes, relative to the repository. */
const packageFolder = 'package';

export function gatherMachineEvidence(connector: Connector, host: Platform): MachineEvidence {
  const { icon } = connector;
  const { root } = connector.location;
  const made = filesBelow(join(root, packageFolder));
  return {
    release: releaseOf(connector, host),
    pullRequest: pullRequestIn(made, connector),
    submission: submissionIn(made, connector),
    hasDrawnIcon: icon !== undefined && GeneratedFiles.read(root).isUntouched(icon.path, icon.bytes),
  };
}

function releaseOf(connector: Connector, host: Platform): MachineEvidence['release'] {
  const released = releasedConnector(connector, host);
  if (released === undefined) return undefined;
  const { name, connector: then } = released;
  const isSame = (role: 'definition' | 'properties'): boolean => deepEqual(then[role]?.value, connector[role]?.value);
  return { tag: name, isCurrent: isSame('definition') && isSame('properties') };
}

/** A folder for a pull request holds the definition and the script as they are. */
function pullRequestIn(made: readonly string[], { definition, script, location }: Connector): Made {
  const { root } = location;
  const copies = made.filter((path) => basename(path) === 'apiDefinition.swagger.json');
  if (copies.length === 0) return 'missing';
  const isCurrent = copies.some(
    (path) =>
      deepEqual(readDefinition(root, path), definition?.value) &&
      digestOf(root, join(dirname(path), 'script.csx')) === (script && digest(script.bytes)),
  );
  return isCurrent ? 'current' : 'older';
}

function digestOf(root: string, path: string): string | undefined {
  const bytes = readIfThere(root, path);
  return bytes === undefined ? undefined : digest(bytes);
}

function readDefinition(root: string, path: string): Json | undefined {
  try {
    return JSON.parse(readTextWithin(root, path)) as Json;
  } catch {
    return undefined;
  }
}

/** An archive that is younger than all that went into it. */
function submissionIn(made: readonly string[], connector: Connector): Made {
  const archives = made.filter((path) => /\.zip$/i.test(path) && !/\.pdpkg\.zip$/i.test(path));
  if (archives.length === 0) return 'missing';
  const { definition, properties, script, intro } = connector;
  const sources = [definition, properties, script, intro].flatMap((file) =>
    file === undefined ? [] : [timeOf(file.path)],
  );
  return Math.max(...archives.map(timeOf)) >= Math.max(...sources) ? 'current' : 'older';
}

const timeOf = (path: string): number => statSync(path).mtimeMs;

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return []; // nothing was packed yet
  }
}
