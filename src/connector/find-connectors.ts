import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refusalOf } from '../system-error.ts';

const definitionName = /^apidefinition(\.swagger)?\.json$/i;
const propertiesName = /^apiproperties\.json$/i;

/**
 * All folders at or below `path` that hold a connector, in alphabetical order; hidden folders, node_modules and symbolic
 * links are left out. Where none is, `path` itself, so that it is reported and nothing passes unseen.
 *
 * @param most folders that are looked into, for a look that nobody asked for
 */
export function findConnectorFolders(path: string, most = Number.POSITIVE_INFINITY): string[] {
  const found = search(path, { left: most });
  return found.length === 0 ? [path] : found;
}

function search(folder: string, budget: { left: number }): string[] {
  if (budget.left <= 0) return [];
  budget.left -= 1;
  const entries = entriesOf(folder);
  // what can't be searched is reported as what it is
  if (entries === undefined) return [folder];
  const has = (name: RegExp) => entries.some((entry) => !entry.isDirectory() && name.test(entry.name));
  if (has(definitionName) || has(/^\.yo-rc\.json$/)) return [folder];
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules',
  );
  const names = folders.map((entry) => entry.name).sort();
  const found = names.flatMap((name) => search(join(folder, name), budget));
  // a folder that has only properties is still somebody's connector, with its definition missing
  return found.length === 0 && has(propertiesName) ? [folder] : found;
}

/** Undefined for a file, and for a folder that can't be read. */
function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    return undefined;
  }
}
