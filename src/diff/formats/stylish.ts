import type { Severity } from '../../connector/profile.ts';
import { onOneLine } from '../../shown.ts';
import type { PlacedChange } from '../diff-report.ts';
import type { DiffFormat } from './formats.ts';
import { diffTotals, isBreaking, kindText, labelText, messageText, remedyText } from './words.ts';

const codes = { red: 31, yellow: 33, cyan: 36, green: 32, dim: 2, underline: 4 } as const;
type Style = keyof typeof codes;

const styleOf = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, Style>;

/** For people at a terminal: by operation, with what to do about each error, and a total. */
export const diffStylish: DiffFormat = (report, { color }) => {
  const paint = (style: Style, words: string): string => (color ? `\u001b[${codes[style]}m${words}\u001b[0m` : words);
  const byOperation = new Map<string, PlacedChange[]>();
  for (const change of report.changes) {
    const name = change.operationId ?? '';
    byOperation.set(name, [...(byOperation.get(name) ?? []), change]);
  }
  const blocks = [...byOperation].map(([id, changes]) => {
    const title = paint('underline', id === '' ? 'Connector' : onOneLine(id));
    return `${title}\n${changes.map((change) => lines(change, paint)).join('')}`;
  });
  const style = isBreaking(report) ? 'red' : report.changes.length > 0 ? 'yellow' : 'green';
  return `${[...blocks, paint(style, diffTotals(report))].join('\n')}\n`;
};

function lines(change: PlacedChange, paint: (style: Style, words: string) => string): string {
  const label = paint(styleOf[change.severity], labelText(change).padEnd(8));
  const place = paint('dim', `${onOneLine(change.file)}:${change.line}:${change.column}  ${kindText(change)}`);
  const remedy = remedyText(change);
  const advice = remedy === undefined ? '' : `            ${remedy}\n`;
  return `  ${label}  ${onOneLine(messageText(change))}\n${advice}            ${place}\n`;
}
