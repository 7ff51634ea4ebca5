import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const definitionName = /^apidefinition(\.swagger)?\.json$/i;

/** All folders at or below `folder` that hold a connector, in alphabetical order; hidden folders and node_modules are left out. */
export function findConnectorFolders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && (definitionName.test(entry.name) || entry.name === '.yo-rc.json'))) {
    return [folder];
  }
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules',
  );
  const names = folders.map((entry) => entry.name).sort();
  const found = names.flatMap((name) => findConnectorFolders(join(folder, name)));
  // a folder that has only properties or a readme is still somebody's connector, with its definition missing
  const looksLikeOne = entries.some((entry) => entry.isFile() && /^apiproperties\.json$/i.test(entry.name));
  return found.length === 0 && looksLikeOne ? [folder] : found;
}
