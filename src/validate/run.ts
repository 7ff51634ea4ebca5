import { join } from 'node:path';
import { asObject } from '../connector/json.ts';
import type { Connector } from '../connector/load.ts';
import { linesAndColumns, locate } from '../connector/locate.ts';
import type { JsonFile, SourceFile, TextFile } from '../connector/source-file.ts';
import { buildModel, type ConnectorModel, foreignDefinition } from './model.ts';
import { type AnyPlace, Place } from './place.ts';
import type { Fix, Level, Profile, Report, Rule, Setting, Severity } from './rule.ts';
import type { RuleSettings } from './rule-settings.ts';
import { visitorEvents } from './visitor.ts';
import { type Dispatch, walk } from './walk.ts';

export interface Finding {
  rule: string;
  severity: Severity;
  message: string;
  /** Absolute path of the file (or of the file that is missing). */
  file: string;
  /** RFC 6901; empty for the whole file and in files that aren't JSON. */
  pointer: string;
  /** 1-based, of the value, or of its parent where it is absent. */
  line: number;
  column: number;
  official?: string;
  policy?: string;
  fixable: boolean;
  /** For `--fix`; never part of a report. */
  fixes: Fix[];
}

export interface RunOptions {
  profile: Profile;
  setting: Setting;
  rules: readonly Rule[];
  /** The author's settings of rules, from config.json and flags. */
  settings: RuleSettings;
}

interface RawFinding {
  rule: Rule;
  severity: Severity;
  at: AnyPlace;
  message: string;
  fixes: Fix[];
}

/** Runs all rules that apply over one connector. Findings come in the order of files, then of the text. */
export function runRules(files: Connector, options: RunOptions): Finding[] {
  const connector = buildModel(files, options);
  const raw: RawFinding[] = [];
  walk(connector, dispatch(options, connector, raw));
  const foreign = foreignDefinition(files);
  if (foreign !== undefined) {
    const value = asObject(foreign.value);
    const rules = options.rules.filter(({ id }) => id === 'swagger-version');
    dispatch({ ...options, rules }, connector, raw).root({ value, place: connector.place(foreign) });
  }
  const kept = raw.flatMap((finding) => {
    const severity = options.settings.severityAt(finding.rule.id, () => pointerOf(finding.at));
    if (severity === undefined) return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
  return [...position(kept, files), ...options.settings.problems(files)].sort(byPlace);
}

const severityOf: Record<Level, Severity | 'off'> = { E: 'error', W: 'warning', I: 'info', '-': 'off' };
const profileIndex: Record<Profile, number> = { custom: 0, verified: 1, independent: 2 };

/** The severity that a rule has by itself. */
export const defaultSeverity = (rule: Rule, profile: Profile): Severity | 'off' =>
  severityOf[(rule.levels.split('/')[profileIndex[profile]] ?? '-') as Level];

interface Handler {
  /** Index of the rule in the list of rules. */
  rule: number;
  visit: (node: never, report: never, connector: ConnectorModel) => void;
}

/** Who looks at what. It is the same for all connectors of a batch, so it is made once per list of rules. */
interface Handlers {
  events: Map<string, Handler[]>;
  keywords: Map<string, Handler[]>;
}

const known = new WeakMap<readonly Rule[], Handlers>();

function handlersOf(rules: readonly Rule[]): Handlers {
  const earlier = known.get(rules);
  if (earlier !== undefined) return earlier;
  const handlers: Handlers = { events: new Map(), keywords: new Map() };
  const add = (lists: Map<string, Handler[]>, name: string, handler: Handler) => {
    const list = lists.get(name) ?? [];
    list.push(handler);
    lists.set(name, list);
  };
  rules.forEach(({ on = {} }, rule) => {
    const { keyword = {}, ...events } = on;
    for (const [event, visit] of Object.entries(events)) add(handlers.events, event, { rule, visit });
    for (const [key, visit] of Object.entries(keyword)) add(handlers.keywords, key, { rule, visit });
  });
  known.set(rules, handlers);
  return handlers;
}

/** Calls the rules that apply to this connector, and collects what they report. */
function dispatch(options: RunOptions, connector: ConnectorModel, raw: RawFinding[]): Dispatch {
  const { events, keywords } = handlersOf(options.rules);
  const reports = options.rules.map((rule) => reporter(rule, options, raw));
  const callAll = (handlers: readonly Handler[], node: unknown) => {
    for (const { rule, visit } of handlers) {
      const report = reports[rule];
      if (report !== undefined) visit(node as never, report as never, connector);
    }
  };
  const calls = visitorEvents.map((event) => {
    const handlers = events.get(event) ?? [];
    return [event, (node: unknown) => callAll(handlers, node)];
  });
  return {
    ...Object.fromEntries(calls),
    keyword: (key: string, node: unknown) => {
      const handlers = keywords.get(key);
      if (handlers !== undefined) callAll(handlers, node);
    },
  };
}

/** Undefined for a rule that doesn't run here. */
function reporter(rule: Rule, options: RunOptions, raw: RawFinding[]): Report | undefined {
  if (rule.on === undefined || (rule.settings !== undefined && !rule.settings.includes(options.setting)))
    return undefined;
  const severity = options.settings.severity(rule.id) ?? defaultSeverity(rule, options.profile);
  if (severity === 'off') return undefined;
  return (at, message, fix = []) => {
    raw.push({ rule, severity, at, message, fixes: Array.isArray(fix) ? fix : [fix] });
  };
}

const pointerOf = (at: AnyPlace): string => (at instanceof Place ? at.pointer() : '');

/** Looks up lines and columns, one pass per file that has findings. */
function position(raw: RawFinding[], files: Connector): Finding[] {
  const byFile = new Map<SourceFile, RawFinding[]>();
  const findings: Finding[] = [];
  for (const finding of raw) {
    if ('missing' in finding.at) {
      findings.push(finish(finding, join(files.location.assets, finding.at.missing), { line: 1, column: 1 }));
    } else {
      const list = byFile.get(finding.at.file) ?? [];
      list.push(finding);
      byFile.set(finding.at.file, list);
    }
  }
  for (const [file, list] of byFile) {
    const text = textOf(file);
    const places = list.filter((finding) => finding.at instanceof Place);
    const located = locate(
      text,
      places.map((finding) => (finding.at as Place).path()),
    );
    const offsets = new Map(places.map((finding, index) => [finding, located[index] ?? 0]));
    const points = linesAndColumns(
      text,
      list.map((finding) => offsets.get(finding) ?? offsetOf(finding.at)),
    );
    list.forEach((finding, index) => {
      findings.push(finish(finding, file.path, points[index] ?? { line: 1, column: 1 }));
    });
  }
  return findings;
}

const textOf = (file: SourceFile): string => ('text' in file ? (file as TextFile | JsonFile).text : '');

const offsetOf = (at: AnyPlace): number => ('offset' in at ? at.offset : 0);

function finish(raw: RawFinding, file: string, at: { line: number; column: number }): Finding {
  const { rule, severity, message, fixes } = raw;
  return {
    rule: rule.id,
    severity,
    message,
    file,
    pointer: pointerOf(raw.at),
    ...at,
    ...(rule.official === undefined ? {} : { official: rule.official }),
    ...(rule.policy === undefined ? {} : { policy: rule.policy }),
    fixable: fixes.length > 0,
    fixes,
  };
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
