import { relative, resolve } from 'node:path';
import type { Answers } from '../../answers.ts';
import { completeProperties, defaultBrandColor } from '../../build/build-connector.ts';
import { ConnectorDraft } from '../../connector/draft.ts';
import { findRepositoryRoot, repositoryAround } from '../../connector/find.ts';
import { clone, type JsonObject } from '../../connector/json/value.ts';
import { type Connector, connectorFrom, loadConnector } from '../../connector/load.ts';
import type { MergeConflict, Resolution } from '../../connector/merge/merge.ts';
import { noConnector } from '../../connector/no-connector.ts';
import type { Profile } from '../../connector/profile.ts';
import { UserError } from '../../errors.ts';
import { type Decision, decide, diffOf, type PlannedFile, summarise, write } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { type Change, writeFiles } from '../../files/write.ts';
import { describeChanges, describeKeptIds } from '../../import/changes-summary.ts';
import type { ImportResult } from '../../import/import-description.ts';
import { keepOperationIds } from '../../import/keep-operation-ids.ts';
import { keepWhereValid } from '../../import/keep-valid-swagger.ts';
import type { ImportOptions } from '../../import/options.ts';
import { isAddress, readSource, readStream } from '../../import/read/load.ts';
import type { LoadedSource } from '../../import/read/source.ts';
import {
  type ImportedBase,
  importedProperties,
  knownDefinitions,
  presentIn,
  type Refreshed,
  recallOptions,
  refresh,
} from '../../import/refresh.ts';
import { isRefusal } from '../../import/refusal.ts';
import { unusableOf } from '../../import/report.ts';
import {
  applyRefreshed,
  type FinishedImport,
  formerCopies,
  importedFiles,
  readBase,
  reportText,
} from '../../import/repository-import.ts';
import { routeImported } from '../../import/script-routes.ts';
import { formatDefinition } from '../../import/serialise.ts';
import { addSignInScript } from '../../import/sign-in-script.ts';
import { describeReport, rejectedReport } from '../../import/summary.ts';
import { startWaiting } from '../../progress.ts';
import {
  descriptionQuestions,
  importOptions,
  importQuestions,
  readOptions,
} from '../../repository/questions/import.ts';
import { convertByPrompts } from '../../repository/questions/import-choices.ts';
import type { Prompts } from '../../repository/questions/prompts.ts';
import { kebabCase } from '../../repository/questions/question.ts';
import { onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, FlagSpec, Flags } from '../command.ts';
import { underHeadings } from '../flag-headings.ts';
import { rowsAsFlags } from '../generator-command.ts';
import { conversionAnswers } from '../import-flags.ts';
import { askEachConflict, describeConflict } from '../prompts/conflict-questions.ts';
import { promptsBy, terminalPrompts } from '../prompts/prompts.ts';

/** Their module would bring all rules along, which an import doesn't need. */
const profiles = ['custom', 'verified', 'independent'] as const satisfies readonly Profile[];

const ownFlags: FlagSpec[] = [
  {
    name: 'output',
    value: 'FILE',
    description: 'write exactly this definition and its report, without a repository',
  },
  { name: 'properties', value: 'FILE', description: 'with --output: write apiProperties.json, too' },
  {
    name: 'script',
    value: 'FILE',
    description: 'with --output, for --arrays script, --webhook and --auth client-credentials: write script.csx, too',
  },
  {
    name: 'profile',
    value: 'PROFILE',
    description: 'what the connector is meant for',
    choices: profiles,
  },
  ...rowsAsFlags(importQuestions),
  { name: 'ours', description: 'where both changed: keep what is in the repository' },
  { name: 'theirs', description: 'where both changed: take what the description says' },
  {
    name: 'verbose',
    description: 'every entry of the report and every change with its pointer, the notes among them',
  },
  { name: 'dry-run', description: 'tell what would change, write nothing' },
  { name: 'diff', description: 'with --dry-run: show the changes of the files line by line' },
];

export const command: CommandSpec = {
  name: 'import',
  writes: (flags) => flags.text('output') === undefined,
  summary: 'bring in an API description of any kind, or the changes of one',
  group: 'make',
  order: 20,
  positionals: [{ name: 'source', description: 'a file, an https address, or - for standard input', required: true }],
  flags: underHeadings(ownFlags, { 'What is taken of it, and how': Object.keys(descriptionQuestions).map(kebabCase) }),
  formats: ['text', 'json'],
  examples: [
    [
      'pp-connector import openapi.yaml',
      'into the repository that this folder belongs to; again after the API has changed',
    ],
    ['pp-connector import https://api.contoso.com/openapi.json --tags orders,items', 'a part of a large API'],
    ['pp-connector import collection.json --output apiDefinition.json', 'convert a file, nothing else'],
  ],
  run: (context, [place = ''], flags) => runImport(context, place, flags, terminalPrompts),
};

/** The command with its prompts, so that tests can answer them. */
export async function runImport(context: Context, place: string, flags: Flags, asked: Prompts): Promise<number> {
  const prompts = promptsBy(asked, context.question);
  const repository = repositoryOf(context, flags);
  refuseContradictions(flags);
  const base = repository === undefined ? undefined : readBase(repository);
  const draft = repository === undefined ? undefined : new ConnectorDraft(loadConnector(repository));
  const answers = conversionAnswers(flags);
  const given = {
    ...recallOptions(base?.options ?? {}, await importOptions(answers, context.cwd)),
    present: draft === undefined ? undefined : presentIn(base, draft.definition),
  };
  const asks = context.interactive && base === undefined;
  const converted = await convert({ context, place, flags, answers, given, prompts: asks ? prompts : undefined });
  requireScriptFile(converted.options, converted.result, flags);
  const job = { context, flags, place, prompts, base, ...converted };
  const dropped = unusableOf(job.result.report);
  if (flags.on('strict') && dropped.length > 0) {
    print(job);
    context.err(`${dropped.length} parts of the description cannot be used; nothing was written (--strict)\n`);
    return 1;
  }
  return repository === undefined || draft === undefined ? writeOutput(job) : writeRepository(job, draft, repository);
}

interface Job {
  context: Context;
  flags: Flags;
  place: string;
  prompts: Prompts;
  /** What was imported last; undefined for the first import, and outside of a repository. */
  base: ImportedBase | undefined;
  options: ImportOptions;
  source: LoadedSource;
  result: ImportResult;
}

function repositoryOf(context: Context, flags: Flags): string | undefined {
  if (flags.text('output') !== undefined) return undefined;
  const repository = findRepositoryRoot(context.cwd);
  if (repository === undefined) {
    throw noConnector(
      context.cwd,
      'make one of it: pp-connector new --api SOURCE; or name a file to write: pp-connector import SOURCE --output FILE',
      { what: 'this is not a connector repository' },
    );
  }
  return repository;
}

function refuseContradictions(flags: Flags): void {
  if (flags.on('ours') && flags.on('theirs')) {
    throw new UserError('--ours and --theirs contradict each other', {
      hint: 'give one of them; without, a terminal asks for each conflict',
    });
  }
  for (const name of ['properties', 'script']) {
    if (flags.text(name) !== undefined && flags.text('output') === undefined) {
      throw new UserError(`--${name} goes with --output; in a repository the file has its place`, {
        hint: `leave --${name} out, or add --output FILE`,
      });
    }
  }
}

/** A definition that counts on a script is of no use without it. */
function requireScriptFile(options: ImportOptions, { signsInByScript, routes }: ImportResult, flags: Flags): void {
  const endsByScript = routes.some(({ pattern }) => pattern === 'location');
  const cause =
    options.arrays === 'script'
      ? '--arrays script'
      : signsInByScript
        ? `--auth ${options.auth ?? ''}`
        : endsByScript
          ? '--webhook'
          : undefined;
  if (cause === undefined || flags.text('output') === undefined || flags.text('script') !== undefined) return;
  throw new UserError(`${cause} with --output needs a file for the script`, { hint: 'add --script script.csx' });
}

interface Request {
  context: Context;
  place: string;
  flags: Flags;
  answers: Answers;
  given: ImportOptions;
  /** A refresh does as the first import did, and asks nothing. */
  prompts: Prompts | undefined;
}

async function convert({
  context,
  place,
  flags,
  answers,
  given,
  prompts,
}: Request): Promise<Pick<Job, 'options' | 'source' | 'result'>> {
  try {
    const source = await read(place, context, answers);
    const definitionOnly = flags.text('output') !== undefined && flags.text('properties') === undefined;
    const { options, result } = await convertByPrompts(source, { ...given, definitionOnly }, { prompts });
    return { options, source, result: options.keep ? await keepWhereValid(source, result, profileOf(flags)) : result };
  } catch (error) {
    if (isRefusal(error) && context.format === 'json')
      context.out(`${JSON.stringify(rejectedReport(error), null, 2)}\n`);
    throw error;
  }
}

const profileOf = (flags: Flags): Profile => profiles.find((profile) => profile === flags.text('profile')) ?? 'custom';

function read(place: string, { cwd }: Context, answers: Answers): Promise<LoadedSource> {
  const options = readOptions(answers, cwd);
  if (place === '-') return readStream(process.stdin, options);
  const stopWaiting = startWaiting(`reading ${place}`, () => process.stderr);
  return readSource(isAddress(place) ? place : resolve(cwd, place), options).finally(stopWaiting);
}

/** The report on stdout; for programs with what a refresh changed, which the file doesn't keep. */
function print({ context, result, flags }: Job, refreshed?: Refreshed): void {
  if (context.format !== 'json') {
    context.out(
      describeReport(result, {
        profile: profileOf(flags),
        verbose: flags.on('verbose'),
        inRepository: flags.text('output') === undefined,
      }),
    );
    return;
  }
  const { changes, conflicts } = refreshed ?? {};
  const report = refreshed === undefined ? result.report : { ...result.report, changes, conflicts };
  context.out(`${JSON.stringify(report, null, 2)}\n`);
}

function writeOutput(job: Job): number {
  const { context, flags, result } = job;
  const output = resolve(context.cwd, flags.text('output') ?? '');
  const report = flags.text('report');
  const changes: Change[] = [
    [output, formatDefinition(result.definition, result.indent)],
    [
      report === undefined ? `${output.replace(/\.json$/i, '')}.report.json` : resolve(context.cwd, report),
      reportText(result),
    ],
  ];
  changes.push(...besideDefinition(job, output));
  print(job);
  if (flags.on('dry-run'))
    context.err(`would write ${changes.map(([path]) => relative(context.cwd, path)).join(', ')}\n`);
  else writeFiles(changes, { within: repositoryAround(context.cwd) });
  return 0;
}

/** The files that are written when they are named; without them, nothing of a connector has to be put together. */
function besideDefinition({ context, flags, result }: Job, output: string): Change[] {
  const [properties, script] = [flags.text('properties'), flags.text('script')];
  if (properties === undefined && script === undefined) return [];
  const draft = draftOf(result, output);
  routeImported(draft, result, undefined);
  addSignInScript(draft, result);
  const changes: Change[] = [];
  if (properties !== undefined)
    changes.push([resolve(context.cwd, properties), `${JSON.stringify(draft.properties, null, 2)}\n`]);
  if (script !== undefined && draft.script !== undefined) changes.push([resolve(context.cwd, script), draft.script]);
  return changes;
}

/** What was converted, as a connector without a folder of its own. */
function draftOf(result: ImportResult, output: string): ConnectorDraft {
  const folder = resolve(output, '..');
  const draft = new ConnectorDraft(
    connectorFrom({ layout: 'file', root: folder, assets: folder, files: {}, others: [] }, []),
  );
  const { connectionParameters = {}, policyTemplateInstances = [] } = importedProperties(result);
  Object.assign(draft.definition, result.definition);
  Object.assign(draft.connectorProperties, {
    connectionParameters,
    iconBrandColor: defaultBrandColor,
    capabilities: [],
    policyTemplateInstances,
  });
  return draft;
}

async function writeRepository(given: Job, draft: ConnectorDraft, repository: string): Promise<number> {
  const former = { definition: clone(draft.definition), properties: clone(draft.properties) };
  const known = knownDefinitions(given.base, draft.definition);
  const { result, upstream: upstreamIds, taken } = keepOperationIds(given.result, known, given.base?.upstreamIds);
  const job = { ...given, result, upstreamIds };
  const { context, flags, base } = job;
  const ours = { definition: draft.definition as JsonObject, properties: draft.connectorProperties as JsonObject };
  let refreshed = refresh(base, ours, result, flags.on('theirs') ? 'theirs' : 'ours');
  const isDecided = flags.on('ours') || flags.on('theirs') || flags.on('dry-run');
  if (refreshed.conflicts.length > 0 && !isDecided) {
    if (!context.interactive) return refuseConflicts(job, refreshed);
    refreshed = refresh(base, ours, result, await askEach(refreshed.conflicts, job));
  }
  applyRefreshed(draft, refreshed);
  completeProperties(draft);
  const notes = [...routeImported(draft, result, base?.definition), ...addSignInScript(draft, result)];
  notes.push(...formerCopies(repository, base, job));
  const settings = { root: repository, generated: GeneratedFiles.read(repository) };
  const decisions = await decide(await plannedFiles(job, draft, repository), settings);
  print(job, refreshed);
  if (base !== undefined) for (const line of changeLines(job, refreshed, former.definition)) context.err(`${line}\n`);
  for (const { pointer } of refreshed.conflicts) context.err(`conflict ${onOneLine(pointer)}\n`);
  for (const note of notes) context.err(`${onOneLine(note)}\n`);
  context.err(describeKeptIds(upstreamIds, taken));
  await finish(decisions, settings, job);
  // all kinds of changes come along, which matter only here
  const { describeBreaks } = await import('../describe-breaks.ts');
  context.err(describeBreaks(draft, former));
  return 0;
}

/** By operation; every pointer for who asks for it. */
const changeLines = ({ flags }: Job, { changes, definition }: Refreshed, former: JsonObject): string[] =>
  flags.on('verbose')
    ? changes.map(({ kind, pointer }) => `${kind} ${onOneLine(pointer)}`)
    : describeChanges(changes, definition, former);

function refuseConflicts(job: Job, refreshed: Refreshed): number {
  const { context } = job;
  const { conflicts } = refreshed;
  print(job, refreshed);
  for (const conflict of conflicts)
    context.err(describeConflict({ ...conflict, place: conflict.pointer }, 'description'));
  const what = conflicts.length === 1 ? '1 value was' : `${conflicts.length} values were`;
  context.err(
    `${what} changed both here and in the description; nothing was written. Decide with --ours or --theirs\n`,
  );
  return 1;
}

async function finish(
  decisions: readonly Decision[],
  settings: { root: string; generated: GeneratedFiles },
  { context, flags }: Job,
): Promise<void> {
  if (flags.on('dry-run')) {
    context.err(flags.on('diff') ? await diffOf(decisions, settings.root) : wouldWrite(decisions, settings.root));
    return;
  }
  write(decisions, settings);
  context.err(summarise(decisions, settings.root));
}

const wouldWrite = (decisions: readonly Decision[], root: string): string =>
  `nothing was written; this would be (--diff shows it line by line):\n${summarise(decisions, root)}`;

/** All files of one import: they are written together or not at all. */
async function plannedFiles(
  job: Job & Pick<FinishedImport, 'upstreamIds'>,
  draft: ConnectorDraft,
  repository: string,
): Promise<PlannedFile[]> {
  const { context, flags } = job;
  const report = flags.text('report');
  const kept = importedFiles(repository, {
    ...job,
    reportPath: report === undefined ? undefined : resolve(context.cwd, report),
    definition: draft.definition,
  });
  // documents that are there follow; a missing one is made when its author wants it
  const { renderRepository } = await import('../../repository/render-repository.ts');
  const present = [draft.source.readme?.path, draft.source.intro?.path];
  const { files, connector } = renderRepository(draft);
  const documents = files.filter(({ path }) => present.includes(path));
  return [...draft.plannedFiles(), ...documents, ...kept, ...(await followingTests(connector))];
}

async function followingTests(connector: Connector): Promise<PlannedFile[]> {
  const { layout, root } = connector.location;
  if (layout !== 'repository') return [];
  const { renderTests } = await import('../../repository/generated-tests.ts');
  return renderTests(connector, GeneratedFiles.read(root), { isNew: false });
}

async function askEach(conflicts: readonly MergeConflict[], { prompts }: Job): Promise<Resolution> {
  const asked = conflicts.map((conflict) => ({ ...conflict, place: conflict.pointer }));
  const taken = await askEachConflict(asked, 'the description', prompts);
  const theirs = new Set([...taken].map(({ pointer }) => pointer));
  return ({ pointer }) => (theirs.has(pointer) ? 'theirs' : 'ours');
}
