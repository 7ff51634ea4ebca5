import { join } from 'node:path';
import { duplicateKeys } from '../../connector/json/duplicate-keys.ts';
import { LineCounter, type Point, Search, type Spot } from '../../connector/json/locate.ts';
import type { Connector } from '../../connector/load.ts';
import { type Profile, type Severity, severities } from '../../connector/profile.ts';
import type { JsonFile, SourceFile, TextFile } from '../../connector/source-file.ts';
import type { CompileScript } from '../../script/compilation.ts';
import { loadModel } from './load-model.ts';
import { type AnyLocation, Location } from './location.ts';
import type { ConnectorModel } from './model.ts';
import type { Fix, Report, Rule, SeverityLetter, Subject } from './rule.ts';
import type { RuleConfiguration } from './rule-configuration.ts';
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
  subject: Subject;
  rules: readonly Rule[];
  /** The author's settings of rules, from config.json and flags. */
  settings: RuleConfiguration;
  /** The lowest severity that anybody wants to hear of: rules below don't run. Default: all run. */
  least?: Severity | undefined;
  /** Compiles the script of the connector, for the rules that ask for it. Default: nobody does. */
  compile?: CompileScript | undefined;
}

interface RawFinding {
  rule: Rule;
  severity: Severity;
  at: AnyLocation;
  message: string;
  fixes: Fix[];
}

/** Runs all rules that apply over one connector. Findings come in the order of files, then of the text. */
export async function runRules(files: Connector, options: RunOptions): Promise<Finding[]> {
  const { settings } = options;
  const plan = planFor(options);
  const compile = plan.events.has('compilation') ? options.compile : undefined;
  const connector = await loadModel(files, { ...options, compile });
  const found = plan.run(connector);
  const raw = settings.havePaths ? adjusted(found, settings) : found;
  return [...position(raw, files), ...settings.problems(files)].sort(byPlace);
}

/** With the severities that the author gives to single places. */
function adjusted(raw: readonly RawFinding[], settings: RuleConfiguration): RawFinding[] {
  return raw.flatMap((finding) => {
    const severity = settings.severityAt(finding.rule.id, () => pathOf(finding.at));
    if (severity === undefined) return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

const severityOf: Record<SeverityLetter, Severity | 'off'> = { E: 'error', W: 'warning', I: 'info', '-': 'off' };
const profileIndex: Record<Profile, number> = { custom: 0, verified: 1, independent: 2 };

/** The severity that a rule has by itself. */
export const defaultSeverity = (rule: Rule, profile: Profile): Severity | 'off' =>
  severityOf[(rule.severity.split('/')[profileIndex[profile]] ?? '-') as SeverityLetter];

/** Connectors of a batch mostly share a plan: making one costs as much as checking a small definition. */
const knownPlans = new WeakMap<readonly Rule[], Map<string, Plan>>();

function planFor(options: RunOptions): Plan {
  const { rules, profile, subject, least, settings } = options;
  if (!settings.isEmpty) return new Plan(options);
  const plans = knownPlans.get(rules) ?? new Map<string, Plan>();
  knownPlans.set(rules, plans);
  const key = `${profile} ${subject} ${least}`;
  const plan = plans.get(key) ?? new Plan(options);
  plans.set(key, plan);
  return plan;
}

interface Handler {
  visit: (node: never, report: Report, connector: ConnectorModel) => void;
  report: Report;
}

/** Which rules run, and who looks at what. */
class Plan {
  readonly events = new Map<string, Handler[]>();
  private readonly keywords = new Map<string, Handler[]>();
  private readonly visit: Dispatch;
  /** What is being walked, and what rules have said of it. */
  private connector: ConnectorModel | undefined;
  private found: RawFinding[] = [];

  constructor(options: RunOptions) {
    for (const rule of options.rules) {
      const severity = rule.on === undefined ? 'off' : severityIn(rule, options);
      if (severity === 'off') continue;
      const report: Report = (at, message, fix = []) => {
        this.found.push({ rule, severity, at, message, fixes: Array.isArray(fix) ? fix : [fix] });
      };
      const { keyword = {}, ...events } = rule.on ?? {};
      for (const [event, visit] of Object.entries(events)) addTo(this.events, event, { visit, report });
      for (const [key, visit] of Object.entries(keyword)) addTo(this.keywords, key, { visit, report });
    }
    this.visit = this.dispatch();
  }

  /** Shows a connector to the rules. @returns what they report */
  run(connector: ConnectorModel): RawFinding[] {
    const found: RawFinding[] = [];
    this.connector = connector;
    this.found = found;
    try {
      walk(connector, this.visit);
    } finally {
      this.connector = undefined;
      this.found = [];
    }
    return found;
  }

  private dispatch(): Dispatch {
    const callAll = (handlers: readonly Handler[], node: unknown) => {
      const connector = this.connector as ConnectorModel;
      // millions of calls: without an iterator and what it returns for each
      for (let index = 0; index < handlers.length; index += 1) {
        const { visit, report } = handlers[index] as Handler;
        visit(node as never, report, connector);
      }
    };
    const calls = visitorEvents.map((event) => {
      const handlers = this.events.get(event) ?? [];
      return [event, (node: unknown) => callAll(handlers, node)];
    });
    return {
      ...Object.fromEntries(calls),
      keyword: (key: string, node: unknown) => {
        const handlers = this.keywords.get(key);
        if (handlers !== undefined) callAll(handlers, node);
      },
    };
  }
}

function addTo(lists: Map<string, Handler[]>, name: string, handler: Handler): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [handler]);
  else list.push(handler);
}

/** `off` for a rule that doesn't run here. */
function severityIn(rule: Rule, { profile, subject, settings, least = 'info' }: RunOptions): Severity | 'off' {
  if (rule.appliesTo !== undefined && !rule.appliesTo.includes(subject)) return 'off';
  const severity = settings.severity(rule.id) ?? defaultSeverity(rule, profile);
  const ranks = severity !== 'off' && severities.indexOf(severity) <= severities.indexOf(least);
  // somewhere the author may have given it a higher severity
  return ranks || settings.hasPathsFor(rule.id) ? severity : 'off';
}

const pathOf = (at: AnyLocation): (string | number)[] => (at instanceof Location ? at.path() : []);

/** Looks up lines and columns, one pass per file that has findings. */
function position(raw: RawFinding[], files: Connector): Finding[] {
  const byFile = new Map<SourceFile, RawFinding[]>();
  const findings: Finding[] = [];
  for (const finding of raw) {
    const { at } = finding;
    if (!(at instanceof Location) && 'missing' in at) {
      findings.push(finish(finding, join(files.location.assets, at.missing), '', { line: 1, column: 1 }));
      continue;
    }
    const list = byFile.get(at.file);
    if (list === undefined) byFile.set(at.file, [finding]);
    else list.push(finding);
  }
  for (const [file, list] of byFile) {
    const text = textOf(file);
    const lines = new LineCounter(text);
    for (const { finding, spot } of inOrder(list, file, text)) {
      findings.push(finish(finding, file.path, spot.pointer, lines.pointAt(spot.offset)));
    }
  }
  return findings;
}

/** Findings of one file in the order of its text. */
function inOrder(list: readonly RawFinding[], file: SourceFile, text: string): { finding: RawFinding; spot: Spot }[] {
  const search = new Search();
  const located = list.map((finding) => {
    const { at } = finding;
    if (at instanceof Location) return { finding, spot: search.want(at) };
    return { finding, spot: { pointer: '', offset: 'offset' in at ? at.offset : 0 } };
  });
  search.find(text, { repeats: repeatsKeys(file) });
  return located.sort((a, b) => a.spot.offset - b.spot.offset || compare(a.finding.rule.id, b.finding.rule.id));
}

/** Whether of some key only the last one counts. */
const repeatsKeys = (file: SourceFile): boolean =>
  'problems' in file && ((file as JsonFile).problems.length > 0 || duplicateKeys(file as JsonFile).length > 0);

const textOf = (file: SourceFile): string => ('text' in file ? (file as TextFile | JsonFile).text : '');

function finish(raw: RawFinding, file: string, pointer: string, { line, column }: Point): Finding {
  const { rule, severity, message, fixes } = raw;
  const { id, official, policy } = rule;
  const fixable = fixes.length > 0;
  // most rules have neither: the short way for them
  if (official === undefined && policy === undefined) {
    return { rule: id, severity, message, file, pointer, line, column, fixable, fixes };
  }
  return {
    rule: id,
    severity,
    message,
    file,
    pointer,
    line,
    column,
    ...(official === undefined ? {} : { official }),
    ...(policy === undefined ? {} : { policy }),
    fixable,
    fixes,
  };
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
