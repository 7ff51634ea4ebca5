/**
 * Finds where values stand in a JSON text. Positions are made only for findings, all of a file in one pass:
 * parsing everything with positions would cost more than all rules together.
 */

export type Path = readonly (string | number)[];

interface Wanted {
  /** Indexes of the paths that end here. */
  ends: number[];
  children: Map<string, Wanted>;
}

/**
 * Offsets of the values at `paths`, in their order. Where a value is absent, the offset of the nearest existing
 * parent; in text that is no JSON, of the nearest place that could be reached. Of a key that stands twice the last
 * one counts, as for every reader.
 */
export function locate(text: string, paths: readonly Path[]): number[] {
  const root: Wanted = { ends: [], children: new Map() };
  paths.forEach((path, index) => {
    let node = root;
    for (const key of path) {
      let child = node.children.get(String(key));
      if (child === undefined) {
        child = { ends: [], children: new Map() };
        node.children.set(String(key), child);
      }
      node = child;
    }
    node.ends.push(index);
  });
  const offsets: number[] = new Array(paths.length).fill(0);
  new Scanner(text).value(root, offsets);
  return offsets;
}

class Scanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Stands before a value; leaves behind it. */
  value(wanted: Wanted, offsets: number[]): void {
    this.blanks();
    mark(wanted, this.at, offsets);
    const open = this.text[this.at];
    if (wanted.children.size === 0 || (open !== '{' && open !== '[')) {
      this.skip();
      return;
    }
    this.at += 1;
    for (let index = 0; this.at < this.text.length; index += 1) {
      this.blanks();
      const char = this.text[this.at];
      if (char === '}' || char === ']') {
        this.at += 1;
        return;
      }
      if (char === ',') {
        this.at += 1;
        index -= 1;
        continue;
      }
      const before = this.at;
      const child = wanted.children.get(open === '{' ? this.key() : String(index));
      if (child === undefined) {
        this.blanks();
        this.skip();
      } else {
        this.value(child, offsets);
      }
      if (this.at === before) this.at += 1; // broken text: always go on
    }
  }

  private key(): string {
    const start = this.at;
    if (this.text[start] !== '"') return '';
    this.string();
    const raw = this.text.slice(start + 1, this.at - 1);
    this.blanks();
    if (this.text[this.at] === ':') this.at += 1;
    return raw.includes('\\') ? decodeString(raw) : raw;
  }

  /** Jumps over one value without recursion, however deep it is. */
  private skip(): void {
    let depth = 0;
    while (this.at < this.text.length) {
      const char = this.text[this.at];
      if (char === '"') {
        this.string();
      } else if (char === '{' || char === '[') {
        depth += 1;
        this.at += 1;
      } else if (char === '}' || char === ']') {
        if (depth === 0) return;
        depth -= 1;
        this.at += 1;
      } else if (depth === 0 && (char === ',' || char === ':')) {
        return;
      } else {
        this.at += 1;
        continue;
      }
      if (depth === 0) return;
    }
  }

  private string(): void {
    let end = this.text.indexOf('"', this.at + 1);
    while (end >= 0 && isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1);
    this.at = end < 0 ? this.text.length : end + 1;
  }

  private blanks(): void {
    while (this.at < this.text.length && this.text.charCodeAt(this.at) <= 32) this.at += 1;
  }
}

function isEscaped(text: string, quote: number): boolean {
  let count = 0;
  for (let at = quote - 1; text[at] === '\\'; at -= 1) count += 1;
  return count % 2 === 1;
}

function mark(wanted: Wanted, offset: number, offsets: number[]): void {
  // a parent's position stands for everything wanted below it until that is found
  const stack = [wanted];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const index of node.ends) offsets[index] = offset;
    stack.push(...node.children.values());
  }
}

function decodeString(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`);
  } catch {
    return raw;
  }
}

/** Turns offsets into 1-based lines and columns, in one pass over the line ends. */
export function linesAndColumns(text: string, offsets: readonly number[]): { line: number; column: number }[] {
  const order = offsets.map((_, index) => index).sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
  const result = new Array<{ line: number; column: number }>(offsets.length);
  let line = 1;
  let start = 0;
  let next = text.indexOf('\n');
  for (const index of order) {
    const offset = offsets[index] ?? 0;
    while (next >= 0 && next < offset) {
      line += 1;
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    result[index] = { line, column: offset - start + 1 };
  }
  return result;
}

/** 1-based line and column of one offset. */
export const lineAndColumn = (text: string, offset: number): { line: number; column: number } =>
  linesAndColumns(text, [offset])[0] ?? { line: 1, column: 1 };
