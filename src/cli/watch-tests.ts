import { basename, join } from 'node:path';
import { repositoryNames } from '../connector/find.ts';
import { testsFolder } from '../connector/test-files.ts';
import { counted } from '../counted.ts';
import { isUserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { type Watch, watchFiles } from '../files/watch-files.ts';
import { stopped } from '../process/stop-signal.ts';
import { noteLine, onOneLine } from '../shown.ts';
import type { RunContext } from '../test-cases/case-options.ts';
import { changedOperations, concernedFiles, fingerprints } from '../test-cases/concerned.ts';
import { findTestFiles } from '../test-cases/find-test-files.ts';
import type { TestFile } from '../test-cases/model.ts';
import type { FileProblem } from '../test-cases/read-test-file.ts';
import { printText } from '../test-cases/reporters/text.ts';
import { readTestFiles, runTestFiles } from '../test-cases/run-files.ts';
import { loadSubject, type Subject } from '../test-cases/subject.ts';
import type { Context } from './command.ts';

/** `test --watch`: runs what a change concerns, until somebody presses q. */

export interface WatchedTests {
  subject: Subject;
  /** Of the command line. */
  named: readonly string[];
  /** Only the tests of this one. */
  operation: string | undefined;
  withCoverage: boolean;
  /** What runs the code of a connector. */
  codeOf: (subject: Subject) => RunContext['code'];
}

/** @returns the exit status: that somebody ended it is no failure */
export async function watchTests(wanted: WatchedTests, context: Context): Promise<number> {
  const session = new Session(wanted, context);
  const ended = whenEnded();
  await session.run(undefined);
  const watch = await session.watch();
  context.err(noteLine('waiting for changes; q or Ctrl-C ends'));
  await ended;
  await watch.close();
  await session.idle;
  return 0;
}

class Session {
  /** The run that is going on. */
  idle: Promise<void> = Promise.resolve();
  private subject: Subject;
  private known: ReadonlyMap<string, string>;
  private readonly wanted: WatchedTests;
  private readonly context: Context;

  constructor(wanted: WatchedTests, context: Context) {
    this.wanted = wanted;
    this.context = context;
    this.subject = wanted.subject;
    this.known = fingerprints(wanted.subject);
  }

  /** Tests, what they name, and the files of the connector: also those that aren't there yet. */
  watch(): Promise<Watch> {
    const { location } = this.subject.connector;
    const { definition, properties, script } = repositoryNames;
    const own = [definition, properties, script].map((name) => join(location.assets, basename(name)));
    const named = this.wanted.named.length === 0 ? [] : this.paths();
    return watchFiles(
      [...new Set([...own, ...Object.values(location.files), ...named])],
      (paths) => {
        this.idle = this.idle.then(() => this.run(paths));
      },
      { folders: [join(location.root, testsFolder)] },
    );
  }

  /** @param changed absolute paths; undefined: everything is run */
  async run(changed: readonly string[] | undefined): Promise<void> {
    const { context } = this;
    try {
      await this.runChanged(changed);
    } catch (error) {
      // a file that is half written is right again with the next change
      if (!isUserError(error)) throw error;
      context.err(`error: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    }
  }

  private paths(): string[] {
    return findTestFiles(this.wanted.named, { cwd: this.context.cwd, root: this.subject.root });
  }

  private async runChanged(changed: readonly string[] | undefined): Promise<void> {
    const { wanted, context } = this;
    const own = new Set(Object.values(this.subject.connector.location.files));
    const isOther = changed?.some((path) => own.has(path) || !path.startsWith(join(this.subject.root, testsFolder)));
    if (isOther === true) this.subject = loadSubject(this.subject.root);
    const now = isOther === true ? fingerprints(this.subject) : this.known;
    const operations = changedOperations(this.known, now);
    this.known = now;
    const { files, problems } = readTestFiles(this.paths(), this.subject.root);
    for (const problem of problems) context.err(this.problemText(problem));
    const concerned = changed === undefined ? files : concernedFiles(files, { operations, paths: new Set(changed) });
    const mine = concerned.filter(
      ({ operation }) => wanted.operation === undefined || operation.toLowerCase() === wanted.operation.toLowerCase(),
    );
    if (mine.length > 0) await this.runFiles(mine, changed);
  }

  private async runFiles(files: readonly TestFile[], changed: readonly string[] | undefined): Promise<void> {
    const { wanted, context, subject } = this;
    if (changed !== undefined) {
      const names = changed.map((path) => onOneLine(shownPath(path, context.cwd))).join(', ');
      context.out(`\n${names} changed: ${counted(files.length, 'file')} of tests\n`);
    }
    const report = await runTestFiles(files, { subject, code: wanted.codeOf(subject) });
    const shown = (path: string): string => shownPath(path, context.cwd);
    const { withCoverage } = wanted;
    context.out(printText(report, { shown, color: context.color, withCoverage, isPart: changed !== undefined }));
  }

  private problemText({ path, line, column, message }: FileProblem): string {
    return `error: ${onOneLine(`${shownPath(path, this.context.cwd)}:${line}:${column}: ${message}`)}\n`;
  }
}

/** `q`, with Enter where nobody sits at a terminal; Ctrl-C, or what a system sends to end a process. */
function whenEnded(): Promise<void> {
  const { stdin } = process;
  const isTerminal = stdin.isTTY === true;
  if (isTerminal) stdin.setRawMode(true);
  const onKey = (data: Buffer): boolean =>
    /[qQ\u0003]/.test(isTerminal ? data.toString() : (/^[qQ]\s/m.exec(data.toString())?.[0] ?? ''));
  const pressed = new Promise<void>((resolve) => {
    stdin.on('data', (data: Buffer) => {
      if (onKey(data)) resolve();
    });
  });
  return Promise.race([pressed, stopped()]).finally(() => {
    if (isTerminal) stdin.setRawMode(false);
    stdin.destroy();
  });
}
