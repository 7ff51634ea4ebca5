import { onOneLine } from '../shown.ts';

/** Pieces of Markdown, made from texts of the definition that may hold anything. */

/**
 * Somebody's words without what works in Markdown: pictures, links, definitions of links, tags and, with them, our own
 * markers are shown as they are written. Emphasis and plain addresses do no harm.
 */
export const inert = (text: string): string =>
  onOneLine(text).replaceAll(/(?<!\\)(\\*)(<|!(?=\[)|\](?=[([:]))/g, (_, slashes: string, mark: string) =>
    // after an odd number of them it is escaped already
    slashes.length % 2 === 0 ? `${slashes}\\${mark}` : `${slashes}${mark}`,
  );

/** One line of text. */
export const inline = (text: string): string => inert(text).trim().replaceAll(/ +/g, ' ');

/** A paragraph of one line that starts no list, quotation, heading or rule. */
export const paragraph = (text: string): string =>
  inline(text)
    .replace(/^([-+*#>=_]|~~~|```)/, '\\$1')
    .replace(/^(\d+)([.)])(?= |$)/, '$1\\$2');

/** Text as it is typed: names, addresses. */
export function code(text: string): string {
  const plain = onOneLine(text).trim().replaceAll(/ +/g, ' ');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}

/** Several names: `a`, `b` and `c`. */
export function enumerate(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** @param rows cells of Markdown without line ends */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

export const bulletList = (items: readonly string[]): string => items.map((item) => `* ${item}`).join('\n');

export const numberedList = (items: readonly string[]): string =>
  items.map((item, index) => `${index + 1}. ${item}`).join('\n');

/** Parts with a blank line between; empty ones are left out. */
export const blocksOfText = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');
