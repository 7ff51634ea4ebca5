import { configurationOf } from '../../connector/configuration.ts';
import { linesAndColumns, locate, type Path } from '../../connector/json/locate.ts';
import { fromPointer } from '../../connector/json/pointer.ts';
import { asObject, asString, getOwn } from '../../connector/json/value.ts';
import type { Connector } from '../../connector/load.ts';
import { type Profile, profileOf, type Severity } from '../../connector/profile.ts';
import type { FileRole } from '../../connector/source-file.ts';
import { firstOf } from '../../counted.ts';
import { isUserError } from '../../errors.ts';
import { digest } from '../../files/digest.ts';
import { shownPath } from '../../files/names.ts';
import { quote } from '../../quote.ts';
import { refusalOf } from '../../system-error.ts';
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

const infoOf = ({ definition }: Connector) => asObject(getOwn(asObject(definition?.value), 'info'));
const text = (value: unknown): string => (asString(value) ?? '').trim();

const facets: Readonly<Record<SeveralRule, Facet>> = {
  'several-same-title': {
    of: (connector) => text(getOwn(infoOf(connector), 'title')).toLowerCase(),
    file: 'definition',
    pointer: '/info/title',
    called: (value) => `the title ${quote(value)}`,
  },
  'several-same-host': {
    of: ({ definition }) => {
      const value = asObject(definition?.value);
      const host = text(getOwn(value, 'host')).toLowerCase();
      return host === '' ? '' : `${host}${text(getOwn(value, 'basePath')).replace(/\/$/, '')}`;
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
      text(getOwn(asObject(getOwn(asObject(properties?.value), 'properties')), 'iconBrandColor')).toLowerCase(),
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

/** What counts of one connector; nothing of its files is kept. */
interface Facts {
  values: ReadonlyMap<SeveralRule, string>;
  /** The finding about a value, but for its message; none where the author has switched the rule off. */
  findings: ReadonlyMap<SeveralRule, Finding>;
}

/**
 * Adds to the reports of connectors what they have in common with others of the repository, also with those that weren't
 * validated themselves. Each file is read once more: all of them are never in memory together.
 */
export function compareSeveral(reports: readonly ConnectorReport[], options: SeveralOptions): ConnectorReport[] {
  const byPath = new Map(
    options.folders.map((folder) => [shownPath(folder, options.cwd), factsOf(folder, options)] as const),
  );
  const groups = new Map<string, string[]>();
  for (const [path, { values }] of byPath) {
    for (const [rule, value] of values) {
      const group = groups.get(groupOf(rule, value));
      if (group === undefined) groups.set(groupOf(rule, value), [path]);
      else group.push(path);
    }
  }
  return reports.map((report) => {
    const facts = byPath.get(report.path) ?? nothing;
    const findings = [...facts.findings].flatMap(([rule, finding]) => {
      const value = facts.values.get(rule) ?? '';
      const group = groups.get(groupOf(rule, value)) ?? [];
      if (group.length < 2) return [];
      const others = group.slice(0, named + 1).filter((path) => path !== report.path);
      return [
        { ...finding, message: `${facets[rule].called(value)} is that of ${listed(others, group.length - 1)}, too` },
      ];
    });
    if (findings.length === 0) return report;
    const all = [...report.findings, ...findings];
    return { ...report, findings: all, counts: countFindings(all) };
  });
}

const groupOf = (rule: SeveralRule, value: string): string => `${rule} ${value}`;

/** So many others are named. */
const named = 3;

const listed = (others: readonly string[], count: number): string => firstOf(others, named, { show: quote, count });

const nothing: Facts = { values: new Map(), findings: new Map() };

function factsOf(folder: string, { cwd, profile, rules = new Map() }: SeveralOptions): Facts {
  const connector = readableIn(folder);
  if (connector === undefined) return nothing;
  const configuration = new RuleConfiguration(new Set(ruleById.keys()), configurationOf(connector), rules);
  const values = new Map<SeveralRule, string>();
  const findings = new Map<SeveralRule, Finding>();
  for (const [rule, facet] of Object.entries(facets) as [SeveralRule, Facet][]) {
    const value = facet.of(connector);
    if (value === '') continue;
    values.set(rule, value);
    const declaration = ruleById.get(rule);
    const severity =
      configuration.severity(rule) ??
      (declaration === undefined ? 'off' : defaultSeverity(declaration, profileOf(connector, profile)));
    if (severity !== 'off') findings.set(rule, findingAt(connector, rule, severity, cwd));
  }
  return { values, findings };
}

/** Undefined for one that can't be read, which its own report says. */
function readableIn(folder: string): Connector | undefined {
  try {
    return loadReadable(folder).connector;
  } catch (error) {
    if (isUserError(error) || refusalOf(error) !== undefined) return undefined;
    throw error;
  }
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
