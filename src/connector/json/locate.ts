import { colon, comma, decodeString, endOfString, isClosing, isOpening, openBrace, quotes } from './scanner.ts';

/**
 * Finds where values are in a JSON text. Positions are made only for findings, all of a file in one pass:
 * parsing everything with positions would cost more than all rules together.
 */

export type Path = readonly (string | number)[];

/** A value whose place is wanted, or that holds such values. */
interface Wanted {
  parent: Wanted | undefined;
  /** Where it is, as far as the text has been read; -1: not found. */
  offset: number;
  children: Map<string, Wanted> | undefined;
}

/**
 * Offsets of the values at `paths`, in their order. Where a value is absent, the offset of the nearest existing
 * parent; in text that is not JSON, of the nearest place that could be reached. Of a key that occurs twice the last
 * one counts, as for every reader.
 */
export function locate(text: string, paths: readonly Path[]): number[] {
  const root: Wanted = { parent: undefined, offset: -1, children: undefined };
  const wanted = paths.map((path) => path.reduce(childOf, root));
  new Finder(text).value(root);
  return wanted.map(foundOffset);
}

function childOf(parent: Wanted, key: string | number): Wanted {
  const name = String(key);
  parent.children ??= new Map();
  let child = parent.children.get(name);
  if (child === undefined) {
    child = { parent, offset: -1, children: undefined };
    parent.children.set(name, child);
  }
  return child;
}

/** Its own offset, or that of the nearest parent that was found. */
function foundOffset(wanted: Wanted): number {
  let found: Wanted | undefined = wanted;
  while (found !== undefined && found.offset < 0) found = found.parent;
  return found?.offset ?? 0;
}

/** Forgets what was found in the first of two values of the same key. */
function forget(wanted: Wanted): void {
  for (const child of wanted.children?.values() ?? []) {
    if (child.offset < 0) continue;
    child.offset = -1;
    forget(child);
  }
}

/** Walks over a text, and notes where the wanted values are. */
class Finder {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** From before a value to after it. */
  value(wanted: Wanted): void {
    this.blanks();
    if (wanted.offset >= 0) forget(wanted);
    wanted.offset = this.at;
    const { text } = this;
    const { children } = wanted;
    const open = text.charCodeAt(this.at);
    if (children === undefined || !isOpening(open)) {
      this.skip();
      return;
    }
    this.at += 1;
    for (let index = 0; this.at < text.length; index += 1) {
      this.blanks();
      const char = text.charCodeAt(this.at);
      if (isClosing(char)) {
        this.at += 1;
        return;
      }
      if (char === comma) {
        this.at += 1;
        index -= 1;
        continue;
      }
      const before = this.at;
      const child = children.get(open === openBrace ? this.key() : String(index));
      if (child === undefined) {
        this.blanks();
        this.skip();
      } else {
        this.value(child);
      }
      if (this.at === before) this.at += 1; // broken text: always go on
    }
  }

  private key(): string {
    const start = this.at;
    if (this.text.charCodeAt(start) !== quotes) return '';
    this.at = endOfString(this.text, start);
    const key = decodeString(this.text.slice(start, this.at));
    this.blanks();
    if (this.text.charCodeAt(this.at) === colon) this.at += 1;
    return key;
  }

  /** Jumps over one value without recursion, however deep it is. */
  private skip(): void {
    const { text } = this;
    let { at } = this;
    let depth = 0;
    while (at < text.length) {
      const char = text.charCodeAt(at);
      if (char === quotes) {
        at = endOfString(text, at);
      } else if (isOpening(char)) {
        depth += 1;
        at += 1;
      } else if (isClosing(char)) {
        if (depth === 0) break;
        depth -= 1;
        at += 1;
      } else if (depth === 0 && (char === comma || char === colon)) {
        break;
      } else {
        at += 1;
        continue;
      }
      if (depth === 0) break;
    }
    this.at = at;
  }

  private blanks(): void {
    const { text } = this;
    let { at } = this;
    while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
    this.at = at;
  }
}

/** 1-based. */
export interface Point {
  line: number;
  column: number;
}

/** Turns offsets into lines and columns, in one pass over the text up to the last of them. */
export function linesAndColumns(text: string, offsets: readonly number[]): Point[] {
  const points: Point[] = offsets.map(() => ({ line: 1, column: 1 }));
  const inOrder = offsets.map((offset, index) => ({ offset, index })).sort((a, b) => a.offset - b.offset);
  let line = 1;
  let start = 0;
  let next = text.indexOf('\n');
  for (const { offset, index } of inOrder) {
    while (next >= 0 && next < offset) {
      line += 1;
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    points[index] = { line, column: offset - start + 1 };
  }
  return points;
}

/** Line and column of one offset. */
export const lineAndColumn = (text: string, offset: number): Point =>
  linesAndColumns(text, [offset])[0] ?? { line: 1, column: 1 };
