import type { JsonObject } from '../connector/json/value.ts';

/** Widths of indentation, the most readable first; 0 puts everything on one line. */
export const indents = [4, 2, 0] as const;
export type Indent = (typeof indents)[number];

/** The text of a definition as it is written to disk. */
export function formatDefinition(definition: JsonObject, indent: Indent): string {
  return `${JSON.stringify(definition, null, indent)}\n`;
}

/** Size of that text in bytes of UTF-8. */
export function sizeOf(definition: JsonObject, indent: Indent): number {
  return Buffer.byteLength(JSON.stringify(definition, null, indent)) + 1;
}
