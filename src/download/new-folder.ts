import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findConnector } from '../connector/find.ts';
import { formatJson } from '../connector/json/edit.ts';
import type { Environment } from '../deploy/environment.ts';
import type { Downloaded } from '../deploy/remote-copy.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { digest } from '../files/digest.ts';
import { nameOf } from '../files/names.ts';
import { readIfThere } from '../files/read.ts';
import type { Part } from './merge-connector.ts';

/** Names in the layout of microsoft/PowerPlatformConnectors, which every command reads and `new --from` adopts. */
const usualNames: Readonly<Record<Part, string>> = {
  definition: 'apiDefinition.swagger.json',
  properties: 'apiProperties.json',
  script: 'script.csx',
  icon: 'icon.png',
};

/**
 * The files of a downloaded connector in a folder of their own; where it holds one already, under the names there.
 *
 * @param replace also files that differ
 * @throws UserError (exit status 1) naming the files that differ
 */
export function filesOfCopy({ copy, icon }: Downloaded, folder: string, replace: boolean): PlannedFile[] {
  const present = existsSync(folder) ? findConnector(folder).files : {};
  const contents: Readonly<Record<Part, string | Buffer | undefined>> = {
    definition: formatJson(copy.definition),
    properties: formatJson(copy.properties),
    script: copy.script,
    icon,
  };
  const files = (Object.keys(usualNames) as Part[]).flatMap((part): PlannedFile[] => {
    const content = contents[part];
    const path = present[part] ?? join(folder, usualNames[part]);
    return content === undefined ? [] : [{ path, contents: content, kind: 'edited' }];
  });
  const changed = files.filter((file) => !isSame(folder, file));
  const differing = changed.filter(({ path }) => existsSync(path));
  if (differing.length === 0 || replace) return changed;
  throw new UserError(
    `${folder}: ${differing.map(({ path }) => basename(path)).join(', ')} would be replaced by another version`,
    { hint: 'choose another folder, or take what the service has with --theirs', exitStatus: 1 },
  );
}

/** Line ends don't count. */
function isSame(folder: string, { path, contents }: PlannedFile): boolean {
  const present = readIfThere(folder, path);
  return present !== undefined && contents !== null && digest(present) === digest(contents);
}

/** `--format json` of a copy: a download without anything to compare with. */
export function copyAsJson(
  connectorId: string,
  environment: Environment | undefined,
  files: readonly PlannedFile[],
  cwd: string,
): string {
  const changes = files.map(({ path }) => ({
    kind: existsSync(path) ? 'updated' : 'added',
    file: nameOf(cwd, path),
    pointer: '',
  }));
  const report = { connectorId, environment: environment?.target ?? null, base: null, changes, conflicts: [] };
  return `${JSON.stringify(report, null, 2)}\n`;
}
