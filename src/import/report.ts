import type { TextKind } from '../connector/derived-texts.ts';
import type { RefusalCode } from './refusal.ts';
import type { ReportCode } from './report-codes.ts';

/**
 * What a conversion lost, entry by entry.
 *
 * `info`: nothing the user of an action could notice; `lossy`: described less exactly than in the source;
 * `dropped`: can no longer be used; `rejected`: the whole description is refused.
 */
export type Severity = 'info' | 'lossy' | 'dropped' | 'rejected';

export interface ReportEntry {
  code: ReportCode | RefusalCode;
  severity: Severity;
  /** JSON pointer into the source, of the most specific node concerned. */
  pointer: string;
  /** JSON pointer into the result, where one place answers to the source node. */
  target?: string;
  message: string;
  /** How many nodes a folded entry stands for. */
  count?: number;
}

export interface ImportReport {
  source: { format: string; version: string; sha256: string };
  result: { operations: number; definitions: number; bytes: number };
  entries: ReportEntry[];
}

/** `info` entries of one code beyond this number are folded into one. Losses never are. */
const infoLimit = 20;

/** Texts that the conversion made of names, by what they describe. */
export type DerivedTexts = Readonly<Record<TextKind, ReadonlySet<string>>>;

const emptyTexts = (): Readonly<Record<TextKind, Set<string>>> => ({
  'operation-summary': new Set(),
  'operation-description': new Set(),
  'parameter-description': new Set(),
  'property-description': new Set(),
});

export const noTexts: DerivedTexts = emptyTexts();

/** Collects entries; one per code and pointer, in the order of their discovery. */
export class Report {
  private readonly added = new Map<string, ReportEntry>();
  private readonly losses = new Set<string>();
  /** Texts that were made of names: the description has none. */
  readonly derived = emptyTexts();
  private readonly writesProperties: boolean;

  /** `writesProperties`: apiProperties.json is written, so policies and connection parameters have a place. */
  constructor({ writesProperties = true }: { writesProperties?: boolean } = {}) {
    this.writesProperties = writesProperties;
  }

  add(severity: Severity, code: ReportCode, pointer: string, message: string, target?: string): void {
    const key = `${code} ${pointer}`;
    if (this.added.has(key)) return;
    if (severity !== 'info') this.losses.add(pointer);
    this.added.set(key, { code, severity, pointer, ...(target === undefined ? {} : { target }), message });
  }

  info(code: ReportCode, pointer: string, message: string): void {
    this.add('info', code, pointer, message);
  }

  /** A text that says no more than the name it is made of; nobody has written it. */
  derive(kind: TextKind, pointer: string, text: string): void {
    this.derived[kind].add(text);
    this.info('derived-text', pointer, `The ${kind.replace('-', ' ')} is made of names: ${text}`);
  }

  lossy(code: ReportCode, pointer: string, message: string): void {
    this.add('lossy', code, pointer, message);
  }

  dropped(code: ReportCode, pointer: string, message: string): void {
    this.add('dropped', code, pointer, message);
  }

  /** What a policy or a connection parameter sees to: lost where only the definition is written. */
  byPolicy(code: ReportCode, pointer: string, message: string): void {
    if (this.writesProperties) this.info(code, pointer, message);
    else this.lossy(code, pointer, `${message} That takes apiProperties.json, which is not written: add --properties.`);
  }

  /** True when something was lost at exactly this node. */
  hasLossAt(pointer: string): boolean {
    return this.losses.has(pointer);
  }

  /** All entries, repeated infos folded into a last one with their number. */
  entries(): ReportEntry[] {
    const result: ReportEntry[] = [];
    const infos = new Map<string, number>();
    const folded = new Map<string, ReportEntry>();
    for (const entry of this.added.values()) {
      const seen = infos.get(entry.code) ?? 0;
      if (entry.severity !== 'info' || seen < infoLimit) {
        if (entry.severity === 'info') infos.set(entry.code, seen + 1);
        result.push(entry);
        continue;
      }
      const fold = folded.get(entry.code);
      if (fold?.count !== undefined) {
        fold.count += 1;
      } else {
        const first = { ...entry, pointer: '', count: 1 };
        folded.set(entry.code, first);
        result.push(first);
      }
    }
    for (const fold of folded.values()) fold.message = `${fold.count} more of the same kind: ${fold.message}`;
    return result;
  }
}

/** What of a description cannot be used, apart from what is left out unless asked for: `--strict` takes offence at it. */
export const unusableOf = ({ entries }: Pick<ImportReport, 'entries'>): ReportEntry[] =>
  entries.filter(({ severity, code }) => severity === 'dropped' && code !== 'excluded-by-default');

export type SeverityCounts = Record<Severity, number>;

/** Folded entries count for as many as they stand for. */
export function countBySeverity(entries: readonly ReportEntry[]): SeverityCounts {
  const counts: SeverityCounts = { info: 0, lossy: 0, dropped: 0, rejected: 0 };
  for (const entry of entries) counts[entry.severity] += entry.count ?? 1;
  return counts;
}
