import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Answer, Answers } from '../answers.ts';
import { type CommitOptions, decide, diffOf, type PlannedFile, summarise, write } from '../files/commit.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { lockFolder } from '../files/lock.ts';
import { requireWritable } from '../files/writable.ts';
import { initGit } from '../git/init.ts';
import { renderTests } from '../repository/generated-tests.ts';
import { nextSteps } from '../repository/next-steps.ts';
import { acceptWithFile, answersUnasked, checkAnswers } from '../repository/questions/accept.ts';
import { appQuestions, connectorQuestions, startQuestions } from '../repository/questions/app.ts';
import { readAnswersOf } from '../repository/questions/homes.ts';
import { flagOf } from '../repository/questions/question.ts';
import { aboutDescription, chooseStart, requireDescription } from '../repository/scaffold/choose-start.ts';
import { planScaffold, type Scaffold } from '../repository/scaffold/plan-scaffold.ts';
import { answersOfNeighbours, isRepository, repositoryAt, rootFor } from '../repository/scaffold/repository-at.ts';
import { whatIsKnown } from '../repository/scaffold/what-is-known.ts';
import { fromExisting, type StartingPoint } from '../repository/starting-point.ts';
import { targetOf } from '../repository/static-files.ts';
import { shown } from '../shown.ts';
import { templateBytes } from '../templates.ts';
import { version } from '../version.ts';
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
 * What the generator `app` does where nobody is asked: the same answers, files and messages, without the environment that
 * asks. That takes a third of the time.
 *
 * @returns the exit status
 * @throws UserError for answers that can't be used; then nothing was written
 */
export async function scaffold(context: Context, options: ScaffoldOptions): Promise<number> {
  const { cwd, err } = context;
  const { folder = '.', ...given } = await acceptWithFile(questions, givenFlags(options), cwd);
  checkAnswers(appQuestions, aboutDescription(given), given, flagOf);
  const root = rootFor(String(folder), cwd);
  // a folder that can't be made is refused before anything is read
  requireWritable([join(root, 'config.json')]);
  const release = options.dryRun ? () => {} : await lockFolder(root, { command: 'pp-connector new', notify: err });
  try {
    const { start, answers, unasked, isNew } = await answersFor(root, cwd, given);
    const plan = await planScaffold({ root, cwd, start, answers, unasked });
    const isDone = await commit(context, plan, { root, isNew, ...options });
    if (!isDone) return 0;
    release();
    const problem = answers.git === true ? initGit(root) : undefined;
    if (start.summary !== undefined) err(`\n${start.summary}\n`);
    const notes = problem === undefined ? plan.notes : [...plan.notes, problem];
    err(`\n${nextSteps(root, cwd, plan.report, notes)}\n`);
    return 0;
  } finally {
    release();
  }
}

/** The folder may also be named in a file of answers. */
const questions = { ...appQuestions, folder: { type: 'input', message: '', help: '', flagOnly: true } } as const;

const givenFlags = ({ folder, flags }: ScaffoldOptions): Record<string, unknown> =>
  folder === undefined ? flags : { ...flags, folder };

async function answersFor(
  root: string,
  cwd: string,
  wished: Record<string, Answer>,
): Promise<{ start: StartingPoint; answers: Answers; unasked: Answers | undefined; isNew: boolean }> {
  const existing = isRepository(root);
  const before = existing ? readAnswersOf(startQuestions, repositoryAt(root, fromExisting(root))) : {};
  const first = answersUnasked(startQuestions, wished, { folder: basename(root), existing, ...before });
  const start = await chooseStart(first, { root, cwd, existing, given: wished });
  requireDescription(start, wished);
  const common = existing ? {} : answersOfNeighbours(root);
  const known = whatIsKnown(start, repositoryAt(root, start), { given: wished, first, common, isAsking: false });
  const answers = answersUnasked(connectorQuestions, known.given, known.facts, known.questions);
  return { start, answers, unasked: known.unasked, isNew: !existing };
}

/** @returns whether it was written; a dry run only shows it */
async function commit(
  { out, err }: Context,
  plan: Scaffold,
  { root, isNew, dryRun, force }: { root: string; isNew: boolean; dryRun: boolean; force: boolean },
): Promise<boolean> {
  const generated = GeneratedFiles.read(root);
  if (isNew) generated.version = version;
  const tests = await renderTests(plan.connector, generated, { isNew });
  const options: CommitOptions = { root, generated, force };
  const decisions = await decide([...filesOf(plan, root), ...tests], options);
  if (dryRun) {
    out(shown(await diffOf(decisions, root)));
    return false;
  }
  write(decisions, options);
  err(summarise(decisions, root));
  return true;
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
