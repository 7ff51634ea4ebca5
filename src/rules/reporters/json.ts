import { severities } from '../../connector/profile.ts';
import { type ConnectorReport, type Counts, formatOf, type StartReport, tool } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';

/** The contract for scripts: complete. The same text as `JSON.stringify` with an indentation of 2 would make. */
export const startJson: StartReport = () => {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  let before = head;
  return {
    add(connector) {
      for (const severity of severities) counts[severity] += connector.counts[severity];
      const start = before;
      before = ',';
      return connectorTexts(connector, `${start}\n`);
    },
    end: () => [`${before === head ? head : '\n  '}],\n  "counts": ${countsText(counts, '  ')}\n}\n`],
  };
};

export const json = formatOf(startJson);

/** As `JSON.stringify` does it, which takes several times as long for the many texts that need no escape. */
const text = (value: string): string => (toEscape.test(value) ? JSON.stringify(value) : `"${value}"`);

const toEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

const head = `{
  "tool": {
    "name": ${text(tool.name)},
    "version": ${text(tool.version)}
  },
  "connectors": [`;

/** So many findings are one part: a text that is as long as a whole report costs more to make than its parts. */
const findingsPerPart = 100;

function* connectorTexts(connector: ConnectorReport, before: string): Generator<string> {
  const { path, profile, findings, counts, notJudged } = connector;
  let pending = `${before}    {
      "path": ${text(path)},
      "profile": ${text(profile)},${notJudged === undefined ? '' : `\n      "notJudged": ${text(notJudged)},`}
      "findings": [`;
  for (let at = 0; at < findings.length; at += findingsPerPart) {
    let part = pending;
    let separator = '\n';
    for (const finding of findings.slice(at, at + findingsPerPart)) {
      part += separator + findingText(finding);
      separator = ',\n';
    }
    yield part;
    pending = ',';
  }
  yield `${findings.length === 0 ? pending : '\n      '}],
      "counts": ${countsText(counts, '      ')}
    }`;
}

/** The fixes are left out. Ids of rules have no character that needs an escape. */
function findingText(finding: Finding): string {
  const { rule, severity, message, file, pointer, line, column, official, policy, fixable } = finding;
  return `        {
          "rule": "${rule}",
          "severity": "${severity}",
          "message": ${text(message)},
          "file": ${text(file)},
          "pointer": ${text(pointer)},
          "line": ${line},
          "column": ${column},${optional('official', official)}${optional('policy', policy)}
          "fixable": ${fixable}
        }`;
}

const optional = (key: string, value: string | undefined): string =>
  value === undefined ? '' : `\n          "${key}": ${text(value)},`;

const countsText = ({ error, warning, info }: Counts, indent: string): string => `{
${indent}  "error": ${error},
${indent}  "warning": ${warning},
${indent}  "info": ${info}
${indent}}`;
