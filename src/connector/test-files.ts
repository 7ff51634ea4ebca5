import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Tests of a connector (`pp-connector test`) are below this folder of its repository. */
export const testsFolder = 'tests';

/** How files of tests are called. */
export const isTestFile = (name: string): boolean => /\.test\.ya?ml$/i.test(name);

/** Absolute paths. Links are not followed: what is in a repository leads nowhere else. */
export function testFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFilesBelow(path);
      return entry.isFile() && isTestFile(entry.name) ? [path] : [];
    });
}

/** Those of a connector, as absolute paths; none where it has none. */
export function existingTestFiles(root: string): string[] {
  const folder = join(root, testsFolder);
  return existsSync(folder) ? testFilesBelow(folder) : [];
}
