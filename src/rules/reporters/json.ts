import type { ConnectorReport, Counts, Format, PartedFormat } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';

/** The contract for scripts: complete. The same text as `JSON.stringify` with an indentation of 2 would make. */
export const json: Format = (report, options) => [...jsonParts(report, options)].join('');

export const jsonParts: PartedFormat = function* ({ tool, connectors, counts }) {
  yield `{
  "tool": {
    "name": ${text(tool.name)},
    "version": ${text(tool.version)}
  },
  "connectors": [`;
  let separator = '\n';
  for (const connector of connectors) {
    yield separator + connectorText(connector);
    separator = ',\n';
  }
  yield `${connectors.length === 0 ? '' : '\n  '}],
  "counts": ${countsText(counts, '  ')}
}
`;
};

const text = (value: string): string => JSON.stringify(value);

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
