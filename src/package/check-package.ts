import type { Json } from '../connector/json/value.ts';
import { type Profile, type Severity, severities } from '../connector/profile.ts';
import { UserError } from '../errors.ts';
import { type ConnectorReport, countFindings } from '../rules/engine/report.ts';
import type { Rule } from '../rules/engine/rule.ts';
import { RuleConfiguration } from '../rules/engine/rule-configuration.ts';
import { defaultSeverity, type Finding } from '../rules/engine/run.ts';
import { ruleById } from '../rules/families/catalogue.ts';
import type { CheckContext, Details } from './checks/check.ts';
import { checks } from './checks/checks.ts';
import { type PackageContents, readContents } from './contents.ts';
import type { RepositoryFacts } from './repository-facts.ts';
import { validateDefinitions } from './validate-definitions.ts';
import { ArchiveRefused } from './zip/refused.ts';

export interface CheckOptions {
  profile: Profile;
  /** The package is said to bring an AI plugin. */
  plugin: boolean;
  /** The connector that was exported. */
  repository: RepositoryFacts | undefined;
  /** config.json, whose `rules` count. */
  config: Json | undefined;
}

export interface CheckedPackage {
  contents: PackageContents;
  report: ConnectorReport;
}

/**
 * Checks a package, a package archive or a solution by all rules of packages, and the definitions inside by those of
 * definitions.
 *
 * @param place how the file is called in the report
 * @throws UserError when the file is not an archive, or one that is made to do harm
 */
export async function checkPackage(bytes: Buffer, place: string, options: CheckOptions): Promise<CheckedPackage> {
  const contents = await readPackage(bytes, place);
  const findings = [
    ...checkArchives({ contents, plugin: options.plugin, repository: options.repository }, options),
    ...(await validateDefinitions(contents, options)),
  ];
  return { contents, report: { path: place, profile: options.profile, findings, counts: countFindings(findings) } };
}

/** @throws UserError for what is refused */
export async function readPackage(bytes: Buffer, place: string): Promise<PackageContents> {
  try {
    return await readContents(bytes, place);
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    throw new UserError(`${place}: this archive is not read: ${error.message}`, {
      hint: 'pack or export it again; pp-connector package --submission makes an archive of exported solutions',
      cause: error,
    });
  }
}

function checkArchives(context: CheckContext, { profile, config }: CheckOptions): Finding[] {
  const settings = new RuleConfiguration(new Set(ruleById.keys()), config, new Map());
  return checks.flatMap(({ rule: id, run }) => {
    const rule = ruleById.get(id);
    if (rule === undefined) throw new Error(`there is no rule ${id}`);
    const severity = settings.severity(id) ?? defaultSeverity(rule, profile);
    if (severity === 'off') return [];
    const findings: Finding[] = [];
    run(context, (place, message, details = {}) => {
      findings.push(finding(rule, severity, place, message, details));
    });
    return findings;
  });
}

function finding(rule: Rule, severity: Severity, file: string, message: string, details: Details): Finding {
  const { policy = rule.policy, atMost, pointer = '', point = { line: 1, column: 1 } } = details;
  return {
    rule: rule.id,
    severity: atMost === undefined ? severity : lesser(severity, atMost),
    message,
    file,
    pointer,
    ...point,
    ...(policy === undefined ? {} : { policy }),
    fixable: false,
    fixes: [],
  };
}

const lesser = (a: Severity, b: Severity): Severity => (severities.indexOf(a) > severities.indexOf(b) ? a : b);
