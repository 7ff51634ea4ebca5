import type { Format } from '../report.ts';

/** The contract for scripts: complete, with the keys of design §4 in that order. */
export const json: Format = (report) => {
  const connectors = report.connectors.map(({ path, profile, findings, counts }) => ({
    path,
    profile,
    findings: findings.map(({ rule, severity, message, file, pointer, line, column, official, policy, fixable }) => ({
      rule,
      severity,
      message,
      file,
      pointer,
      line,
      column,
      official,
      policy,
      fixable,
    })),
    counts,
  }));
  return `${JSON.stringify({ tool: report.tool, connectors, counts: report.counts }, null, 2)}\n`;
};
