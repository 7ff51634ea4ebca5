/**
 * Slips in a JSON text that have exactly one meaning and one remedy: a comma before a closing bracket, a comment, a raw
 * control character inside a string. Whatever else strict JSON refuses is for its author to mend.
 */

export interface JsonSlip {
  offset: number;
  /** What the remedy replaces; for a comment also the blanks before it, or its whole line. */
  from: number;
  to: number;
  replacement: string;
  /** What is wrong, for people, without position. */
  message: string;
}

const quotes = 0x22;
const backslash = 0x5c;
const slash = 0x2f;
const star = 0x2a;
const comma = 0x2c;

/** The slips of a text in their order. They are certain only when the text is strict JSON without them: `repairJson`. */
export function findSlips(text: string): JsonSlip[] {
  const slips: JsonSlip[] = [];
  let pendingComma = -1;
  for (let at = 0; at < text.length; ) {
    const char = text.charCodeAt(at);
    if (char <= 0x20) {
      at += 1;
    } else if (char === slash && isCommentStart(text, at)) {
      const slip = comment(text, at);
      at = slip.to;
      slips.push(slip);
    } else if (char === quotes) {
      pendingComma = -1;
      at = string(text, at + 1, slips);
    } else if (char === comma) {
      pendingComma = at;
      at += 1;
    } else {
      if (pendingComma >= 0 && (text[at] === '}' || text[at] === ']')) {
        slips.push({
          offset: pendingComma,
          from: pendingComma,
          to: pendingComma + 1,
          replacement: '',
          message: 'a comma before a closing bracket, which JSON does not allow',
        });
      }
      pendingComma = -1;
      at += 1;
    }
  }
  return slips.sort((a, b) => a.from - b.from);
}

/** The text without its slips; undefined when it still isn't strict JSON then, so that a person must look. */
export function repairJson(text: string): string | undefined {
  let repaired = '';
  let from = 0;
  for (const slip of findSlips(text)) {
    repaired += text.slice(from, slip.from) + slip.replacement;
    from = slip.to;
  }
  repaired += text.slice(from);
  try {
    JSON.parse(repaired);
    return repaired;
  } catch {
    return undefined;
  }
}

/** Behind the bracket that closes the root object or array; the length of the text when it is never closed. */
export function endOfRoot(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = string(text, at + 1, []) - 1;
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return text.length;
}

const isCommentStart = (text: string, at: number): boolean =>
  text.charCodeAt(at + 1) === slash || text.charCodeAt(at + 1) === star;

function comment(text: string, at: number): JsonSlip {
  const block = text.charCodeAt(at + 1) === star;
  const end = block ? text.indexOf('*/', at + 2) : text.indexOf('\n', at);
  let to = end < 0 ? text.length : block ? end + 2 : end;
  if (!block && text[to - 1] === '\r') to -= 1;
  const message = 'a comment, which JSON does not allow';
  const lineEnd = /^\r?\n|^$/.exec(text.slice(to, to + 2));
  if (lineEnd === null) return { offset: at, from: at, to, replacement: '', message };
  let from = at;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
  const ownLine = from === 0 || text[from - 1] === '\n';
  return { offset: at, from, to: ownLine ? to + lineEnd[0].length : to, replacement: '', message };
}

/** From behind the opening quote to behind the closing one. */
function string(text: string, from: number, slips: JsonSlip[]): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === quotes) return at + 1;
    if (char === backslash) at += 1;
    else if (char < 0x20) slips.push(controlCharacter(at, char));
  }
  return at;
}

function controlCharacter(offset: number, char: number): JsonSlip {
  const name = controlNames.get(char) ?? `control character (U+${char.toString(16).padStart(4, '0')})`;
  return {
    offset,
    from: offset,
    to: offset + 1,
    replacement: JSON.stringify(String.fromCharCode(char)).slice(1, -1),
    message: `a raw ${name} inside a string, which JSON does not allow`,
  };
}

const controlNames = new Map([
  [0x09, 'tab'],
  [0x0a, 'line break'],
]);
