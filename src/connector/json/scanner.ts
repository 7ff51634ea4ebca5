/**
 * What JSON texts are made of, for all that looks at the text and not only at its values. Nothing here builds a value,
 * and nothing recurs: texts may be megabytes long and nested without end.
 */

export const lineFeed = 0x0a;
export const quotes = 0x22;
export const star = 0x2a;
export const comma = 0x2c;
export const slash = 0x2f;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;

export const isOpening = (char: number): boolean => char === openBrace || char === openBracket;
export const isClosing = (char: number): boolean => char === closeBrace || char === closeBracket;

/** The offset after the closing quote of the string that starts at `start`; the length of the text when it isn't closed. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

/** Whether a quote is one of the string's own characters, and doesn't end it. */
export function isEscaped(text: string, quote: number): boolean {
  let at = quote - 1;
  while (text.charCodeAt(at) === backslash) at -= 1;
  return (quote - at) % 2 === 0;
}

/** The value of the string from `start` to `end`, which are its quotes; what is between them when that isn't valid. */
export function decodeString(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(`"${inner}"`);
  } catch {
    return inner;
  }
}

/** Whether a comment starts at `at`, as JSON has none but people write them. */
export const isCommentStart = (text: string, at: number): boolean =>
  text.charCodeAt(at) === slash && (text.charCodeAt(at + 1) === slash || text.charCodeAt(at + 1) === star);

/** The offset after the comment that starts at `start`; of one up to the end of its line, before the line feed. */
export function endOfComment(text: string, start: number): number {
  const isBlock = text.charCodeAt(start + 1) === star;
  const end = isBlock ? text.indexOf('*/', start + 2) : text.indexOf('\n', start);
  return end < 0 ? text.length : isBlock ? end + 2 : end;
}

/** A string from its opening quote to after the closing one, or a bracket, brace, comma or colon outside of strings. */
type VisitToken = (char: number, start: number, end: number) => 'stop' | undefined;

/** Goes through the tokens of a text in their order, until one is the last that is wanted. Scalars and comments are passed over. */
export function eachToken(text: string, visit: VisitToken): void {
  for (let at = 0; at < text.length; ) {
    const char = text.charCodeAt(at);
    let end = at + 1;
    if (char === quotes) end = endOfString(text, at);
    else if (isCommentStart(text, at)) {
      at = endOfComment(text, at);
      continue;
    }
    const isToken = char === quotes || char === comma || char === colon || isOpening(char) || isClosing(char);
    if (isToken && visit(char, at, end) === 'stop') return;
    at = end;
  }
}
