import { configurationOf } from '../../connector/configuration.ts';
import { linesAndColumns, locate, type Path } from '../../connector/json/locate.ts';
import { fromPointer } from '../../connector/json/pointer.ts';
import { asObject, asString, own } from '../../connector/json/value.ts';
import type { Connector } from '../../connector/load.ts';
import { type Profile, profileOf, type Severity } from '../../connector/profile.ts';
import type { FileRole } from '../../connector/source-file.ts';
import { digest } from '../../files/digest.ts';
import { shownPath } from '../../files/names.ts';
import { quote } from '../../quote.ts';
import { ruleById } from '../families/catalogue.ts';
import type { SeveralRule } from '../families/several.ts';
import { loadReadable } from './load-readable.ts';
import { type ConnectorReport, countFindings } from './report.ts';
import { RuleConfiguration } from './rule-configuration.ts';
import { defaultSeverity, type Finding } from './run.ts';

/** What a rule compares, and where it is. */
interface Facet {
  /** The value by which two are the same; empty: there is none to compare. */
  of: (connector: Connector) => string;
  file: FileRole;
  /** JSON pointer. */
  pointer: string;
  /** How the value is called in a sentence. */
  called: (value: string) => string;
}

const infoOf = ({ definition }: Connector) => asObject(own(asObject(definition?.value), 'info'));
const text = (value: unknown): string => (asString(value) ?? '').trim();

const facets: Readonly<Record<SeveralRule, Facet>> = {
  'several-same-title': {
    of: (connector) => text(own(infoOf(connector), 'title')).toLowerCase(),
    file: 'definition',
    pointer: '/info/title',
    called: (value) => `the title ${quote(value)}`,
  },
  'several-same-host': {
    of: ({ definition }) => {
      const value = asObject(definition?.value);
      const host = text(own(value, 'host')).toLowerCase();
      return host === '' ? '' : `${host}${text(own(value, 'basePath')).replace(/\/$/, '')}`;
    },
    file: 'definition',
    pointer: '/host',
    called: (value) => `the address ${quote(value)}`,
  },
  'several-same-icon': {
    of: ({ icon }) => (icon === undefined ? '' : digest(icon.bytes)),
    file: 'icon',
    pointer: '',
    called: () => 'the icon',
  },
  'several-same-color': {
    of: ({ properties }) =>
      text(own(asObject(own(asObject(properties?.value), 'properties')), 'iconBrandColor')).toLowerCase(),
    file: 'properties',
    pointer: '/properties/iconBrandColor',
    called: (value) => `the brand colour ${quote(value)}`,
  },
};

export interface SeveralOptions {
  /** Folders of all connectors of the repository, absolute. */
  folders: readonly string[];
  cwd: string;
  profile?: Profile | undefined;
  /** `--rule`. */
  rules?: ReadonlyMap<string, Severity | 'off'>;
}

/**
 * Adds to the reports of connectors what they have in common with others of the repository, also with those that weren't
 * judged themselves. Each file is read once more: all of them are never in memory together.
 */
export function compareSeveral(reports: readonly ConnectorReport[], options: SeveralOptions): ConnectorReport[] {
  const { folders, cwd } = options;
  const byPath = new Map<
    string,
    { values: Map<SeveralRule, string>; place: (rule: SeveralRule) => Finding | undefined }
  >();
  for (const folder of folders) byPath.set(shownPath(folder, cwd), factsOf(folder, options));
  const groups = new Map<string, string[]>();
  const key = (rule: SeveralRule, value: string): string => `${rule} ${value}`;
  for (const [path, { values }] of byPath) {
    for (const [rule, value] of values) groups.set(key(rule, value), [...(groups.get(key(rule, value)) ?? []), path]);
  }
  return reports.map((report) => {
    const { values, place } = byPath.get(report.path) ?? {
      values: new Map<SeveralRule, string>(),
      place: () => undefined,
    };
    const findings = [...values].flatMap(([rule, value]) => {
      const others = (groups.get(key(rule, value)) ?? []).filter((path) => path !== report.path);
      const finding = others.length === 0 ? undefined : place(rule);
      if (finding === undefined) return [];
      const named = others.slice(0, 3).map(quote).join(', ');
      const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
      const message = `${facets[rule].called(value)} is that of ${named}${more}, too`;
      return [{ ...finding, message }];
    });
    if (findings.length === 0) return report;
    const all = [...report.findings, ...findings];
    return { ...report, findings: all, counts: countFindings(all) };
  });
}

/** The values of a connector that count, and how a finding about each is placed; nothing of its files is kept. */
function factsOf(folder: string, { cwd, profile, rules = new Map() }: SeveralOptions) {
  const { connector } = loadReadable(folder);
  const configuration = new RuleConfiguration(new Set(ruleById.keys()), configurationOf(connector), rules);
  const values = new Map<SeveralRule, string>();
  const findings = new Map<SeveralRule, Finding>();
  for (const [rule, facet] of Object.entries(facets) as [SeveralRule, Facet][]) {
    const value = facet.of(connector);
    const declaration = ruleById.get(rule);
    const severity =
      configuration.severity(rule) ??
      (declaration === undefined ? 'off' : defaultSeverity(declaration, profileOf(connector, profile)));
    if (value === '') continue;
    values.set(rule, value);
    if (severity !== 'off') findings.set(rule, findingAt(connector, rule, severity, cwd));
  }
  return { values, place: (rule: SeveralRule) => findings.get(rule) };
}

function findingAt(connector: Connector, rule: SeveralRule, severity: Severity, cwd: string): Finding {
  const { file: role, pointer } = facets[rule];
  const file = connector[role];
  const path: Path = fromPointer(pointer);
  const source = file !== undefined && 'text' in file && pointer !== '' ? file.text : undefined;
  const [point] = source === undefined ? [] : linesAndColumns(source, locate(source, [path]));
  return {
    rule,
    severity,
    message: '',
    file: shownPath(file?.path ?? connector.location.root, cwd),
    pointer,
    line: point?.line ?? 1,
    column: point?.column ?? 1,
    fixable: false,
    fixes: [],
  };
}
