import { asArray, isObject, type Json, type JsonObject, own } from '../connector/json.ts';
import type { Connector } from '../connector/load.ts';
import { fromPointer } from '../connector/pointer.ts';
import { nearest } from '../nearest.ts';
import type { Severity } from './rule.ts';
import type { Finding } from './run.ts';

type Setting = Severity | 'off';

interface Entry {
  severity: Setting | undefined;
  /** Pointer patterns to which the severity is limited; with `off`, findings elsewhere stay. */
  paths: string[][];
  used: boolean;
}

/**
 * What the author says of rules: `config.json` → `rules` (`"id": "off"` or `{ severity, reason, paths }`), and
 * `--rule id=severity`, which wins.
 *
 * A path is a JSON pointer; it means that value and all below it; `*` stands for any one key.
 */
export class RuleSettings {
  private readonly entries = new Map<string, Entry>();
  private readonly known: ReadonlySet<string>;

  constructor(known: ReadonlySet<string>, config: Json | undefined, flags: ReadonlyMap<string, Setting>) {
    this.known = known;
    const rules = isObject(config) ? own(config, 'rules') : undefined;
    for (const [id, value] of Object.entries(isObject(rules) ? rules : {})) {
      if (known.has(id)) this.entries.set(id, readEntry(value));
    }
    for (const [id, severity] of flags) this.entries.set(id, { severity, paths: [], used: true });
  }

  /** The severity that the author gives to all findings of a rule; undefined: the rule's own. */
  severity(rule: string): Setting | undefined {
    const entry = this.entries.get(rule);
    return entry === undefined || entry.paths.length > 0 ? undefined : entry.severity;
  }

  /** Whether a finding is switched off for its place. */
  suppresses(rule: string, pointer: string): boolean {
    const entry = this.entries.get(rule);
    if (entry === undefined) return false;
    if (entry.paths.length === 0) {
      entry.used = true;
      return false;
    }
    const path = fromPointer(pointer);
    const hit = entry.paths.some((pattern) => pattern.every((key, index) => key === '*' || key === path[index]));
    entry.used ||= hit;
    return hit && entry.severity === 'off';
  }

  /** Findings about the settings themselves: unknown rules, paths that match nothing. */
  problems(files: Connector): Finding[] {
    const config = files.config;
    const rules = isObject(config?.value) ? own(config.value, 'rules') : undefined;
    if (config === undefined || !isObject(rules)) return [];
    return Object.keys(rules).flatMap((id) => {
      const message = this.problem(id, rules);
      if (message === undefined) return [];
      const unknown = !this.known.has(id);
      return [
        {
          rule: unknown ? 'config-unknown-rule' : 'config-unused-suppression',
          severity: unknown ? ('error' as const) : ('warning' as const),
          message,
          file: config.path,
          pointer: `/rules/${id}`,
          line: 1,
          column: 1,
          fixable: false,
          fixes: [],
        },
      ];
    });
  }

  private problem(id: string, _rules: JsonObject): string | undefined {
    if (!this.known.has(id)) {
      const guess = nearest(id, [...this.known]);
      return `there is no rule "${id}"${guess === undefined ? '' : `; did you mean "${guess}"?`} List them with: pp-connector rules`;
    }
    const entry = this.entries.get(id);
    return entry !== undefined && entry.paths.length > 0 && !entry.used
      ? `the suppression of "${id}" matches no finding any more; remove it`
      : undefined;
  }
}

function readEntry(value: Json): Entry {
  const setting = isObject(value) ? own(value, 'severity') : value;
  const paths = isObject(value) ? asArray(own(value, 'paths')).filter((path) => typeof path === 'string') : [];
  return { severity: isSetting(setting) ? setting : undefined, paths: paths.map(fromPointer), used: false };
}

const isSetting = (value: unknown): value is Setting =>
  value === 'off' || value === 'error' || value === 'warning' || value === 'info';
