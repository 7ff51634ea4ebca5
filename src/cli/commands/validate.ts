import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { findConnector, findRepositoryRoot } from '../../connector/find.ts';
import { findConnectorFolders } from '../../connector/find-connectors.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { type Profile, profiles, type Severity, severities } from '../../connector/profile.ts';
import { errorText, isUserError, UserError } from '../../errors.ts';
import { thisPlatform } from '../../process/platform.ts';
import { expectBatch } from '../../process/run-length.ts';
import { startProgress } from '../../progress.ts';
import { type ConnectorReport, countFindings, errorsOf, reaches } from '../../rules/engine/report.ts';
import { unknownRule } from '../../rules/engine/unknown-rule.ts';
import { validateBatch } from '../../rules/engine/validate-batch.ts';
import type { ValidateOptions } from '../../rules/engine/validate-connector.ts';
import { ruleById } from '../../rules/families/catalogue.ts';
import { loadWriter, reportFormats } from '../../rules/reporters/formats.ts';
import { PackedReports } from '../../rules/reporters/packed-reports.ts';
import { PackedTexts } from '../../rules/reporters/packed-texts.ts';
import { onOneLine } from '../../shown.ts';
import { refusalOf } from '../../system-error.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { compileWhenNeeded } from '../compile-when-needed.ts';
import { progressStream } from '../terminal.ts';

export const command: CommandSpec = {
  name: 'validate',
  summary: 'check connectors by the rules of the service and of certification',
  group: 'check',
  order: 10,
  several: 'together',
  positionals: [
    {
      name: 'paths',
      many: true,
      description: 'repositories, connector folders or definitions (default: the repository around the current folder)',
    },
  ],
  flags: [
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose rules apply (default: config.json, the parent folder, custom)',
      choices: profiles,
    },
    { name: 'recursive', description: 'every connector below the given folders' },
    { name: 'fix', description: 'fix what has one certain remedy, then report what is left' },
    {
      name: 'fix-unsafe',
      description:
        'fix operation ids and whatever else flows refer to, too, and delete files that are not submitted; only before a release',
    },
    { name: 'dry-run', description: 'with --fix or --fix-unsafe: print the changes as a diff, write nothing' },
    {
      name: 'baseline',
      value: 'REF',
      description:
        'with --fix-unsafe: the git tag or commit that counts as the last release (default: the newest connector-v…)',
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      description: 'lowest severity that makes the exit status 1 (default: error)',
      choices: [...severities, 'never'],
    },
    { name: 'quiet', description: 'errors only' },
    { name: 'verbose', description: 'every finding: infos, too, and all of a rule that speaks more than five times' },
    { name: 'max-findings', value: 'COUNT', description: 'show at most so many findings per connector' },
    { name: 'no-compile', description: 'do not compile script.csx, also where .NET is installed' },
    {
      name: 'rule',
      value: 'ID=SEVERITY',
      many: true,
      description: 'set the severity of a rule: off, info, warning or error',
    },
  ],
  formats: reportFormats.names,
  examples: [
    ['pp-connector validate', 'check the connector of this repository'],
    ['pp-connector validate --fix', 'fix what can be fixed, report the rest'],
    ['pp-connector validate --fix --dry-run', 'see what would be fixed'],
    ['pp-connector validate certified-connectors/* --format json', 'check many folders, for a script'],
    [
      'pp-connector validate --recursive connectors --format sarif',
      'every connector below a folder, for code scanning',
    ],
    [
      'pp-connector validate --changed origin/main',
      'in a repository of several connectors: those that a branch changes',
    ],
    ['pp-connector validate --profile verified --fail-on warning', 'what a reviewer would ask for, too'],
  ],
  async run(context, positionals, flags) {
    const rules = ruleFlags(flags.list('rule'));
    const limit = maxFindings(flags);
    const paths = [...(context.folders ?? inputs(context.cwd, positionals, flags.on('recursive')))];
    const failOn = flags.text('fail-on') ?? 'error';
    const profile = flags.text('profile') as Profile | undefined;
    const compile = flags.on('no-compile') ? undefined : compileWhenNeeded(context.cwd);
    const options = { cwd: context.cwd, profile, rules, least: leastOf(flags, failOn), compile };
    const shown = { quiet: flags.on('quiet'), verbose: flags.on('verbose'), limit };
    const printer = flags.on('dry-run') ? undefined : await startPrinting(shown, context);
    const counts = countFindings([]);
    const take = (report: ConnectorReport): void => {
      for (const severity of severities) counts[severity] += report.counts[severity];
      printer?.add(report);
    };
    // who fixes, or compares connectors with their neighbours, has something to say before the report
    const isDirect = context.neighbours === undefined && !flags.on('fix') && !flags.on('fix-unsafe');
    const kept = new PackedReports();
    const { failed, diff } = await validateAll(paths, options, context, {
      flags,
      take: isDirect ? take : (report) => kept.push(report),
    });
    for (const report of await withNeighbours(kept, options, context)) take(report);
    if (printer === undefined) context.out(diff);
    else printer.end();
    if (failed) return 2;
    return reaches(counts, failOn) ? 1 : 0;
  },
};

/** In a repository of several connectors: also what they have in common. */
async function withNeighbours(
  reports: Iterable<ConnectorReport>,
  { cwd, profile, rules }: ValidateOptions,
  { neighbours }: Context,
): Promise<Iterable<ConnectorReport>> {
  if (neighbours === undefined) return reports;
  const { compareSeveral } = await import('../../rules/engine/compare-several.ts');
  return compareSeveral([...reports], { folders: neighbours, cwd, profile, rules });
}

interface Checked {
  /** A rule failed on some connector. */
  failed: boolean;
  diff: string;
}

/** So many are validated before memory for new objects is worth having. */
const fewConnectors = 8;

/** @param take is given what was found in one connector after the other */
async function validateAll(
  paths: readonly string[],
  options: ValidateOptions,
  context: Context,
  { flags, take }: { flags: Flags; take: (report: ConnectorReport) => void },
): Promise<Checked> {
  const afterEach = paths.length > fewConnectors ? expectBatch() : undefined;
  const fixing = await fixes(paths, options, context, flags);
  const progress = startProgress(paths.length, progressStream);
  const failures: string[] = [];
  const reports = validateBatch(paths, {
    ...options,
    ...(fixing === undefined ? {} : { validate: fixing.validate }),
    onStart: progress.step,
    onFailure: (shown, error) => {
      failures.push(failure(shown, error));
      return reasonOf(error);
    },
  });
  for await (const report of reports) {
    take(report);
    afterEach?.();
  }
  progress.end();
  for (const text of failures) context.err(text);
  if (fixing !== undefined) context.err(fixing.summary());
  return { failed: failures.length > 0, diff: fixing?.diff() ?? '' };
}

/** How connectors are checked with --fix; undefined without. */
async function fixes(paths: readonly string[], options: ValidateOptions, { cwd, err }: Context, flags: Flags) {
  const unsafe = flags.on('fix-unsafe');
  const dryRun = flags.on('dry-run');
  if (!unsafe && !flags.on('fix')) {
    if (!dryRun) return undefined;
    throw new UserError('--dry-run shows what a fix would change', {
      hint: 'give it with --fix: pp-connector validate --fix --dry-run',
    });
  }
  if (unsafe) {
    const { refuseReleased } = await import('../../rules/engine/refuse-released.ts');
    refuseReleased(paths, cwd, thisPlatform(), flags.text('baseline'));
  }
  const { FixRun } = await import('../../rules/fix/fix-run.ts');
  const { whatStops } = await import('../../diff/what-stops.ts');
  return new FixRun({ ...options, unsafe, dryRun, stops: whatStops }, err);
}

/** A rule that fails is our mistake, reported in one line; what the author can repair is reported as everywhere. */
function failure(shown: string, error: unknown): string {
  if (isUserError(error)) return errorText(error);
  return `error: ${onOneLine(shown)}: this connector could not be validated (${onOneLine(reasonOf(error))}); please report it with the connector\n`;
}

function reasonOf(error: unknown): string {
  if (isUserError(error)) return error.message;
  return refusalOf(error) ?? (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

/** Prints the report while it comes in; on a terminal, whose last line shows the progress meanwhile, at the end. */
async function startPrinting(
  { quiet, verbose, limit }: { quiet: boolean; verbose: boolean; limit: number },
  { format, color, out }: Context,
) {
  const start = await loadWriter(format ?? 'stylish');
  const writer = start({ color, verbose });
  const waiting = progressStream.isTTY ? new PackedTexts() : undefined;
  const print = (text: string): void => {
    if (text === '') return;
    if (waiting === undefined) out(text);
    else waiting.push(text);
  };
  return {
    add(report: ConnectorReport): void {
      const connector = quiet ? errorsOf(report) : report;
      const parts = writer.add({ ...connector, findings: connector.findings.slice(0, limit) });
      for (const text of parts) print(text);
    },
    end(): void {
      for (const text of waiting ?? []) out(text);
      for (const text of writer.end()) out(text);
    },
  };
}

/** The connectors to validate. All paths are looked at before anything runs. */
function inputs(cwd: string, positionals: readonly string[], recursive: boolean): string[] {
  if (positionals.length === 0 && !recursive) return [connectorAround(cwd)];
  const paths = (positionals.length === 0 ? ['.'] : positionals).map((path) => existing(path, cwd));
  return recursive ? paths.flatMap((path) => findConnectorFolders(path)) : paths;
}

/** @throws UserError where not even one file of a connector is */
function connectorAround(cwd: string): string {
  const folder = existing(findRepositoryRoot(cwd) ?? cwd, cwd);
  const { layout, files } = findConnector(folder);
  if (layout === 'repository' || Object.keys(files).length > 0) return folder;
  throw noConnector(
    cwd,
    'go to one or name it: pp-connector validate FOLDER; make one: pp-connector new; find all below: pp-connector validate --recursive',
    { all: 'pp-connector validate --all', usage: 'validate FOLDER' },
  );
}

function existing(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  const hint = 'give the folder of a connector, or its definition';
  if (existsSync(absolute)) return absolute;
  try {
    // says why not, where there is something
    statSync(absolute, { throwIfNoEntry: false });
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) throw error;
    throw new UserError(`${path}: ${reason}`, { hint, cause: error });
  }
  throw new UserError(`${path}: there is no such file or folder`, { hint });
}

function ruleFlags(values: readonly string[]): Map<string, Severity | 'off'> {
  const allowed = ['off', ...severities];
  return new Map(
    values.map((value) => {
      const [id = '', severity = ''] = value.split('=');
      if (!ruleById.has(id)) throw unknownRule(id, '--rule: ');
      if (!allowed.includes(severity)) {
        throw new UserError(`--rule ${id}: "${severity}" is not a severity; allowed are: ${allowed.join(', ')}`, {
          hint: `for example: --rule ${id}=off`,
        });
      }
      return [id, severity as Severity | 'off'];
    }),
  );
}

function maxFindings(flags: Flags): number {
  const text = flags.text('max-findings');
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) {
    throw new UserError(`--max-findings: "${text}" is not a number`, { hint: 'for example: --max-findings 20' });
  }
  return Number(text);
}

/** With --quiet, what is neither shown nor decides on the exit status isn't looked for; --fix looks for everything. */
function leastOf(flags: Flags, failOn: string): Severity | undefined {
  if (!flags.on('quiet') || flags.on('fix') || flags.on('fix-unsafe')) return undefined;
  return severities.find((severity) => severity === failOn) ?? 'error';
}
