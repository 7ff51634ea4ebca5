import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { derivedTextsFile } from '../../connector/derived-texts-file.ts';
import type { Connector } from '../../connector/load.ts';
import { shownPath } from '../../files/names.ts';
import { type Change, writeFiles } from '../../files/write.ts';
import { shellPath } from '../../process/command.ts';
import type { ConnectorReport } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { openSession, reportOf, type ValidateOptions } from '../engine/validate-connector.ts';
import { ruleById } from '../families/catalogue.ts';
import { consequencesOf } from './consequences.ts';
import { countByRule } from './count-by-rule.ts';
import { type FileChange, fixConnector } from './fix-connector.ts';
import type { FindStops } from './guard.ts';

export interface FixOptions extends ValidateOptions {
  /** Also what flows refer to, and files that don't belong there. */
  unsafe: boolean;
  /** Show what would be written instead of writing it. */
  dryRun: boolean;
  /** What a change stops: safe fixes stop nothing, and of unsafe ones it is said. */
  stops: FindStops;
  /** Which findings are fixed. Default: all that can be. */
  only?: (finding: Finding) => boolean;
}

/** What fixing one connector did. */
export interface FixSummary {
  /** What is still found. */
  report: ConnectorReport;
  /** What happened to each file, such as `change a/b.json`. */
  files: string[];
  /** Commands that are left to be run manually. */
  commands: string[];
  /** How many findings are gone. */
  fixed: number;
  /** How many findings came to light per rule. */
  revealed: Map<string, number>;
  /** Rules whose fixes would have made more findings than they remove. */
  leftOut: string[];
  /** How many findings are left per rule, since their fixes would have stopped flows or connections. */
  held: Map<string, number>;
  /** Who has to do what after unsafe fixes; one line each. */
  consequences: string[];
  /** A unified diff, below a line for each file that gets another name or none; empty unless it is a dry run. */
  diff: string;
}

/** Fixes the connector at `path`: in memory until nothing is left that can be fixed, then all its files at once. */
export async function fixPath(path: string, options: FixOptions): Promise<FixSummary> {
  const { cwd } = options;
  const session = await openSession(path, options);
  if ('findings' in session) return { ...nothing, report: session };
  const result = await fixConnector(session.connector, {
    validate: fixableBy(options.only, session.validate),
    wanted: (rule) => isWanted(rule, options.unsafe),
    stops: options.unsafe ? undefined : options.stops,
  });
  const report = reportOf(shownPath(path, cwd), session.profile, result.findings, cwd);
  const files = result.changes.map((change) => inWords(change, cwd));
  const diff = options.dryRun ? await diffOfChanges(result.changes, cwd) : '';
  if (!options.dryRun) {
    const { root } = session.connector.location;
    writeFiles([...writesOf(result.changes), ...recordIn(root, session.connector, result.connector)], { root });
  }
  const commands = options.dryRun ? [] : forGit(result.changes, cwd);
  const held = countByRule(result.held);
  const consequences = options.unsafe ? await consequencesOf(session, result, options.stops) : [];
  const { fixed, revealed, leftOut } = result;
  return { report, files, commands, fixed, revealed, leftOut, held, consequences, diff };
}

/** The other findings count, but aren't fixed. */
function fixableBy(
  only: FixOptions['only'],
  validate: (connector: Connector) => Promise<Finding[]>,
): (connector: Connector) => Promise<Finding[]> {
  if (only === undefined) return validate;
  return async (connector) =>
    (await validate(connector)).map((finding) => (only(finding) ? finding : { ...finding, fixes: [] }));
}

const nothing = {
  files: [],
  commands: [],
  fixed: 0,
  revealed: new Map(),
  leftOut: [],
  held: new Map(),
  consequences: [],
  diff: '',
};

const isWanted = (rule: string, unsafe: boolean): boolean => {
  const kind = ruleById.get(rule)?.fix;
  return kind === 'safe' || (unsafe && kind !== undefined);
};

/** Old names go first: where the file system knows no case, the new name may be the same one. */
function writesOf(changes: readonly FileChange[]): Change[] {
  const gone = changes.filter(({ path, after }) => after?.path !== path).map(({ path }): Change => [path, null]);
  const written = changes.flatMap(({ after }): Change[] => (after === undefined ? [] : [[after.path, after.bytes]]));
  return [...gone, ...written];
}

/** Which texts were made of names, where that has changed. */
function recordIn(root: string, before: Connector, { derivedTexts }: Connector): Change[] {
  if (derivedTexts === undefined || derivedTexts === before.derivedTexts) return [];
  const file = derivedTextsFile(root, derivedTexts);
  return file === undefined ? [] : [[file.path, file.contents]];
}

function inWords({ path, after, isEdited }: FileChange, cwd: string): string {
  const shown = shownPath(path, cwd);
  if (after === undefined) return `delete ${shown}`;
  if (after.path === path) return `change ${shown}`;
  return `rename ${shown} to ${basename(after.path)}${isEdited ? ', and change it' : ''}`;
}

/** Where the file system knows no case, git doesn't notice by itself that a name has another one. */
const forGit = (changes: readonly FileChange[], cwd: string): string[] =>
  changes.flatMap(({ path, after }) =>
    after === undefined || after.path === path || !existsSync(path)
      ? []
      : [`git mv ${shellPath(shownPath(path, cwd))} ${shellPath(shownPath(after.path, cwd))}`],
  );

async function diffOfChanges(changes: readonly FileChange[], cwd: string): Promise<string> {
  if (changes.length === 0) return '';
  const { diffOf } = await import('../../files/commit.ts');
  const moved = changes.filter(({ path, after }) => after?.path !== path);
  const decisions = changes.flatMap(({ path, after, isEdited }) => {
    if (after === undefined || !isEdited) return [];
    return [{ file: { path, contents: after.bytes, kind: 'edited' as const }, outcome: 'change' as const }];
  });
  const lines = moved.map((change) => `${inWords({ ...change, isEdited: false }, cwd)}\n`);
  return lines.join('') + (await diffOf(decisions, cwd));
}
