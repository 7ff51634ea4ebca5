import { diffArrays } from 'diff';
import { findBlocks } from './markers.ts';

export interface ProseChange {
  /** What the template made of the connector as it was, with empty blocks and LF. */
  before: string;
  /** What it makes of the connector now. */
  after: string;
  /** Of the document, for messages. */
  path: string;
}

/**
 * The document with the lines of our template brought up to date that nobody has edited: a connector that has another
 * name has it in every sentence. Lines that occur twice, or were changed, are the author's.
 *
 * @throws UserError for broken markers
 */
export function updateProse(text: string, { before, after, path }: ProseChange): string {
  if (before === after) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const parts = diffArrays(before.split('\n'), after.split('\n'));
  let result = text;
  for (const [index, { added, removed, value }] of parts.entries()) {
    if (!added && !removed) continue;
    const next = parts[index + 1];
    // a replacement comes as what goes and what comes
    if (added && parts[index - 1]?.removed) continue;
    // what only comes is found by the line before it
    const context = added ? (parts[index - 1]?.value.slice(-1) ?? []) : [];
    const old = added ? context : value;
    const made = added ? [...context, ...value] : next?.added ? next.value : [];
    if (old.some((line) => line !== '')) result = replaceLines(result, old, made, { eol, path });
  }
  return result;
}

/** Replaces lines that occur once, and not inside of a block. */
function replaceLines(
  text: string,
  old: readonly string[],
  made: readonly string[],
  { eol, path }: { eol: string; path: string },
): string {
  const whole = `${eol}${text}${eol}`;
  const wanted = `${eol}${old.join(eol)}${eol}`;
  const at = whole.indexOf(wanted);
  if (at < 0 || whole.indexOf(wanted, at + 1) >= 0) return text;
  const end = at + wanted.length - 2 * eol.length;
  // begin and end of a block are lines of the template, too; what is between them isn't
  if (findBlocks(text, path).some((block) => at < block.end && end > block.start)) return text;
  const replaced = made.length === 0 ? eol : `${eol}${made.join(eol)}${eol}`;
  const changed = whole.slice(0, at) + replaced + whole.slice(at + wanted.length);
  return changed.slice(eol.length, -eol.length);
}
