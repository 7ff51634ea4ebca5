import { ImportRefused } from '../refusal.ts';

/** Largest description that is read at all, in bytes, all files together. */
export const maxBytes = 64 * 1024 * 1024;
/** Nodes of a document, aliases counted as often as they are used. */
export const maxNodes = 5_000_000;
/** Nested deeper than this, no description is: hostile input, which recursive code must never see. */
export const maxDepth = 500;

export function tooBig(name: string, what: string): ImportRefused {
  return new ImportRefused('source-too-big', `${name} has ${what}.`, {
    hint: 'Take the operations that you need into a smaller description and import that.',
  });
}

/** 1-based. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

export function columnOf(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1);
}
