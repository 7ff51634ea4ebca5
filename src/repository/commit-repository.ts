import type { Connector } from '../connector/load.ts';
import { type CommitOptions, type Decision, decide, type PlannedFile } from '../files/commit.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { version } from '../version.ts';
import { renderTests } from './generated-tests.ts';

export interface RepositoryCommit {
  decisions: Decision[];
  /** What `write` needs besides. */
  options: CommitOptions;
}

/**
 * Decides about all files of a repository, the tests of its connector among them. Nothing is written.
 *
 * @param connector as it will be; undefined: it stays as it is, and so do its tests
 * @param isNew made by this run: later versions then know where to start bringing it up to date
 */
export async function decideRepository(
  files: readonly PlannedFile[],
  {
    connector,
    isNew,
    ...rest
  }: Omit<CommitOptions, 'generated'> & { connector: Connector | undefined; isNew: boolean },
): Promise<RepositoryCommit> {
  const generated = GeneratedFiles.read(rest.root);
  if (isNew) generated.version = version;
  const tests = connector === undefined ? [] : await renderTests(connector, generated, { isNew });
  const options = { ...rest, generated };
  return { decisions: await decide([...files, ...tests], options), options };
}
