import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { testFilesBelow, testsFolder } from '../connector/test-files.ts';
import { UserError } from '../errors.ts';

/**
 * The files of tests that are meant.
 *
 * @param named files and folders of a command line; none: the folder `tests` of the repository
 * @param root absolute: the repository
 * @returns absolute paths, each once
 * @throws UserError for a name that nothing has, and where there is no test at all
 */
export function findTestFiles(named: readonly string[], { cwd, root }: { cwd: string; root: string }): string[] {
  const places = named.length === 0 ? [join(root, testsFolder)] : named.map((name) => resolve(cwd, name));
  const found = places.flatMap((place, index) => {
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return testFilesBelow(place);
    if (stats !== undefined) return [place];
    if (named.length === 0) return [];
    throw new UserError(`${named[index]}: there is no such file or folder`, {
      hint: 'name files of tests, or leave them out for all: pp-connector test',
    });
  });
  if (found.length > 0) return [...new Set(found)];
  throw new UserError(`there is no test${named.length === 0 ? ` in ${testsFolder}/` : ` in ${named.join(', ')}`}`, {
    hint: 'tests are files like tests/ListOrders.test.yaml; have them written: pp-connector test --init',
  });
}
