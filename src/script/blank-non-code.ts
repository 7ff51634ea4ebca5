/** Comments, strings and characters. */
const nonCode =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""[\s\S]*?(?:"""|$)|\$?@\$?"(?:[^"]|"")*(?:"|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.){0,12}'/g;

/** The parts of a text that are no code, as they are written. */
export const nonCodeParts = (text: string): { offset: number; part: string }[] =>
  [...text.matchAll(nonCode)].map(({ 0: part, index: offset }) => ({ offset, part }));

/**
 * The same text with comments, strings and characters blanked, so that braces and names that remain are code. Every
 * offset stays what it was.
 */
export function blankNonCode(text: string): string {
  return text.replaceAll(nonCode, (match) => match.replaceAll(/[^\n]/g, ' '));
}

/** Offset of the brace that closes the one at `open`, or undefined. */
export function closingBrace(mask: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < mask.length; at += 1) {
    if (mask[at] === '{') depth += 1;
    else if (mask[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}
