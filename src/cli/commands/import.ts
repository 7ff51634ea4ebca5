import { readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { completeProperties, defaultBrandColor } from '../../build/build-connector.ts';
import { ConnectorDraft } from '../../connector/draft.ts';
import { findRepositoryRoot } from '../../connector/find.ts';
import { loadConnector } from '../../connector/load.ts';
import { UserError } from '../../errors.ts';
import { type Decision, decide, diffOf, type PlannedFile, summarise, write } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { type Change, writeFiles } from '../../files/write.ts';
import { type ImportResult, importDescription } from '../../import/import-description.ts';
import { asObject, cloneJson, isObject, type Json, type JsonObject } from '../../import/json.ts';
import type { MergeConflict, Resolution } from '../../import/merge.ts';
import type { ImportOptions } from '../../import/options.ts';
import { type ReadOptions, readSource, readStream } from '../../import/read-source.ts';
import {
  type ImportedBase,
  importedProperties,
  recallOptions,
  refresh,
  rememberOptions,
} from '../../import/refresh.ts';
import { isRefusal } from '../../import/refusal.ts';
import { formatDefinition } from '../../import/serialise.ts';
import type { LoadedSource } from '../../import/source.ts';
import { describeReport, rejectedReport } from '../../import/summary.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';

export const command: CommandSpec = {
  name: 'import',
  summary: 'bring in an API description of any kind, or the changes of one',
  positionals: [{ name: 'source', description: 'a file, an https address, or - for standard input', required: true }],
  flags: [
    {
      name: 'output',
      value: 'FILE',
      description: 'write exactly this definition and its report, without a repository',
    },
    { name: 'properties', value: 'FILE', description: 'with --output: write apiProperties.json, too' },
    {
      name: 'report',
      value: 'FILE',
      description: 'where the report goes (default: api/conversion-report.json, or beside the output)',
    },
    {
      name: 'profile',
      value: 'PROFILE',
      description: 'what the connector is meant for',
      choices: ['custom', 'verified', 'independent'],
    },
    { name: 'host', value: 'HOST', description: 'replace the host of the server; the base path stays' },
    { name: 'server', value: 'N', description: 'use the server with this number, counted from 0' },
    { name: 'allow-http', description: 'keep a server that has no https' },
    { name: 'tags', value: 'LIST', description: 'only operations with one of these tags', many: true },
    { name: 'paths', value: 'LIST', description: 'only paths like these: /orders/*, /admin/**', many: true },
    { name: 'operations', value: 'LIST', description: 'only these operations: ids, or "GET /orders/{id}"', many: true },
    { name: 'exclude-tags', value: 'LIST', description: 'no operations with one of these tags', many: true },
    { name: 'exclude-paths', value: 'LIST', description: 'no paths like these', many: true },
    { name: 'exclude-operations', value: 'LIST', description: 'not these operations', many: true },
    { name: 'include-deprecated', description: 'keep deprecated operations, marked as such' },
    { name: 'auth', value: 'SCHEME', description: 'use this security scheme of the description, or none' },
    { name: 'triggers', description: 'make webhook triggers of callbacks' },
    {
      name: 'arrays',
      value: 'HOW',
      description: 'how query parameters with several values are written',
      choices: ['auto', 'csv', 'string'],
    },
    { name: 'max-depth', value: 'N', description: 'cut schemas this many references away from the operations' },
    { name: 'allow-remote', description: 'follow references to other https addresses' },
    { name: 'allow-local', description: 'permit http, loopback and private addresses' },
    {
      name: 'ref-root',
      value: 'FOLDER',
      description: 'folder that referenced files may lie in (default: that of the source)',
    },
    { name: 'postman-environment', value: 'FILE', description: 'values for the variables of a Postman collection' },
    { name: 'ours', description: 'where both changed: keep what is in the repository' },
    { name: 'theirs', description: 'where both changed: take what the description says' },
    { name: 'strict', description: 'fail when anything is dropped that is not left out by default' },
    { name: 'dry-run', description: 'show what would change, write nothing' },
  ],
  formats: ['text', 'json'],
  examples: [
    [
      'pp-connector import openapi.yaml',
      'into the repository that this folder belongs to; again after the API has changed',
    ],
    ['pp-connector import https://api.contoso.com/openapi.json --tags orders,items', 'a part of a large API'],
    ['pp-connector import collection.json --output apiDefinition.json', 'convert a file, nothing else'],
  ],
  async run(context, [place = ''], flags) {
    const repository = flags.text('output') === undefined ? findRepositoryRoot(context.cwd) : undefined;
    if (flags.text('output') === undefined && repository === undefined) {
      throw new UserError(`${context.cwd} is not in a connector repository`, {
        hint: 'name a file to write: pp-connector import SOURCE --output FILE',
      });
    }
    const base = repository === undefined ? undefined : readBase(repository);
    const options = { ...recallOptions(base?.options ?? {}), ...(await optionsFrom(flags, context.cwd)) };
    let source: LoadedSource;
    let result: ImportResult;
    try {
      source = await read(place, context, flags);
      result = importDescription(source, options);
    } catch (error) {
      if (isRefusal(error) && context.format === 'json')
        context.out(`${JSON.stringify(rejectedReport(error), null, 2)}\n`);
      throw error;
    }
    const dropped = result.report.entries.filter(
      (entry) => entry.severity === 'dropped' && entry.code !== 'excluded-by-default',
    );
    if (flags.on('strict') && dropped.length > 0) {
      print(context, result, flags);
      context.err(`${dropped.length} parts of the description cannot be used; nothing was written (--strict)\n`);
      return 1;
    }
    return repository === undefined
      ? writeOutput(context, result, flags)
      : writeRepository({ context, flags, repository, base, options, source, result, place });
  },
};

function read(place: string, context: Context, flags: Flags): Promise<LoadedSource> {
  const refRoot = flags.text('ref-root');
  const options: ReadOptions = {
    allowRemote: flags.on('allow-remote'),
    allowLocal: flags.on('allow-local'),
    ...(refRoot === undefined ? {} : { refRoot: resolve(context.cwd, refRoot) }),
  };
  if (place === '-') return readStream(process.stdin, options);
  return readSource(/^[a-z][a-z0-9+.-]+:\/\//i.test(place) ? place : resolve(context.cwd, place), options);
}

/** Only what was given: the rest is remembered from the last import, or default. */
async function optionsFrom(flags: Flags, cwd: string): Promise<ImportOptions> {
  const options: ImportOptions = {};
  const host = flags.text('host');
  if (host !== undefined) options.host = host;
  const server = wholeNumber(flags, 'server');
  if (server !== undefined) options.server = server;
  const maxDepth = wholeNumber(flags, 'max-depth');
  if (maxDepth !== undefined) options.maxDepth = maxDepth;
  const auth = flags.text('auth');
  if (auth !== undefined) options.auth = auth;
  const arrays = flags.text('arrays');
  if (arrays === 'auto' || arrays === 'csv' || arrays === 'string') options.arrays = arrays;
  const lists = {
    tags: 'tags',
    paths: 'paths',
    operations: 'operations',
    excludeTags: 'exclude-tags',
    excludePaths: 'exclude-paths',
    excludeOperations: 'exclude-operations',
  } as const;
  for (const key of Object.keys(lists) as (keyof typeof lists)[]) {
    const list = flags
      .list(lists[key])
      .flatMap((entry) => entry.split(','))
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    if (list.length > 0) options[key] = list;
  }
  if (flags.on('allow-http')) options.allowHttp = true;
  if (flags.on('include-deprecated')) options.includeDeprecated = true;
  if (flags.on('triggers')) options.triggers = true;
  const environment = flags.text('postman-environment');
  if (environment !== undefined) options.variables = await variablesIn(resolve(cwd, environment));
  return options;
}

function wholeNumber(flags: Flags, name: string): number | undefined {
  const text = flags.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text))
    throw new UserError(`--${name}: "${text}" is no whole number`, { hint: `for example --${name} 2` });
  return Number(text);
}

async function variablesIn(path: string): Promise<Map<string, string>> {
  const { root } = (await readSource(path)).root;
  const values = isObject(root) && Array.isArray(root.values) ? root.values : [];
  const variables = new Map<string, string>();
  for (const entry of values) {
    // Values that Postman marks as secret stay out of everything.
    if (
      isObject(entry) &&
      typeof entry.key === 'string' &&
      typeof entry.value === 'string' &&
      entry.enabled !== false &&
      entry.type !== 'secret'
    )
      variables.set(entry.key, entry.value);
  }
  return variables;
}

function print(context: Context, result: ImportResult, flags: Flags): void {
  if (context.format === 'json') context.out(`${JSON.stringify(result.report, null, 2)}\n`);
  else context.out(describeReport(result.report, flags.text('profile') ?? 'custom'));
}

function writeOutput(context: Context, result: ImportResult, flags: Flags): number {
  const output = resolve(context.cwd, flags.text('output') ?? '');
  const report = flags.text('report');
  const properties = flags.text('properties');
  const changes: Change[] = [
    [output, formatDefinition(result.definition, result.indent)],
    [
      report === undefined ? `${output.replace(/\.json$/i, '')}.report.json` : resolve(context.cwd, report),
      reportText(result),
    ],
  ];
  if (properties !== undefined)
    changes.push([
      resolve(context.cwd, properties),
      `${JSON.stringify({ properties: allProperties(result) }, null, 2)}\n`,
    ]);
  print(context, result, flags);
  if (flags.on('dry-run'))
    context.err(`would write ${changes.map(([path]) => relative(context.cwd, path)).join(', ')}\n`);
  else writeFiles(changes);
  return 0;
}

function reportText(result: ImportResult): string {
  return `${JSON.stringify(result.report, null, 2)}\n`;
}

function allProperties(result: ImportResult): JsonObject {
  const { connectionParameters = {}, policyTemplateInstances = [] } = importedProperties(result);
  return { connectionParameters, iconBrandColor: defaultBrandColor, capabilities: [], policyTemplateInstances };
}

interface Job {
  context: Context;
  flags: Flags;
  repository: string;
  base: ImportedBase | undefined;
  options: ImportOptions;
  source: LoadedSource;
  result: ImportResult;
  place: string;
}

const BASE = '.pp-connector/imported.json';

function readBase(repository: string): ImportedBase | undefined {
  const path = join(repository, BASE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const value = JSON.parse(text) as Json;
    const known = asObject(value);
    return {
      source: String(known.source),
      sha256: String(known.sha256),
      options: asObject(known.options),
      definition: asObject(known.definition),
      properties: asObject(known.properties),
    };
  } catch (error) {
    throw new UserError(
      `${path} is damaged: it holds the last import, without which edits cannot be told from changes of the API`,
      { hint: 'restore it from version control', cause: error },
    );
  }
}

async function writeRepository(job: Job): Promise<number> {
  const { context, flags, repository, base, result } = job;
  const draft = new ConnectorDraft(loadConnector(repository));
  const ours = { definition: draft.definition as JsonObject, properties: draft.connectorProperties as JsonObject };
  let resolution: Resolution = flags.on('theirs') ? 'theirs' : 'ours';
  let refreshed = refresh(base, ours, result, resolution);
  const isDecided = flags.on('ours') || flags.on('theirs') || flags.on('dry-run');
  if (refreshed.conflicts.length > 0 && !isDecided) {
    if (!context.interactive) {
      for (const { pointer } of refreshed.conflicts) context.err(`conflict ${pointer}\n`);
      context.err(
        `${refreshed.conflicts.length} values were changed both here and in the description; nothing was written. Decide with --ours or --theirs\n`,
      );
      return 1;
    }
    resolution = await askEach(refreshed.conflicts, context);
    refreshed = refresh(base, ours, result, resolution);
  }
  replaceContents(draft.definition, refreshed.definition);
  replaceContents(draft.connectorProperties, refreshed.properties);
  completeProperties(draft);
  const generated = GeneratedFiles.read(repository);
  const settings = { root: repository, generated };
  const decisions = await decide(plannedFiles(job, draft), settings);
  print(context, result, flags);
  for (const { kind, pointer } of refreshed.changes) if (base !== undefined) context.err(`${kind} ${pointer}\n`);
  for (const { pointer } of refreshed.conflicts) context.err(`conflict ${pointer}\n`);
  await finish(decisions, settings, context, flags.on('dry-run'));
  return 0;
}

async function finish(
  decisions: readonly Decision[],
  settings: { root: string; generated: GeneratedFiles },
  context: Context,
  dryRun: boolean,
): Promise<void> {
  if (dryRun) {
    context.err(await diffOf(decisions, settings.root));
    return;
  }
  write(decisions, settings);
  context.err(summarise(decisions, settings.root));
}

/** All files of one import: they are written together or not at all. */
function plannedFiles(
  { flags, repository, options, source, result, place, context }: Job,
  draft: ConnectorDraft,
): PlannedFile[] {
  const report = flags.text('report');
  const name = nameOfCopy(place, source);
  const files: PlannedFile[] = [...draft.files()].map(([path, contents]) => ({ path, contents, kind: 'edited' }));
  const remembered: ImportedBase = {
    source: `api/${name}`,
    sha256: source.sha256,
    options: rememberOptions(options),
    definition: result.definition,
    properties: importedProperties(result),
  };
  files.push(
    {
      path: report === undefined ? join(repository, 'api/conversion-report.json') : resolve(context.cwd, report),
      contents: reportText(result),
      kind: 'edited',
    },
    { path: join(repository, BASE), contents: `${JSON.stringify(remembered)}\n`, kind: 'edited' },
  );
  if (source.files.size === 1)
    files.push({ path: join(repository, 'api', name), contents: Buffer.from(source.bytes), kind: 'edited' });
  return files;
}

/** The name of the copy in `api/`: that of the file, or one that says what it is. */
function nameOfCopy(place: string, source: LoadedSource): string {
  const last = basename(place === '-' ? '' : (place.split(/[?#]/)[0] ?? ''));
  if (/\.(?:json|ya?ml)$/i.test(last) && last !== 'conversion-report.json') return last;
  return /^\s*[{[]/.test(Buffer.from(source.bytes.subarray(0, 200)).toString())
    ? 'description.json'
    : 'description.yaml';
}

/** `contents` may be the same object, or share parts with it. */
function replaceContents(target: object, contents: JsonObject): void {
  const copy = cloneJson(contents);
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, copy);
}

/** One question for each conflict; an empty answer keeps the author's version. */
async function askEach(conflicts: readonly MergeConflict[], context: Context): Promise<Resolution> {
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  const theirs = new Set<string>();
  try {
    for (const { pointer, ours, theirs: other } of conflicts) {
      context.err(`${pointer}\n  here:        ${shown(ours)}\n  description: ${shown(other)}\n`);
      const answer = await questions.question('keep what is here (h) or take the description (d)? [h] ');
      if (/^\s*[dt]/i.test(answer)) theirs.add(pointer);
    }
  } finally {
    questions.close();
  }
  return ({ pointer }) =>
    theirs.has(pointer.replace(/^\/properties(?=\/(?:connectionParameters|policyTemplateInstances))/, '')) ||
    theirs.has(pointer) ||
    theirs.has(`/properties${pointer}`)
      ? 'theirs'
      : 'ours';
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? '(removed)' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
