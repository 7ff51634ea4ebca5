import { textSites } from '../connector/derived-texts.ts';
import { counted } from '../counted.ts';
import { onOneLine } from '../shown.ts';
import type { ImportedOperation, ImportResult } from './import-description.ts';
import type { ImportRefused } from './refusal.ts';
import { countBySeverity, type ReportEntry, type Severity } from './report.ts';
import { type ReportCode, reportCodes } from './report-codes.ts';

const rank: Readonly<Record<Severity, number>> = { rejected: 0, dropped: 1, lossy: 2, info: 3 };
/** A large description has hundreds of entries: a screen has room for these. */
const mostOperations = 10;
const mostLeftOut = 5;

/** What only the author can know, as opposed to what was lost. */
const authorsPart = /^info-(?:title|description|contact)$/;

/** What is told; `verbose`: every entry with its pointer, the notes among them. */
export interface SummaryOptions {
  profile: string;
  verbose?: boolean;
  /** Only a repository remembers which texts were made, for `pp-connector texts`. */
  inRepository?: boolean;
}

type ToDescribe = Pick<ImportResult, 'report' | 'operations' | 'definition' | 'derived'>;

/** What a group of entries is about, with the entries. */
interface Group {
  readonly title: string;
  readonly entries: ReportEntry[];
}

/** The report for people: numbers, then what to look at, operation by operation, the worst first. */
export function describeReport(
  { report, operations, definition, derived }: ToDescribe,
  { profile, verbose = false, inRepository = true }: SummaryOptions,
): string {
  const { source, result, entries } = report;
  const counts = countBySeverity(entries);
  const lines = [
    `${source.format} ${onOneLine(source.version)}: ${counted(result.operations, 'operation')}, ${counted(result.definitions, 'definition')}, ${Math.ceil(result.bytes / 1024)} KB`,
    entries.length === 0
      ? 'Nothing was lost in the conversion.'
      : `${counts.dropped} dropped, ${counts.lossy} lossy, ${counted(counts.info, 'note')}`,
  ];
  const told = entries.filter(({ severity }) => verbose || severity !== 'info');
  const { whole, leftOut, groups } = grouped(told, operations);
  const kept = verbose ? [] : entries.filter(({ code }) => code === 'kept-in-connector');
  const linesOf = verbose ? entryLines : codeLines;
  lines.push(...section('the connector:', linesOf(whole)), ...leftOutLines(leftOut, verbose), ...keptLines(kept));
  const shown = verbose ? groups : groups.slice(0, mostOperations);
  const inGroups = shown.flatMap(({ title, entries: list }) => [`  ${onOneLine(title)}`, ...linesOf(list, '    ')]);
  const more = groups.length - shown.length;
  if (more > 0)
    inGroups.push(
      `  and ${more} more ${more === 1 ? 'operation or schema' : 'operations or schemas'}: --verbose shows all`,
    );
  lines.push(...section('operation by operation:', inGroups));
  const made = textSites(definition).filter(({ kind, text }) => derived[kind].has(text)).length;
  lines.push(...section('to do:', [...textsToWrite(made, inRepository), ...authorsTasks(entries, profile)]));
  return `${lines.join('\n')}\n`;
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, ...lines]);

interface Grouped {
  /** About the connector as a whole, or about nearly all operations alike. */
  readonly whole: ReportEntry[];
  /** Operations that are not in the result. */
  readonly leftOut: ReportEntry[];
  /** By operation, the shared schemas last; what loses most comes first. */
  readonly groups: Group[];
}

function grouped(entries: readonly ReportEntry[], operations: readonly ImportedOperation[]): Grouped {
  const whole: ReportEntry[] = [];
  const leftOut: ReportEntry[] = [];
  const shared: Group = { title: 'Shared schemas', entries: [] };
  const groups = new Map<string, Group>();
  // a trigger that subscribes by an operation comes after it
  const firstWins = [...operations].reverse();
  const places: Places = {
    byPointer: new Map(firstWins.map((operation) => [operation.at, operation])),
    byPath: new Map(firstWins.map((operation) => [operation.pathAt, operation])),
  };
  for (const entry of entries) {
    const operation = operationAt(entry.pointer, places);
    // nearly every operation has them: one by one they would hide everything else
    if (entry.code === 'response-error-schema') whole.push(entry);
    else if (operation !== undefined) {
      const { at, summary, label } = operation;
      const group = groups.get(at) ?? { title: `${summary} (${label})`, entries: [] };
      groups.set(at, group);
      group.entries.push(entry);
    } else if (/^\/(?:components\/(?!securitySchemes)|definitions\/)/.test(entry.pointer)) shared.entries.push(entry);
    else if (/^\/(?:paths|item)\//.test(entry.pointer)) leftOut.push(entry);
    else whole.push(entry);
  }
  const sorted = [...groups.values()].sort((a, b) => weight(b) - weight(a));
  return { whole, leftOut, groups: shared.entries.length === 0 ? sorted : [...sorted, shared] };
}

/** Something that can't be used weighs more than any number of things that are described less exactly. */
const weight = ({ entries }: Group): number =>
  entries.reduce((sum, { severity }) => sum + (severity === 'dropped' ? 1000 : severity === 'lossy' ? 1 : 0), 0);

/** The operation that a pointer leads into, or the first one of the path that it means. */
function operationAt(pointer: string, operations: Places): ImportedOperation | undefined {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const operation = operations.byPointer.get(at);
    if (operation !== undefined) return operation;
  }
  const [, section, path, part] = pointer.split('/');
  return part === undefined || part === 'parameters' ? operations.byPath.get(`/${section}/${path}`) : undefined;
}

interface Places {
  readonly byPointer: ReadonlyMap<string, ImportedOperation>;
  readonly byPath: ReadonlyMap<string, ImportedOperation>;
}

/** `lossy    lists that take one value (3)`; the one thing of its kind is told in full where it was dropped. */
function codeLines(entries: readonly ReportEntry[], indent = '  '): string[] {
  return byCode(entries).map(([, [first, ...others]]) => {
    const count = [first, ...others].reduce((sum, entry) => sum + (entry.count ?? 1), 0);
    const words = count === 1 && first.severity === 'dropped' ? onOneLine(first.message) : phraseOf(first.code, count);
    return `${indent}${first.severity.padEnd(7)}  ${words}`;
  });
}

const phraseOf = (code: ReportEntry['code'], count: number): string => {
  const phrase = Object.hasOwn(reportCodes, code) ? reportCodes[code as ReportCode] : code;
  return count > 1 ? `${phrase} (${count})` : phrase;
};

/** Every entry with its place. */
const entryLines = (entries: readonly ReportEntry[], indent = '  '): string[] =>
  byCode(entries)
    .flatMap(([, list]) => list)
    .flatMap(({ severity, code, pointer, message }) => [
      `${indent}${severity.padEnd(7)}  ${code}  ${onOneLine(pointer)}`,
      `${indent}         ${onOneLine(message)}`,
    ]);

type Entries = [ReportEntry, ...ReportEntry[]];

/** The worst first, then what is most frequent. */
function byCode(entries: readonly ReportEntry[]): [string, Entries][] {
  const codes = new Map<string, Entries>();
  for (const entry of entries) {
    const known = codes.get(`${entry.severity} ${entry.code}`);
    if (known === undefined) codes.set(`${entry.severity} ${entry.code}`, [entry]);
    else known.push(entry);
  }
  return [...codes].sort(([, a], [, b]) => rank[a[0].severity] - rank[b[0].severity] || b.length - a.length);
}

function leftOutLines(entries: readonly ReportEntry[], verbose: boolean): string[] {
  return section('left out:', verbose ? entryLines(entries) : messagesOf(entries));
}

/** What a first import would leave out or choose otherwise: notes that nobody may miss. */
const keptLines = (entries: readonly ReportEntry[]): string[] =>
  section('kept since the connector has it (--exclude-operations leaves an operation out):', messagesOf(entries));

/** The first ones, each on its line. */
function messagesOf(entries: readonly ReportEntry[]): string[] {
  const lines = entries.slice(0, mostLeftOut).map(({ message }) => `  ${onOneLine(message)}`);
  const more = entries.slice(mostLeftOut).reduce((sum, { count }) => sum + (count ?? 1), 0);
  return more === 0 ? lines : [...lines, `  and ${more} more: --verbose shows all`];
}

/** What the author can do better than any conversion. */
function textsToWrite(made: number, inRepository: boolean): string[] {
  if (made === 0) return [];
  const remedy = inRepository
    ? 'pp-connector texts lists them'
    : 'write them into the definition, or import into a repository, where pp-connector texts lists them';
  return [`  ${made === 1 ? '1 text is' : `${made} texts are`} made of names: ${remedy}`];
}

const authorsTasks = (entries: readonly ReportEntry[], profile: string): string[] =>
  profile === 'custom'
    ? []
    : entries.filter(({ code }) => authorsPart.test(code)).map(({ message }) => `  ${onOneLine(message)}`);

/** A refused description as a report, for programs. */
export function rejectedReport(refusal: ImportRefused): { entries: ReportEntry[] } {
  return {
    entries: [{ code: refusal.code, severity: 'rejected', pointer: refusal.pointer ?? '', message: refusal.message }],
  };
}
