import { findRepositoryRoot } from '../../connector/find.ts';
import { existingTestFiles } from '../../connector/test-files.ts';
import { counted } from '../../counted.ts';
import { isUserError, UserError } from '../../errors.ts';
import { decide, type PlannedFile, write } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { shownPath } from '../../files/names.ts';
import { readIfThere, readTextWithin } from '../../files/read.ts';
import { writeFiles } from '../../files/write.ts';
import { startWaiting } from '../../progress.ts';
import type { RunScript } from '../../runtime/script/run-script.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { RunContext } from '../../test-cases/case-options.ts';
import { missingOf, shareOf } from '../../test-cases/coverage.ts';
import { findTestFiles } from '../../test-cases/find-test-files.ts';
import type { PlannedTests } from '../../test-cases/init/init-tests.ts';
import type { FileProblem } from '../../test-cases/read-test-file.ts';
import { loadPrinter, testFormats } from '../../test-cases/reporters/formats.ts';
import { readTestFiles, runTestFiles, type TestReport } from '../../test-cases/run-files.ts';
import { loadSubject, type Subject } from '../../test-cases/subject.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { refuseServeContradictions, serveFlags } from '../serve-flags.ts';

const headings: FlagHeadings = {
  'Writing tests': ['init', 'update', 'record', 'freeze'],
  'Asking the API': ['live', 'yes', 'connection', 'connection-set', 'send-to'],
  'A service that answers like the API': ['serve', 'seed', 'events-to'],
};

export const command: CommandSpec = {
  name: 'test',
  summary: 'run the tests of the connector, offline',
  group: 'check',
  order: 28,
  several: 'each',
  positionals: [{ name: 'files', many: true, description: 'files of tests, or folders with them (default: tests/)' }],
  flags: underHeadings(
    [
      { name: 'init', description: 'write tests of what the connector promises; run again, it adds what is new' },
      { name: 'operation', value: 'ID', description: 'only the tests of this operation' },
      { name: 'coverage', description: 'list what no test goes through, too' },
      { name: 'update', description: 'take what the connector does now for what failing tests expect' },
      {
        name: 'record',
        description: 'ask the real API for the answers of tests, and keep them without secrets and persons',
      },
      {
        name: 'live',
        description: 'ask the real API: it still has to answer with the expected status, and as the definition says',
      },
      { name: 'watch', description: 'run again what a change concerns, until you press q' },
      { name: 'freeze', value: 'DATE', description: 'with --record: all dates become this one' },
      { name: 'yes', description: 'with --record or --live: send also what changes something' },
      {
        name: 'connection',
        value: 'FILE',
        description: 'with --record or --live: a JSON object with connection parameters',
      },
      {
        name: 'connection-set',
        value: 'NAME',
        description: 'with --record or --live: which of the connectionParameterSets',
      },
      {
        name: 'send-to',
        value: 'ORIGIN',
        description: 'with --record or --live: ask this origin, such as http://127.0.0.1:8080',
      },
      { name: 'trust-script', description: 'run script.csx, also a version that has not run on this machine yet' },
      { name: 'min', value: 'PERCENT', description: 'exit status 1 when less of the operations is tested' },
      ...serveFlags,
    ],
    headings,
  ),
  formats: testFormats,
  writes: (flags) => ['init', 'update', 'record'].some((name) => flags.on(name)),
  examples: [
    ['pp-connector test --init', 'write tests, or add those of what is new'],
    ['pp-connector test', 'all tests in tests/'],
    ['pp-connector test --operation ListOrders', 'those of one operation'],
    ['pp-connector test --coverage --min 90', 'what no test goes through; nine of ten operations have to be tested'],
    ['pp-connector test --record --operation ListOrders', 'keep what the real API answers'],
    ['pp-connector test --watch', 'run again what each change concerns'],
    ['pp-connector test --live --operation ListOrders', 'does the real API still answer so?'],
    ['pp-connector test --format junit', 'for a CI server'],
    ['pp-connector test --serve 4010', 'a mock of the API, for invoke --send-to http://127.0.0.1:4010'],
  ],
  async run(context, positionals, flags) {
    refuseServeContradictions(context, positionals, flags);
    refuseContradictions(context, flags);
    const subject = loadSubject(findRepositoryRoot(context.cwd) ?? context.cwd);
    const least = leastOf(flags);
    const operation = operationOf(subject, flags);
    if (flags.text('serve') !== undefined) return serve(subject, context, flags);
    if (flags.on('init')) return init(subject, positionals, operation, context, flags);
    return runAll(subject, positionals, { least, operation }, context, flags);
  },
};

interface Wanted {
  /** In percent of the operations. */
  least: number | undefined;
  operation: string | undefined;
}

/** @returns the exit status */
async function runAll(
  subject: Subject,
  named: readonly string[],
  { least, operation }: Wanted,
  context: Context,
  flags: Flags,
): Promise<number> {
  if (context.shownFrom !== undefined && named.length === 0 && existingTestFiles(subject.root).length === 0) {
    context.err(noteLine('there are no tests; have them written: pp-connector test --init'));
    return 0;
  }
  if (flags.on('watch')) return watch(subject, named, operation, context, flags);
  const paths = findTestFiles(named, { cwd: context.cwd, root: subject.root });
  const { files, problems } = readTestFiles(paths, subject.root);
  if (problems.length > 0) throw unreadable(problems, context);
  const code = codeOf(subject, context, flags);
  if (flags.on('update') || flags.on('record')) {
    const { recordTests, updateTests } = await import('../change-tests.ts');
    const change = { subject, files, operation, context: { subject, code, onRun: () => undefined } };
    return flags.on('record') ? recordTests(change, context, flags) : updateTests(change, context);
  }
  const run = flags.on('live') ? await (await import('../real-api.ts')).liveRunner(subject, context, flags) : undefined;
  const stopWaiting = startWaiting('running the tests', () => process.stderr);
  const report = await runTestFiles(files, { subject, code }, operation, run).finally(stopWaiting);
  const print = await loadPrinter(context.format);
  const cwd = context.shownFrom ?? context.cwd;
  const shown = (path: string): string => shownPath(path, cwd);
  context.out(print(report, { shown, color: context.color, withCoverage: flags.on('coverage') }));
  const isEnough = least === undefined || enough(report, least, context);
  return report.counts.failed > 0 || !isEnough ? 1 : 0;
}

/** Until somebody ends it. @returns the exit status */
async function watch(
  subject: Subject,
  named: readonly string[],
  operation: string | undefined,
  context: Context,
  flags: Flags,
): Promise<number> {
  const { watchTests } = await import('../watch-tests.ts');
  const codeOfIt = (of: Subject): RunContext['code'] => codeOf(of, context, flags);
  return watchTests({ subject, named, operation, withCoverage: flags.on('coverage'), codeOf: codeOfIt }, context);
}

/** A mock of the API, with the answers that tests have recorded. @returns the exit status */
async function serve(subject: Subject, context: Context, flags: Flags): Promise<number> {
  const { files, problems } = readTestFiles(existingTestFiles(subject.root), subject.root);
  if (problems.length > 0) throw unreadable(problems, context);
  const { serveMock } = await import('../serve-mock.ts');
  return serveMock(subject, files, context, flags);
}

/** Writes tests. What is there is never changed. @returns the exit status */
async function init(
  subject: Subject,
  named: readonly string[],
  operation: string | undefined,
  context: Context,
  flags: Flags,
): Promise<number> {
  if (named.length > 0) throw new UserError('--init takes no files', { hint: 'for one operation: --operation ID' });
  const paths = existingTestFiles(subject.root);
  const { files, problems } = readTestFiles(paths, subject.root);
  if (problems.length > 0) throw unreadable(problems, context);
  const existing = files.map((file) => ({ file, text: readTextWithin(subject.root, file.path) }));
  const { planTests } = await import('../../test-cases/init/init-tests.ts');
  const planned = await planTests(subject, existing, { operation, code: codeOf(subject, context, flags) });
  await writeTests(subject, planned);
  const cwd = context.shownFrom ?? context.cwd;
  for (const path of planned.files.keys()) context.out(`wrote ${onOneLine(shownPath(path, cwd))}\n`);
  for (const note of planned.notes) context.err(noteLine(note));
  for (const { path, operation: id } of planned.orphans) {
    context.err(
      noteLine(
        `${shownPath(path, cwd)} tests ${id}, which the definition no longer has; delete it, or name another operation`,
      ),
    );
  }
  context.out(
    planned.added === 0
      ? 'Nothing is new.\n'
      : `${counted(planned.added, 'test')} added. Run them: pp-connector test\n`,
  );
  return 0;
}

/** In a repository of ours, files that nobody edited are remembered: they follow the connector. */
async function writeTests({ root, connector }: Subject, { files, byCode }: PlannedTests): Promise<void> {
  if (connector.location.layout !== 'repository') return writeFiles(files, { root });
  const generated = GeneratedFiles.read(root);
  const planned = [...files].map(([path, contents]): PlannedFile => {
    const onDisk = readIfThere(root, path);
    const isOurs = !byCode.has(path) && (onDisk === undefined || generated.isUntouched(path, onDisk));
    return { path, contents, kind: isOurs ? 'generated' : 'edited' };
  });
  write(await decide(planned, { root, generated }), { root, generated });
}

/** The host of the code starts with the first case that needs it. Without it such cases are skipped, and say why. */
function codeOf({ connector: { script } }: Subject, context: Context, flags: Flags): RunContext['code'] {
  let runner: Promise<RunScript | { missing: string }> | undefined;
  const start = async (): Promise<RunScript | { missing: string }> => {
    if (script === undefined) return { missing: 'there is no script.csx' };
    try {
      const { scriptRunner } = await import('../script-runner.ts');
      const isTrusted = flags.on('trust-script');
      return await scriptRunner(script, { isTrusted, confirm: undefined, err: context.err });
    } catch (error) {
      if (!isUserError(error)) throw error;
      return { missing: `${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}` };
    }
  };
  return () => {
    runner ??= start();
    return runner;
  };
}

/** What `test` does; one of them at a time. */
const modes = ['init', 'update', 'record', 'live', 'watch'] as const;

/** @throws UserError for flags that don't go together */
function refuseContradictions({ format, shownFrom }: Context, flags: Flags): void {
  const [first, second] = modes.filter((name) => flags.on(name));
  if (first !== undefined && second !== undefined) {
    throw new UserError(`--${first} and --${second} contradict each other`, { hint: 'leave one of them out' });
  }
  const given = (name: string): boolean => flags.text(name) !== undefined;
  if (given('freeze') && first !== 'record') throw new UserError('--freeze is for --record', { hint: 'add --record' });
  const lonely = ['connection', 'connection-set', 'send-to'].find(given);
  if (lonely !== undefined && first !== 'record' && first !== 'live') {
    throw new UserError(`--${lonely} is for --record and --live`, { hint: 'offline, tests have placeholders' });
  }
  if (first !== 'watch') return;
  if (shownFrom !== undefined) throw new UserError('--watch is for one connector', { hint: 'name it by --cwd' });
  if (flags.text('min') !== undefined) throw new UserError('--watch has no use for --min', { hint: 'leave it out' });
  if (format !== undefined && format !== 'text') {
    throw new UserError(`--watch prints text, and has no --format ${format}`, { hint: 'leave it out' });
  }
}

/** @throws UserError for anything but a percentage */
function leastOf(flags: Flags): number | undefined {
  const text = flags.text('min');
  if (text === undefined) return undefined;
  const value = Number(text.replace(/%$/, ''));
  if (text.trim() !== '' && value >= 0 && value <= 100) return value;
  throw new UserError(`--min ${text}: must be a percentage from 0 to 100`);
}

/** @throws UserError for an operation that there isn't */
function operationOf(subject: Subject, flags: Flags): string | undefined {
  const id = flags.text('operation');
  return id === undefined ? undefined : subject.operation(id).id;
}

function enough({ coverage: { operations } }: TestReport, least: number, context: Context): boolean {
  if (shareOf(operations) * 100 >= least) return true;
  const missing = missingOf(operations);
  context.err(
    `error: tests go through ${operations.seen.length} of ${operations.all.length} operations, which is less than ${least} %\n  without a test: ${onOneLine(missing.join(', '))}\n`,
  );
  return false;
}

/** All that is wrong with files of tests, each with its place. */
function unreadable(problems: readonly FileProblem[], context: Context): UserError {
  const cwd = context.shownFrom ?? context.cwd;
  const [first = '', ...details] = problems.map(
    ({ path, line, column, message }) => `${shownPath(path, cwd)}:${line}:${column}: ${message}`,
  );
  return new UserError(first, {
    details,
    hint: 'what a file of tests may say: schemas/connector-test.schema.json of generator-pp-connector',
  });
}
