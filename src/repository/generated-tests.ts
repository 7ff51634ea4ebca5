import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../connector/load.ts';
import { existingTestFiles, testsFolder } from '../connector/test-files.ts';
import { isUserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import type { GeneratedFiles } from '../files/generated-files.ts';
import { readIfThere, readWithin } from '../files/read.ts';
import { repositoryScripts, scriptIn } from './package-json.ts';

/**
 * The tests of a connector as it will be. In a repository that has generated tests, those that nobody edited follow the
 * connector: what a command changes on purpose isn't a failure. Edited ones stay, and so do deleted ones away. All stay
 * where the connector can't be run: its files may only be damaged.
 *
 * @param isNew there is no repository yet: all tests are planned
 */
export async function renderTests(
  connector: Connector,
  generated: GeneratedFiles,
  { isNew }: { isNew: boolean },
): Promise<PlannedFile[]> {
  const recorded = generated.names().filter((name) => name.startsWith(`${testsFolder}/`));
  const { root } = connector.location;
  if (!isNew && recorded.length === 0 && !runsTests(root)) return [];
  const files = await allTests(connector);
  if (files === undefined) return [];
  const wanted = [...files].filter(([path]) => {
    if (!existsSync(path)) return isNew || !generated.knows(path);
    return generated.isUntouched(path, readWithin(root, path));
  });
  const gone = recorded.map((name) => join(root, ...name.split('/'))).filter((path) => !files.has(path));
  const planned = [
    ...wanted.map(([path, contents]): PlannedFile => ({ path, contents, kind: 'generated' })),
    ...gone
      .filter((path) => existsSync(path) && generated.isUntouched(path, readWithin(root, path)))
      .map((path): PlannedFile => ({ path, contents: null, kind: 'generated' })),
  ];
  return planned.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** There are none, but `npm test` runs them: the last ones went with their operations. */
function runsTests(root: string): boolean {
  if (existingTestFiles(root).length > 0) return false;
  const manifest = readIfThere(root, join(root, 'package.json'))?.toString();
  return scriptIn(manifest, 'test') === repositoryScripts.test;
}

/** @returns undefined for a connector that can't be run; `validate` says what is wrong with it */
export async function allTests(connector: Connector): Promise<Map<string, string> | undefined> {
  const { planTests } = await import('../test-cases/init/init-tests.ts');
  const { Subject } = await import('../test-cases/subject.ts');
  try {
    return (await planTests(new Subject(connector), [])).files;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
}
