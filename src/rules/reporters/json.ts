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
      const part = `${before}\n${connectorText(connector)}`;
      before = ',';
      return part;
    },
    end: () => [`${before === head ? head : '\n  '}],\n  "counts": ${countsText(counts, '  ')}\n}\n`],
  };
};

export const json = formatOf(startJson);

const text = (value: string): string => JSON.stringify(value);

const head = `{
  "tool": {
    "name": ${text(tool.name)},
    "version": ${text(tool.version)}
  },
  "connectors": [`;

function connectorText({ path, profile, findings, counts, notJudged }: ConnectorReport): string {
  const list = findings.length === 0 ? '' : `\n${findings.map(findingText).join(',\n')}\n      `;
  return `    {
      "path": ${text(path)},
      "profile": ${text(profile)},${notJudged === undefined ? '' : `\n      "notJudged": ${text(notJudged)},`}
      "findings": [${list}],
      "counts": ${countsText(counts, '      ')}
    }`;
}

/** The fixes are left out. */
function findingText(finding: Finding): string {
  const { rule, severity, message, file, pointer, line, column, official, policy, fixable } = finding;
  return `        {
          "rule": ${text(rule)},
          "severity": ${text(severity)},
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
