import {
  backslash,
  comma,
  eachToken,
  endOfComment,
  endOfString,
  isClosing,
  isCommentStart,
  isOpening,
  quotes,
  slash,
} from './scanner.ts';

/**
 * Slips in a JSON text that have exactly one meaning and one remedy: a comma before a closing bracket, a comment, a raw
 * control character inside a string. Whatever else strict JSON refuses is for its author to correct.
 */

export interface JsonRepair {
  offset: number;
  /** What the remedy replaces; for a comment also the blanks before it, or its whole line. */
  from: number;
  to: number;
  replacement: string;
  /** What is wrong, for people, without position. */
  message: string;
}

/** The repairs of a text in their order. They are certain only when the text is strict JSON without them: `repairJson`. */
export function findRepairs(text: string): JsonRepair[] {
  const repairs: JsonRepair[] = [];
  let pendingComma = -1;
  for (let at = 0; at < text.length; ) {
    const char = text.charCodeAt(at);
    if (char <= 0x20) {
      at += 1;
    } else if (isCommentStart(text, at)) {
      const repair = comment(text, at);
      at = repair.to;
      repairs.push(repair);
    } else if (char === quotes) {
      pendingComma = -1;
      const end = endOfString(text, at);
      controlCharacters(text, at, end, repairs);
      at = end;
    } else if (char === comma) {
      pendingComma = at;
      at += 1;
    } else {
      if (pendingComma >= 0 && isClosing(char)) {
        repairs.push({
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
  return repairs.sort((a, b) => a.from - b.from);
}

/** The text without its repairs; undefined when it still isn't strict JSON then, so that a person must look. */
export function repairJson(text: string): string | undefined {
  let repaired = '';
  let from = 0;
  for (const repair of findRepairs(text)) {
    repaired += text.slice(from, repair.from) + repair.replacement;
    from = repair.to;
  }
  repaired += text.slice(from);
  try {
    JSON.parse(repaired);
    return repaired;
  } catch {
    return undefined;
  }
}

/** The offset after the bracket that closes the root object or array; the length of the text when it is never closed. */
export function endOfRoot(text: string): number {
  let depth = 0;
  let found = text.length;
  eachToken(text, (char, _, end) => {
    if (isOpening(char)) depth += 1;
    else if (isClosing(char)) depth -= 1;
    if (depth > 0 || !isClosing(char)) return undefined;
    found = end;
    return 'stop';
  });
  return found;
}

function comment(text: string, at: number): JsonRepair {
  let to = endOfComment(text, at);
  if (text.charCodeAt(at + 1) === slash && text[to - 1] === '\r') to -= 1;
  const message = 'a comment, which JSON does not allow';
  const lineEnd = /^\r?\n|^$/.exec(text.slice(to, to + 2));
  if (lineEnd === null) return { offset: at, from: at, to, replacement: '', message };
  let from = at;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
  const ownLine = from === 0 || text[from - 1] === '\n';
  return { offset: at, from, to: ownLine ? to + lineEnd[0].length : to, replacement: '', message };
}

/** Raw control characters between the quotes of a string; an escaped one is another kind of break. */
function controlCharacters(text: string, start: number, end: number, repairs: JsonRepair[]): void {
  for (let at = start + 1; at < end; at += 1) {
    const char = text.charCodeAt(at);
    if (char === backslash) at += 1;
    else if (char < 0x20) repairs.push(controlCharacter(at, char));
  }
}

function controlCharacter(offset: number, char: number): JsonRepair {
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
