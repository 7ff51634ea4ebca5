import { escapeToken } from './pointer.ts';
import { colon, comma, decodeString, endOfString, isClosing, isOpening, openBrace, quotes } from './scanner.ts';

/**
 * Finds where values are in a JSON text. Positions are made only for findings, all of a file in one pass:
 * parsing everything with positions would cost more than all rules together.
 */

export type Path = readonly (string | number)[];

/** A value by what holds it, up to the root of its file. */
export interface Place {
  readonly parent: Place | undefined;
  /** In the parent; of the root without meaning. */
  readonly key: string | number;
}

/** Where a value is. */
export interface Spot {
  pointer: string;
  /** Of an absent value that of the nearest parent that there is. */
  offset: number;
}

/** A value whose place is wanted, or that holds such values. */
interface Wanted extends Spot {
  parent: Wanted | undefined;
  /** As far as the text has been read; -1: not found. */
  offset: number;
  children: Map<string, Wanted> | undefined;
}

const wantedOf = (parent: Wanted | undefined, pointer: string): Wanted => ({
  parent,
  pointer,
  offset: -1,
  children: undefined,
});

/** Values that are looked up in one pass over a text: first all that are wanted, then `find`. */
export class Search {
  private readonly root = wantedOf(undefined, '');
  private readonly all: Wanted[] = [];
  /** Values that lie beside each other mostly share their parent. */
  private readonly parents = new Map<Place, Wanted>();

  /** @returns where it is, once `find` has been called */
  want(place: Place): Spot {
    const wanted = this.wanted(place);
    this.all.push(wanted);
    return wanted;
  }

  private wanted({ parent, key }: Place): Wanted {
    if (parent === undefined) return this.root;
    let outer = this.parents.get(parent);
    if (outer === undefined) {
      outer = this.wanted(parent);
      this.parents.set(parent, outer);
    }
    return childOf(outer, key);
  }

  /**
   * In text that is not JSON values are where they could be reached. Of a key that occurs twice the last one counts, as for
   * every reader.
   *
   * @param repeats whether a key may occur twice: if not, the text is read up to the last value only
   */
  find(text: string, { repeats }: { repeats: boolean }): void {
    if (this.all.length === 0) return;
    new Finder(text).value(this.root, !repeats);
    for (const wanted of this.all) wanted.offset = foundOffset(wanted);
  }
}

/** Offsets of the values at `paths`, in their order; of an absent one that of the nearest existing parent. */
export function locate(text: string, paths: readonly Path[]): number[] {
  const search = new Search();
  const spots = paths.map((path) => search.want(path.reduce<Place>((parent, key) => ({ parent, key }), root)));
  search.find(text, { repeats: true });
  return spots.map(({ offset }) => offset);
}

const root: Place = { parent: undefined, key: '' };

function childOf(parent: Wanted, key: string | number): Wanted {
  const name = String(key);
  parent.children ??= new Map();
  let child = parent.children.get(name);
  if (child === undefined) {
    child = wantedOf(parent, `${parent.pointer}/${escapeToken(name)}`);
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

  /** From before a value to after it. @param isLast nothing that is wanted comes after it: not even its end is */
  value(wanted: Wanted, isLast: boolean): void {
    this.blanks();
    if (wanted.offset >= 0) forget(wanted);
    wanted.offset = this.at;
    const { text } = this;
    const { children } = wanted;
    const open = text.charCodeAt(this.at);
    if (children === undefined || !isOpening(open)) {
      if (!isLast) this.skip();
      return;
    }
    this.at += 1;
    let left = children.size;
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
        left -= 1;
        this.value(child, isLast && left === 0);
        if (isLast && left === 0) return;
      }
      if (this.at === before) this.at += 1; // broken text: always go on
    }
  }

  private key(): string {
    const start = this.at;
    if (this.text.charCodeAt(start) !== quotes) return '';
    this.at = endOfString(this.text, start);
    const key = decodeString(this.text, start, this.at);
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
      // half of most texts
      if (char <= 0x20) {
        at += 1;
        continue;
      }
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
export class LineCounter {
  private readonly text: string;
  private line = 1;
  private start = 0;
  private next: number;

  constructor(text: string) {
    this.text = text;
    this.next = text.indexOf('\n');
  }

  /** @param offset not before the one that was asked for last */
  pointAt(offset: number): Point {
    while (this.next >= 0 && this.next < offset) {
      this.line += 1;
      this.start = this.next + 1;
      this.next = this.text.indexOf('\n', this.start);
    }
    return { line: this.line, column: offset - this.start + 1 };
  }
}

/** The lines and columns of offsets, which may be in any order. */
export function linesAndColumns(text: string, offsets: readonly number[]): Point[] {
  const points: Point[] = offsets.map(() => ({ line: 1, column: 1 }));
  const inOrder = offsets.map((offset, index) => ({ offset, index })).sort((a, b) => a.offset - b.offset);
  const lines = new LineCounter(text);
  for (const { offset, index } of inOrder) points[index] = lines.pointAt(offset);
  return points;
}

/** Line and column of one offset. */
export const lineAndColumn = (text: string, offset: number): Point =>
  linesAndColumns(text, [offset])[0] ?? { line: 1, column: 1 };
