import { UserError } from '../errors.ts';
import { quote } from '../quote.ts';

/**
 * Expressions in the parameters of policies, parsed: docs/reference/policy-templates.md#expressions. Four shapes cover
 * everything that is published: `@f('name')`, `@f('name','default')`, `@body().a.b[0]['c']`, and each of them in braces,
 * `@{…}` or `{@…}`.
 */

const functionNames = ['connectionParameters', 'headers', 'queryParameters', 'body', 'item', 'triggerBody'] as const;
export type FunctionName = (typeof functionNames)[number];

/** A text, an empty place between commas, or names by set. */
export type Argument = string | undefined | Readonly<Record<string, string>>;

export interface Expression {
  name: FunctionName;
  arguments: Argument[];
  /** Behind `body()`, `item()` and `triggerBody()`. */
  path: string[];
  /** As the author wrote it. */
  source: string;
  /** In `@{…}` or `{@…}`. */
  inBraces: boolean;
}

export type Template = readonly (string | Expression)[];

/** Those whose values have paths. */
const withPaths: ReadonlySet<FunctionName> = new Set(['body', 'item', 'triggerBody']);

const byLowerCase = new Map<string, FunctionName>(
  // pages of dynamichosturl write `header`
  [...functionNames.map((name) => [name.toLowerCase(), name] as const), ['header', 'headers'] as const],
);

const opening = /(@\{|\{@|@)([A-Za-z]+)\(/y;

/**
 * Texts and expressions in turn.
 *
 * @param allowed functions that are expanded there; others stay text. Default: all
 * @throws UserError for a call of a function that doesn't exist, or that doesn't end
 */
export function parseTemplate(text: string, allowed?: ReadonlySet<FunctionName>): Template {
  const parts: (string | Expression)[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const found = expressionAt(text, at, allowed);
    if (found === undefined) {
      literal += text[at];
      at += 1;
      continue;
    }
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(found.expression);
    at = found.end;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function expressionAt(
  text: string,
  at: number,
  allowed: ReadonlySet<FunctionName> | undefined,
): { expression: Expression; end: number } | undefined {
  if (text[at] !== '@' && text[at] !== '{') return undefined;
  opening.lastIndex = at;
  const [start = '', brackets = '', word = ''] = opening.exec(text) ?? [];
  if (start === '') return undefined;
  const name = byLowerCase.get(word.toLowerCase());
  if (name === undefined && allowed !== undefined) return undefined;
  if (name === undefined) {
    throw new UserError(`${quote(text)}: there is no function ${word}`, {
      hint: `expressions are: ${functionNames.join(', ')}`,
    });
  }
  if (allowed !== undefined && !allowed.has(name)) return undefined;
  const inBraces = brackets !== '@';
  const reader = new Reader(text, at + start.length);
  const values = reader.arguments();
  const path = withPaths.has(name) ? reader.path() : [];
  if (inBraces) reader.expect('}');
  return {
    expression: { name, arguments: values, path, source: text.slice(at, reader.at), inBraces },
    end: reader.at,
  };
}

/** The path in a text such as `@body().a`, `body().a` or `['a'].b`, with what it begins at. */
export interface BodyPath {
  root: 'body' | 'item';
  path: string[];
}

/** @throws UserError when it is neither a path of the body nor of an element */
export function parseBodyPath(text: string): BodyPath {
  const trimmed = text.trim();
  const [start = '', word = ''] = /^(?:@\{|\{@|@)?(body|item)\(\)/i.exec(trimmed) ?? [];
  if (start === '') {
    throw new UserError(`${quote(text)} is not a path of the body`, { hint: 'write @body().name, or @item().name' });
  }
  const reader = new Reader(trimmed, start.length);
  const path = reader.path();
  if (start.includes('{')) reader.expect('}');
  reader.expectEnd();
  return { root: word.toLowerCase() as BodyPath['root'], path };
}

/** The keys of `a.b`, `['@odata.id']`, `a[0]`; a text of another form is one name. */
export function parseSubPath(text: string): string[] {
  const first = /^[\p{L}\p{N}_$-]/u.test(text) ? `.${text}` : text;
  const reader = new Reader(first, 0);
  const path = reader.path();
  return reader.at === first.length && path.length > 0 ? path : [text];
}

const property = /\.([\p{L}\p{N}_$](?:[\p{L}\p{N}_$]|-(?=[\p{L}\p{N}_$]))*)/uy;
const index = /\[\s*(\d+)\s*\]/y;
const bareWord = /[^\s,(){}'":]+/y;

/** Reads what follows the opening parenthesis of an expression. */
class Reader {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  /** Up to the closing parenthesis, which is read, too. */
  arguments(): Argument[] {
    const values: Argument[] = [];
    this.blanks();
    if (this.take(')')) return values;
    for (;;) {
      values.push(this.argument());
      this.blanks();
      if (this.take(')')) return values;
      this.expect(',');
      this.blanks();
    }
  }

  private argument(): Argument {
    const next = this.text[this.at];
    if (next === ',' || next === ')') return undefined;
    if (next === "'" || next === '"') return this.quoted();
    if (next === '{') return this.namesBySet();
    return this.match(bareWord)?.[0] ?? this.fail();
  }

  private quoted(): string {
    const mark = this.text[this.at] ?? '';
    let value = '';
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      if (this.text[this.at] !== mark) value += this.text[this.at];
      // a quotation mark inside is written twice
      else if (this.text[this.at + 1] === mark) {
        value += mark;
        this.at += 1;
      } else {
        this.at += 1;
        return value;
      }
    }
    return this.fail();
  }

  private namesBySet(): Record<string, string> {
    const entries: [string, string][] = [];
    this.expect('{');
    for (this.blanks(); !this.take('}'); this.blanks()) {
      if (entries.length > 0) this.expect(',');
      this.blanks();
      const set = this.quoted();
      this.blanks();
      this.expect(':');
      this.blanks();
      entries.push([set, this.quoted()]);
    }
    return Object.fromEntries(entries);
  }

  path(): string[] {
    const keys: string[] = [];
    for (;;) {
      const named = this.match(property) ?? this.match(index);
      if (named !== undefined) keys.push(named[1] ?? '');
      else if (/^\[\s*['"]/.test(this.text.slice(this.at, this.at + 20))) {
        this.expect('[');
        this.blanks();
        keys.push(this.quoted());
        this.blanks();
        this.expect(']');
      } else return keys;
    }
  }

  expect(sign: string): void {
    if (!this.take(sign)) this.fail();
  }

  expectEnd(): void {
    if (this.at < this.text.length) this.fail();
  }

  private take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found ?? undefined;
  }

  private fail(): never {
    throw new UserError(`${quote(this.text)}: the expression can't be read from character ${this.at + 1} on`, {
      hint: "expressions have the form @name('text'), @name('text','default') or @body().a.b[0]['c']",
    });
  }
}
