import { linesAndColumns, locate, type Path } from '../../connector/json/locate.ts';
import { fromPointer, toPointer } from '../../connector/json/pointer.ts';
import { asArray, getOwn, isObject, type Json } from '../../connector/json/value.ts';
import type { Connector } from '../../connector/load.ts';
import type { Severity } from '../../connector/profile.ts';
import { nearest } from '../../did-you-mean.ts';
import { quote } from '../../quote.ts';
import type { Finding } from './run.ts';

type Setting = Severity | 'off';

interface Entry {
  severity: Setting | undefined;
  /** Pointer patterns to which the severity is limited; findings elsewhere keep the rule's own. */
  paths: Pattern[];
  /** The rule has been run: only then can a path that matches nothing be told. */
  asked: boolean;
}

interface Pattern {
  /** Its place in `paths` of config.json. */
  index: number;
  pointer: string;
  keys: string[];
  /** Some finding was there. */
  used: boolean;
}

/**
 * What the author says of rules: `config.json` → `rules` (`"id": "off"` or `{ severity, reason, paths }`), and
 * `--rule id=severity`, which wins.
 *
 * A path is a JSON pointer; it means that value and all below it; `*` stands for any one key.
 */
export class RuleConfiguration {
  private readonly entries = new Map<string, Entry>();
  private readonly known: ReadonlySet<string>;

  constructor(known: ReadonlySet<string>, config: Json | undefined, flags: ReadonlyMap<string, Setting>) {
    this.known = known;
    const rules = isObject(config) ? getOwn(config, 'rules') : undefined;
    for (const [id, value] of Object.entries(isObject(rules) ? rules : {})) {
      if (known.has(id)) this.entries.set(id, readEntry(value));
    }
    for (const [id, severity] of flags) this.entries.set(id, { severity, paths: [], asked: true });
  }

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  /** Some severity is limited to places. */
  get havePaths(): boolean {
    return [...this.entries.values()].some(({ paths }) => paths.length > 0);
  }

  hasPathsFor(rule: string): boolean {
    return (this.entries.get(rule)?.paths.length ?? 0) > 0;
  }

  /** The severity that the author gives to all findings of a rule; undefined: the rule's own. */
  severity(rule: string): Setting | undefined {
    const entry = this.entries.get(rule);
    if (entry === undefined) return undefined;
    entry.asked = true;
    return entry.paths.length > 0 ? undefined : entry.severity;
  }

  /** The severity that the author gives to the findings of a rule at one place; undefined: as elsewhere. */
  severityAt(rule: string, pathOf: () => Path): Setting | undefined {
    const entry = this.entries.get(rule);
    if (entry === undefined || entry.paths.length === 0) return undefined;
    const path = pathOf().map(String);
    const hits = entry.paths.filter(({ keys }) => keys.every((key, index) => key === '*' || key === path[index]));
    for (const pattern of hits) pattern.used = true;
    return hits.length > 0 ? entry.severity : undefined;
  }

  /** Findings about the settings themselves: unknown rules, paths that match nothing. */
  problems(files: Connector): Finding[] {
    const { config } = files;
    const rules = isObject(config?.value) ? getOwn(config.value, 'rules') : undefined;
    if (config === undefined || !isObject(rules)) return [];
    const problems = Object.keys(rules).flatMap((id) => this.problem(id));
    const offsets = locate(
      config.text,
      problems.map(({ path }) => path),
    );
    const points = linesAndColumns(config.text, offsets);
    return problems.flatMap(({ rule, message, path }, index) => {
      const severity = this.severity(rule) ?? severityOf[rule];
      if (severity === 'off') return [];
      const { line, column } = points[index] ?? { line: 1, column: 1 };
      const pointer = toPointer(path);
      return [{ rule, severity, message, file: config.path, pointer, line, column, fixable: false, fixes: [] }];
    });
  }

  private problem(id: string): Problem[] {
    if (!this.known.has(id)) {
      const guess = nearest(id, [...this.known]);
      const hint = guess === undefined ? '' : `, did you mean "${guess}"?`;
      const message = `there is no rule ${quote(id)}${hint === '' ? ';' : hint} list them with: pp-connector rules`;
      return [{ rule: 'config-unknown-rule', path: ['rules', id], message }];
    }
    const entry = this.entries.get(id);
    const unused = entry?.asked === true ? entry.paths.filter((pattern) => !pattern.used) : [];
    return unused.map(({ index, pointer }) => ({
      rule: 'config-unused-suppression',
      path: ['rules', id, 'paths', index],
      message: `no finding of "${id}" is at ${quote(pointer)} or below; remove the path`,
    }));
  }
}

type ProblemRule = 'config-unknown-rule' | 'config-unused-suppression';

/** A problem of the settings themselves, found while they are applied. */
interface Problem {
  rule: ProblemRule;
  path: (string | number)[];
  message: string;
}

const severityOf: Record<ProblemRule, Severity> = {
  'config-unknown-rule': 'error',
  'config-unused-suppression': 'warning',
};

function readEntry(value: Json): Entry {
  const setting = isObject(value) ? getOwn(value, 'severity') : value;
  const paths = asArray(isObject(value) ? getOwn(value, 'paths') : undefined).flatMap((pointer, index) =>
    typeof pointer === 'string' ? [{ index, pointer, keys: fromPointer(pointer), used: false }] : [],
  );
  return { severity: isSetting(setting) ? setting : undefined, paths, asked: false };
}

const isSetting = (value: unknown): value is Setting =>
  value === 'off' || value === 'error' || value === 'warning' || value === 'info';
