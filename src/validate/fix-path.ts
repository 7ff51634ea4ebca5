import { writeFiles } from '../files/write.ts';
import { fixConnector } from './fix-connector.ts';
import type { ConnectorReport } from './report.ts';
import { ruleById } from './rules/catalogue.ts';
import { openTrial, reportOf, shownPath, type ValidateOptions } from './validate-connector.ts';

export interface FixOptions extends ValidateOptions {
  /** Also what flows refer to. */
  unsafe: boolean;
  /** Show what would be written instead of writing it. */
  dryRun: boolean;
}

/** What fixing one connector did. */
export interface FixSummary {
  /** What is still found. */
  report: ConnectorReport;
  /** Shown paths of the files that were changed. */
  files: string[];
  /** How many findings there are less. */
  fixed: number;
  /** Rules whose fixes would have made more findings than they remove. */
  leftOut: string[];
  /** A unified diff; empty unless it is a dry run. */
  diff: string;
}

/** Fixes the connector at `path`: in memory until nothing is left that can be fixed, then all its files at once. */
export async function fixPath(path: string, options: FixOptions): Promise<FixSummary> {
  const { cwd } = options;
  const trial = await openTrial(path, options);
  if ('findings' in trial) return { report: trial, files: [], fixed: 0, leftOut: [], diff: '' };
  const result = fixConnector(trial.connector, {
    judge: trial.judge,
    wanted: (rule) => isWanted(rule, options.unsafe),
  });
  const report = reportOf(shownPath(path, cwd), trial.profile, result.findings, cwd);
  const files = [...result.changes.keys()].map((file) => shownPath(file, cwd));
  const diff = options.dryRun ? await diffOfChanges(result.changes, cwd) : '';
  if (!options.dryRun) writeFiles(result.changes, { root: trial.connector.location.root });
  return { report, files, fixed: result.fixed, leftOut: result.leftOut, diff };
}

const isWanted = (rule: string, unsafe: boolean): boolean => {
  const kind = ruleById.get(rule)?.fix;
  return kind === 'safe' || (unsafe && kind === 'unsafe');
};

async function diffOfChanges(changes: ReadonlyMap<string, Buffer>, cwd: string): Promise<string> {
  if (changes.size === 0) return '';
  const { diffOf } = await import('../files/commit.ts');
  const decisions = [...changes].map(([path, contents]) => ({
    file: { path, contents, kind: 'edited' as const },
    outcome: 'change' as const,
  }));
  return diffOf(decisions, cwd);
}
