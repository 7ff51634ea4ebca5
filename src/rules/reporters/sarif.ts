import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../connector/json/value.ts';
import { profiles, type Severity } from '../../connector/profile.ts';
import { homepage, rulePageAddress } from '../../homepage.ts';
import { wellFormed } from '../../shown.ts';
import { type ConnectorReport, formatOf, type StartReport, tool } from '../engine/report.ts';
import type { Rule } from '../engine/rule.ts';
import { defaultSeverity, type Finding } from '../engine/run.ts';
import { allRules } from '../explain-catalogue.ts';
import { PackedReports } from './packed-reports.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** SARIF 2.1.0, for code scanning and for viewers: complete, with the rules that spoke and their help. */
export const startSarif: StartReport = () => {
  const spoke = new Set<string>();
  const reports = new PackedReports();
  const failed: JsonObject[] = [];
  return {
    add(connector) {
      const { path, findings, notJudged } = connector;
      if (notJudged !== undefined) {
        failed.push({ level: 'error', message: { text: wellFormed(`${path}: ${notJudged}`) } });
      }
      for (const { rule } of findings) spoke.add(rule);
      if (findings.length > 0) reports.push(connector);
      return [];
    },
    *end() {
      const rules = allRules.filter(({ id }) => spoke.has(id));
      const [head = '', tail = ''] = JSON.stringify(logOf(rules, failed), null, 2).split(emptyResults);
      yield `${head}${emptyResults.slice(0, -1)}`;
      let separator = '';
      for (const list of resultTexts(reports, rules)) {
        yield separator + list;
        separator = ',';
      }
      yield `${separator === '' ? '' : '\n      '}]${tail}\n`;
    },
  };
};

export const sarif = formatOf(startSarif);

/** Without results. */
const logOf = (rules: readonly Rule[], failed: JsonObject[]): Json => ({
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
      invocations: [invocation(failed)],
      results: [],
    },
  ],
});

/** What could not be validated is no result: the run itself failed there. */
function invocation(failed: JsonObject[]): JsonObject {
  if (failed.length === 0) return { executionSuccessful: true };
  return { executionSuccessful: false, toolExecutionNotifications: failed };
}

/** Where the results go: nothing else of that name is on a line that is indented so. */
const emptyResults = '\n      "results": []';

/** Results that are made into text together: large texts stay in memory for long, and some connectors have ten thousand results. */
const together = 50;

/** The results in parts, as they are in the list. @param rules those that spoke, among which each result names its own */
function* resultTexts(reports: Iterable<ConnectorReport>, rules: readonly Rule[]): Generator<string> {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  for (const connector of reports) {
    const seen = new Map<string, number>();
    for (let at = 0; at < connector.findings.length; at += together) {
      const findings = connector.findings.slice(at, at + together);
      const results = findings.map((finding) => result(finding, connector, { indexes, seen }));
      const list = JSON.stringify(results, null, 2).slice('['.length, -'\n]'.length);
      yield list.replaceAll('\n', '\n      ');
    }
  }
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

interface Known {
  /** Of the rules that spoke. */
  indexes: ReadonlyMap<string, number>;
  /** How often each identity occurred so far. */
  seen: Map<string, number>;
}

function result(finding: Finding, { path, profile }: ConnectorReport, { indexes, seen }: Known): JsonObject {
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
