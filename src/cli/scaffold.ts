import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diffOf, type PlannedFile, summarise, write } from '../files/commit.ts';
import { lockFolder } from '../files/lock.ts';
import { initGit } from '../git/init.ts';
import { decideRepository } from '../repository/commit-repository.ts';
import { closingWords } from '../repository/next-steps.ts';
import { gatherAnswers, givenAnswers, scaffoldRoot } from '../repository/scaffold/gather-answers.ts';
import { planScaffold, type Scaffold } from '../repository/scaffold/plan-scaffold.ts';
import { targetOf } from '../repository/static-files.ts';
import { templateBytes } from '../templates.ts';
import type { Context } from './command.ts';

interface ScaffoldOptions {
  /** As it was typed; undefined: the current one. */
  folder: string | undefined;
  /** Flags that answer questions. */
  flags: Readonly<Record<string, unknown>>;
  dryRun: boolean;
  /** Replace files that were edited, too. */
  force: boolean;
}

/**
 * What the generator `app` does where nobody is asked: the same steps of `src/repository/scaffold`, without the environment
 * that asks. That takes a third of the time.
 *
 * @returns the exit status
 * @throws UserError for answers that can't be used; then nothing was written
 */
export async function scaffold(context: Context, { dryRun, force, ...options }: ScaffoldOptions): Promise<number> {
  const { cwd, out, err } = context;
  const { folder = '.', given } = await givenAnswers({ ...options.flags, folder: options.folder }, cwd);
  const root = scaffoldRoot(folder, cwd);
  const release = dryRun ? () => {} : await lockFolder(root, { command: 'pp-connector new', notify: err });
  try {
    const gathered = await gatherAnswers(given, { root, cwd });
    const plan = await planScaffold(gathered);
    const { connector, report, notes } = plan;
    const { isNew, answers } = gathered;
    const { decisions, options } = await decideRepository(filesOf(plan, root), { root, force, connector, isNew });
    if (dryRun) {
      out(await diffOf(decisions, root));
      return 0;
    }
    write(decisions, options);
    err(summarise(decisions, root));
    release();
    const problem = answers.git === true ? initGit(root) : undefined;
    err(`${closingWords(gathered, report, problem === undefined ? notes : [...notes, problem])}\n`);
    return 0;
  } finally {
    release();
  }
}

/** By their names; the last plan for a file counts, and what isn't there isn't deleted. */
function filesOf({ files, copied, unwanted }: Scaffold, root: string): PlannedFile[] {
  const copies = copied.map(
    (name): PlannedFile => ({
      path: join(root, targetOf(name)),
      contents: templateBytes('app', name),
      kind: 'generated',
    }),
  );
  const planned = new Map([...files, ...copies, ...unwanted].map((file) => [file.path, file]));
  return [...planned.values()]
    .filter(({ path, contents }) => contents !== null || existsSync(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
