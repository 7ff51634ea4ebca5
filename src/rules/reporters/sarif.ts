import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../connector/json/value.ts';
import { profiles, type Severity } from '../../connector/profile.ts';
import { homepage, rulePageAddress } from '../../homepage.ts';
import { wellFormed } from '../../shown.ts';
import type { ConnectorReport, Format, PartedFormat } from '../engine/report.ts';
import type { Rule } from '../engine/rule.ts';
import { defaultSeverity, type Finding } from '../engine/run.ts';
import { allRules } from '../explain-catalogue.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** SARIF 2.1.0, for code scanning and for viewers: complete, with the rules that spoke and their help. */
export const sarif: Format = (report, options) => [...sarifParts(report, options)].join('');

export const sarifParts: PartedFormat = function* ({ tool, connectors }) {
  const spoke = new Set(connectors.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const rules = allRules.filter(({ id }) => spoke.has(id));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Json = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            informationUri: homepage,
            rules: rules.map(describeRule),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [base]: { description: { text: 'The folder in which the command was run.' } } },
        invocations: [invocation(connectors)],
        results: [],
      },
    ],
  };
  const [head = '', tail = ''] = JSON.stringify(log, null, 2).split(emptyResults);
  yield `${head}${emptyResults.slice(0, -1)}`;
  let separator = '';
  for (const connector of connectors) {
    if (connector.findings.length === 0) continue;
    yield separator + resultTexts(connector, indexes);
    separator = ',';
  }
  yield `${separator === '' ? '' : '\n      '}]${tail}\n`;
};

/** What could not be judged is no result: the run itself failed there. */
function invocation(connectors: readonly ConnectorReport[]): JsonObject {
  const failed = connectors.flatMap(({ path, notJudged }) =>
    notJudged === undefined ? [] : [{ level: 'error', message: { text: wellFormed(`${path}: ${notJudged}`) } }],
  );
  if (failed.length === 0) return { executionSuccessful: true };
  return { executionSuccessful: false, toolExecutionNotifications: failed };
}

/** Where the results go: nothing else of that name is on a line that is indented so. */
const emptyResults = '\n      "results": []';

/** The results of one connector, as they are in the list. */
function resultTexts(connector: ConnectorReport, indexes: ReadonlyMap<string, number>): string {
  const list = JSON.stringify(results(connector, indexes), null, 2).slice('['.length, -'\n]'.length);
  return list.replaceAll('\n', '\n      ');
}

const base = '%SRCROOT%';

function describeRule(rule: Rule): JsonObject {
  const help = [rule.why, rule.remedy, `Source: ${rule.source}`];
  const severity = profiles.map((profile) => defaultSeverity(rule, profile)).find((each) => each !== 'off');
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: `${rule.title} ${rule.why}` },
    help: { text: help.join('\n'), markdown: `**Why:** ${help[0]}\n\n**Remedy:** ${help[1]}\n\n${help[2]}` },
    helpUri: rulePageAddress(rule.id),
    defaultConfiguration: { enabled: severity !== undefined, level: levels[severity ?? 'info'] },
    properties: {
      tags: ['power-platform', 'connector'],
      ...(rule.official === undefined ? {} : { official: rule.official }),
      ...(rule.policy === undefined ? {} : { policy: rule.policy }),
    },
  };
}

function results({ path, profile, findings }: ConnectorReport, indexes: ReadonlyMap<string, number>): JsonObject[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = fingerprint(finding);
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    return {
      ruleId: finding.rule,
      ruleIndex: indexes.get(finding.rule) ?? -1,
      kind: 'fail',
      level: levels[finding.severity],
      message: { text: wellFormed(finding.message) },
      locations: [location(finding)],
      // survives changes elsewhere in the file, and tells findings on the one line of a minified file apart
      partialFingerprints: { primaryLocationLineHash: `${identity}:${occurrence}` },
      properties: { connector: path, profile, fixable: finding.fixable },
    };
  });
}

function location({ file, line, column, pointer }: Finding): JsonObject {
  return {
    physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column } },
    ...(pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: wellFormed(pointer), kind: 'value' }] }),
  };
}

/** Below the folder of the command relative to it; on another drive of Windows absolute. */
function artifact(file: string): JsonObject {
  const uri = file
    .split('/')
    .map((part) => encodeURIComponent(wellFormed(part)))
    .join('/');
  if (/^[A-Za-z]:\//.test(file)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return uri.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: base };
}

const fingerprint = ({ rule, file, pointer }: Finding): string =>
  createHash('sha256').update([rule, file, pointer].join('\n')).digest('hex').slice(0, 16);
