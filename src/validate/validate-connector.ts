import { relative } from 'node:path';
import { type Connector, loadConnector } from '../connector/load.ts';
import { loadParsers } from './parsers.ts';
import { profileOf } from './profile.ts';
import { type ConnectorReport, countFindings } from './report.ts';
import type { Profile, Setting, Severity } from './rule.ts';
import { RuleSettings } from './rule-settings.ts';
import { allRules, ruleById } from './rules/catalogue.ts';
import { runRules } from './run.ts';

export interface ValidateOptions {
  /** Paths of the report are relative to this folder. */
  cwd: string;
  profile?: Profile | undefined;
  /** `--rule id=severity`. */
  rules?: ReadonlyMap<string, Severity | 'off'>;
}

const settingOf = { repository: 'repository', folder: 'folder', file: 'file' } as const satisfies Record<
  string,
  Setting
>;

/**
 * Judges one connector by all rules of its profile.
 *
 * @param path a generated repository, a bare folder or a single definition
 * @throws UserError when the path doesn't exist; malformed content is a finding
 */
export async function validatePath(path: string, options: ValidateOptions): Promise<ConnectorReport> {
  const connector = loadConnector(path);
  return validateConnector(connector, slashes(relative(options.cwd, path) || '.'), options);
}

export async function validateConnector(connector: Connector, path: string, options: ValidateOptions): Promise<ConnectorReport> {
  await loadParsers(connector);
  const profile = profileOf(connector, options.profile);
  const findings = runRules(connector, {
    profile,
    setting: settingOf[connector.location.layout],
    rules: allRules,
    settings: new RuleSettings(new Set(ruleById.keys()), connector.config?.value, options.rules ?? new Map()),
  });
  for (const finding of findings) finding.file = slashes(relative(options.cwd, finding.file));
  return { path, profile, findings, counts: countFindings(findings) };
}

export const slashes = (path: string): string => path.replaceAll('\\', '/');
