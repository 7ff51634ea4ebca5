/** A value of the author's in a message: quoted, short, on one line. */
export const quote = (value: unknown): string => `"${inShort(typeof value === 'string' ? value : jsonText(value))}"`;

/** The same as JSON spells it: only a text has quotes, so that `true` and `"true"` differ. */
export const literal = (value: unknown): string =>
  typeof value === 'string' ? quote(value) : inShort(jsonText(value));

function inShort(text: string): string {
  // a single space may stay: most texts have no other blanks
  const line = /\s{2}|[^\S ]/.test(text) ? text.replaceAll(/\s{2,}|[^\S ]/g, ' ') : text;
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return '…'; // nested without end
  }
}
