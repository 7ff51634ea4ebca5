import { fromPointer } from '../connector/json/pointer.ts';
import { getOwn, isObject, type Json } from '../connector/json/value.ts';
import type { Severity } from '../connector/profile.ts';
import { type ConnectorReport, countFindings } from '../rules/engine/report.ts';
import { RuleConfiguration } from '../rules/engine/rule-configuration.ts';
import { ruleById } from '../rules/families/catalogue.ts';

/** The folder that is submitted has no config.json; what its author decided about rules in the repository counts all the same. */

/** Severities that hold everywhere, as `--rule` takes them. */
export function rulesOf(config: Json | undefined): Map<string, Severity | 'off'> {
  const rules = isObject(config) ? getOwn(config, 'rules') : undefined;
  const settings = new RuleConfiguration(new Set(ruleById.keys()), config, new Map());
  const known = Object.keys(isObject(rules) ? rules : {}).filter((id) => ruleById.has(id));
  const entries = known.flatMap((id) => {
    const severity = settings.severity(id);
    return severity === undefined ? [] : [[id, severity] as const];
  });
  return new Map(entries);
}

/** With the severities of single places. */
export function withPlaces(report: ConnectorReport, config: Json | undefined): ConnectorReport {
  const settings = new RuleConfiguration(new Set(ruleById.keys()), config, new Map());
  if (!settings.havePaths) return report;
  const findings = report.findings.flatMap((finding) => {
    const severity = settings.severityAt(finding.rule, () => fromPointer(finding.pointer));
    if (severity === undefined) return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
  return { ...report, findings, counts: countFindings(findings) };
}
