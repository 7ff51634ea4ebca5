import { onOneLine } from '../shown.ts';
import type { ImportRefused } from './refusal.ts';
import { countBySeverity, type ImportReport, type ReportEntry, type Severity } from './report.ts';

const rank: Readonly<Record<Severity, number>> = { rejected: 0, dropped: 1, lossy: 2, info: 3 };
const worstShown = 10;

/** What only the author can know, as opposed to what was lost. */
const authorsPart = /^info-(?:title|description|contact)$/;

/** The report for people: numbers, counts per code, the ten worst entries, what is left to do. */
export function describeReport(report: ImportReport, profile: string): string {
  const { source, result, entries } = report;
  const counts = countBySeverity(entries);
  const lines = [
    `${source.format} ${onOneLine(source.version)}: ${result.operations} operations, ${result.definitions} definitions, ${Math.ceil(result.bytes / 1024)} KB`,
    `${counts.dropped} dropped, ${counts.lossy} lossy, ${counts.info} notes`,
  ];
  for (const [code, { count, severity }] of byCode(entries))
    lines.push(`  ${severity.padEnd(8)} ${code}${count > 1 ? ` (${count})` : ''}`);
  const worst = entries
    .filter(({ severity }) => severity !== 'info')
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .slice(0, worstShown);
  if (worst.length > 0)
    lines.push('worst:', ...worst.map(({ pointer, message }) => `  ${onOneLine(pointer)}\n    ${onOneLine(message)}`));
  const left = entries.filter(({ code }) => authorsPart.test(code));
  if (profile !== 'custom' && left.length > 0)
    lines.push('left to you:', ...left.map(({ message }) => `  ${onOneLine(message)}`));
  return `${lines.join('\n')}\n`;
}

function byCode(entries: readonly ReportEntry[]): [string, { count: number; severity: Severity }][] {
  const codes = new Map<string, { count: number; severity: Severity }>();
  for (const { code, severity, count } of entries) {
    const known = codes.get(code);
    if (known === undefined) codes.set(code, { count: count ?? 1, severity });
    else known.count += count ?? 1;
  }
  return [...codes].sort((a, b) => rank[a[1].severity] - rank[b[1].severity] || b[1].count - a[1].count);
}

/** A refused description as a report, for programs. */
export function rejectedReport(refusal: ImportRefused): { entries: ReportEntry[] } {
  return {
    entries: [{ code: refusal.code, severity: 'rejected', pointer: refusal.pointer ?? '', message: refusal.message }],
  };
}
