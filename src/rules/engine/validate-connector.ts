import { configurationOf } from '../../connector/configuration.ts';
import type { Connector } from '../../connector/load.ts';
import type { Profile, Severity } from '../../connector/profile.ts';
import { profileOf } from '../../connector/profile.ts';
import type { FileRole } from '../../connector/source-file.ts';
import type { findWorkspace } from '../../connector/workspace.ts';
import { shownPath } from '../../files/names.ts';
import type { CompileScript } from '../../script/compilation.ts';
import { refusalOf } from '../../system-error.ts';
import { allRules, ruleById } from '../families/catalogue.ts';
import { protectFiles } from '../fix/protect-files.ts';
import { loadReadable, type UnreadableFile } from './load-readable.ts';
import { type ConnectorReport, countFindings } from './report.ts';
import type { Subject } from './rule.ts';
import { RuleConfiguration } from './rule-configuration.ts';
import { type Finding, runRules } from './run.ts';

export interface ValidateOptions {
  /** Paths of the report are relative to this folder. */
  cwd: string;
  profile?: Profile | undefined;
  /** `--rule id=severity`. */
  rules?: ReadonlyMap<string, Severity | 'off'>;
  /** The lowest severity that anybody wants to hear of. Default: all. */
  least?: Severity | undefined;
  /** Compiles scripts. Default: they aren't compiled. */
  compile?: CompileScript | undefined;
  /** Finds the workspace of a connector's folder. Default: looks at the disk each time. */
  workspaceOf?: typeof findWorkspace;
}

const ruleIds: ReadonlySet<string> = new Set(ruleById.keys());

const subjectOf = { repository: 'repository', folder: 'folder', file: 'file' } as const satisfies Record<
  string,
  Subject
>;

/** A connector that is ready to be checked, again and again while it is fixed. */
export interface ValidationSession {
  connector: Connector;
  profile: Profile;
  /** All findings of this connector or of a changed version of it; with absolute paths. */
  validate: (connector: Connector) => Promise<Finding[]>;
}

/**
 * Checks one connector by all rules of its profile.
 *
 * @param path a generated repository, a bare folder or a single definition
 * @throws UserError when the path doesn't exist; malformed content and unreadable files are findings
 */
export async function validatePath(path: string, options: ValidateOptions): Promise<ConnectorReport> {
  const shown = shownPath(path, options.cwd);
  const session = await openSession(path, options);
  if ('findings' in session) return session;
  return reportOf(shown, session.profile, await session.validate(session.connector), options.cwd);
}

/** Reads the connector at `path`; where its folder can't be read, that is the report. */
export async function openSession(
  path: string,
  options: ValidateOptions,
): Promise<ValidationSession | ConnectorReport> {
  try {
    const { connector, unreadable } = loadReadable(path, options.workspaceOf);
    const session = startSession(connector, options);
    const extra = unreadable.map(unreadableFinding);
    return { ...session, validate: async (version) => [...(await session.validate(version)), ...extra] };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) throw error;
    const finding = unreadableFinding({ role: 'definition', path, reason });
    return reportOf(shownPath(path, options.cwd), options.profile ?? 'custom', [finding], options.cwd);
  }
}

export function startSession(connector: Connector, options: ValidateOptions): ValidationSession {
  const profile = profileOf(connector, options.profile);
  const subject = subjectOf[connector.location.layout];
  const validate = async (version: Connector): Promise<Finding[]> => {
    const settings = new RuleConfiguration(ruleIds, configurationOf(version), options.rules ?? new Map());
    const findings = await runRules(version, {
      profile,
      subject,
      rules: allRules,
      settings,
      least: options.least,
      compile: options.compile,
    });
    return protectFiles(findings, connector.location);
  };
  return { connector, profile, validate };
}

export async function validateConnector(
  connector: Connector,
  path: string,
  options: ValidateOptions,
): Promise<ConnectorReport> {
  const { profile, validate } = startSession(connector, options);
  return reportOf(path, profile, await validate(connector), options.cwd);
}

/** A report as formats take it: paths relative to the working folder. Its texts may be parts of the files' texts. */
export function reportOf(path: string, profile: Profile, findings: Finding[], cwd: string): ConnectorReport {
  const files = new Map<string, string>();
  const shownFile = (file: string): string => {
    const shown = files.get(file) ?? shownPath(file, cwd);
    files.set(file, shown);
    return shown;
  };
  const shown = findings.map((finding) => ({ ...finding, file: shownFile(finding.file), fixes: [] }));
  return { path, profile, findings: shown, counts: countFindings(shown) };
}

/** The rule that a file breaks which is there but can't be read. */
const ruleOf: Readonly<Record<FileRole, string>> = {
  config: 'config-json-valid',
  definition: 'layout-definition-present',
  properties: 'props-json-valid',
  settings: 'settings-json',
  icon: 'icon-png',
  script: 'script-class',
  readme: 'readme-not-empty',
  intro: 'intro-present',
};

const unreadableFinding = ({ role, path, reason }: UnreadableFile): Finding => ({
  rule: ruleOf[role],
  severity: 'error',
  message: `this can't be read: ${reason}`,
  file: path,
  pointer: '',
  line: 1,
  column: 1,
  fixable: false,
  fixes: [],
});
