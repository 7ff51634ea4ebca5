import { format } from 'jsonc-parser';
import { comma, eachToken, endOfString, isClosing, isOpening, quotes } from './scanner.ts';

/** How a JSON text is laid out: indentation, tabs, blanks at line ends; what is wrong, and the text without it. */

/** The blanks or tabs before the first indented line: one level of indentation. Undefined for a text on one line. */
export const indentUnit = (text: string): string | undefined => /^[^\n]*\n(?:\s*\n)?([ \t]+)\S/.exec(text)?.[1];

/** Whether an object that would fill several lines is on one: what a program wrote for programs. */
export const isOnOneLine = (text: string): boolean => {
  const trimmed = text.trim();
  return trimmed.length > 2 && trimmed.startsWith('{') && !trimmed.includes('\n');
};

/** Deeper than anything that people lay out: every level more makes each of its lines longer. */
const deepest = 200;

/** Whether a text has so many levels that laying it out would make it many times as long. */
export function isTooDeepToLayOut(text: string): boolean {
  let depth = 0;
  let most = 0;
  eachToken(text, (char) => {
    if (isOpening(char)) depth += 1;
    else if (isClosing(char)) depth -= 1;
    most = Math.max(most, depth);
    return most > deepest ? 'stop' : undefined;
  });
  return most > deepest;
}

/** The same values, spelled as they were, on lines with four blanks per level. */
export const onLines = (text: string): string => {
  const edits = format(text, undefined, { insertSpaces: true, tabSize: 4, eol: '\n', insertFinalNewline: true });
  // put together in one go: the library's own function copies the whole text for every edit
  const parts: string[] = [];
  let at = 0;
  for (const { offset, length, content } of edits) {
    parts.push(text.slice(at, offset), content);
    at = offset + length;
  }
  return parts.join('') + text.slice(at);
};

/** Lines that end in blanks or tabs: how many there are, and where the blanks of the first one start. */
export function trailingBlanks(text: string): { count: number; first: number } {
  let count = 0;
  let first = -1;
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', end + 1)) {
    const stop = end < 0 ? text.length : end;
    const last = text.charCodeAt(stop - 1) === 0x0d ? stop - 2 : stop - 1;
    const char = text.charCodeAt(last);
    if (char === 0x20 || char === 0x09) {
      count += 1;
      if (first < 0) first = startOfBlanks(text, last);
    }
    if (end < 0) return { count, first };
  }
}

function startOfBlanks(text: string, last: number): number {
  let at = last;
  while (at > 0 && (text.charCodeAt(at - 1) === 0x20 || text.charCodeAt(at - 1) === 0x09)) at -= 1;
  return at;
}

const eachLine = (text: string, edit: (line: string) => string): string => text.split('\n').map(edit).join('\n');

export const withoutTrailingBlanks = (text: string): string =>
  eachLine(text, (line) => {
    const end = line.endsWith('\r') ? line.length - 1 : line.length;
    let at = end;
    while (at > 0 && (line[at - 1] === ' ' || line[at - 1] === '\t')) at -= 1;
    return line.slice(0, at) + line.slice(end);
  });

/** Four blanks for each level; lines whose indentation is not a whole number of levels stay. */
export function withFourBlanks(text: string, unit: string): string {
  return eachLine(text, (line) => {
    let levels = 0;
    while (line.startsWith(unit, levels * unit.length)) levels += 1;
    return '    '.repeat(levels) + line.slice(levels * unit.length);
  });
}

/** Tabs at the start of a line become a level of indentation, others one blank. Strict JSON has none inside strings. */
export function withoutTabs(text: string): string {
  const unit = indentUnit(text);
  const level = unit === undefined || unit.includes('\t') ? '    ' : unit;
  return eachLine(text, (line) => {
    if (!line.includes('\t')) return line;
    const content = line.search(/[^ \t]/);
    const indent = content < 0 ? line : line.slice(0, content);
    return indent.replaceAll('\t', level) + line.slice(indent.length).replaceAll('\t', ' ');
  });
}

/** Characters that are left when all blanks and line breaks outside strings go. */
export function compactLength(text: string): number {
  let blanks = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char <= 0x20) blanks += 1;
    else if (char === quotes) at = endOfString(text, at) - 1;
  }
  return text.length - blanks;
}

/** Where the first tab is and how many lines have one. */
export function hardTabs(text: string): { count: number; first: number } {
  const first = text.indexOf('\t');
  let count = 0;
  for (let at = first; at >= 0; at = text.indexOf('\t', at)) {
    count += 1;
    at = text.indexOf('\n', at);
    if (at < 0) break;
  }
  return { count, first };
}

/** The members of the root object, put in the order of `rank`; members that rank the same, or not at all, keep theirs. */
export function withRootOrder(text: string, rank: (key: string) => number | undefined): string {
  const members = rootMembers(text).filter((member) => rank(member.key) !== undefined);
  const sorted = [...members].sort((a, b) => (rank(a.key) ?? 0) - (rank(b.key) ?? 0));
  let result = '';
  let from = 0;
  members.forEach((member, index) => {
    const other = sorted[index] ?? member;
    result += text.slice(from, member.start) + text.slice(other.start, other.end);
    from = member.end;
  });
  return result + text.slice(from);
}

interface Member {
  key: string;
  /** From the key's opening quote to after the value. */
  start: number;
  end: number;
}

/** The members of the root object of strict JSON. */
function rootMembers(text: string): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let open: Omit<Member, 'end'> | undefined;
  eachToken(text, (char, start, end) => {
    if (isOpening(char)) depth += 1;
    else if (isClosing(char)) depth -= 1;
    if (open === undefined && depth === 1 && char === quotes) open = { key: text.slice(start + 1, end - 1), start };
    else if (open !== undefined && (depth === 0 || (depth === 1 && char === comma))) {
      members.push({ ...open, end: text.slice(open.start, start).trimEnd().length + open.start });
      open = undefined;
    }
    return depth === 0 ? 'stop' : undefined;
  });
  return members;
}
