import { type Node, parseTree } from 'jsonc-parser';
import { UserError } from '../../errors.ts';
import { asArray, canonicalText, deepEqual, getOwn, isObject, type Json, type JsonObject } from './value.ts';

/** How a JSON text is laid out; detected from an author's file so that what we add looks like the rest. */
export interface JsonStyle {
  /** One level, for example two blanks or a tab. */
  indent: string;
  eol: '\n' | '\r\n';
}

const defaultStyle: JsonStyle = { indent: '  ', eol: '\n' };

export function detectStyle(text: string): JsonStyle {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /[{[][ \t]*\r?\n([ \t]+)\S/.exec(text)?.[1] ?? defaultStyle.indent;
  return { indent, eol };
}

/** A new JSON file: two blanks, LF, final newline, no byte-order mark. */
export const formatJson = (value: Json, style: JsonStyle = defaultStyle): string =>
  `${print(value, style, '')}${style.eol}`;

/**
 * Rewrites `text` so that it holds `value`, changing as few characters as possible: every part whose value is the same
 * keeps its bytes (order of keys, indentation, escapes, number spelling), new parts follow the file's own layout.
 *
 * @throws UserError when the text is not JSON, or is nested too deeply to be edited.
 */
export function updateJsonText(text: string, value: Json): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(bom.length);
  if (body.trim() === '') return bom + formatJson(value, detectStyle(body));
  const tree = parse(body);
  return (
    bom + body.slice(0, tree.offset) + new Rewriter(body).node(tree, value) + body.slice(tree.offset + tree.length)
  );
}

function parse(text: string): Node {
  let tree: Node | undefined;
  try {
    tree = parseTree(text, [], { allowTrailingComma: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('the JSON is nested too deeply to be edited', { cause: error });
  }
  if (tree === undefined) throw new UserError('the text holds no JSON value');
  return tree;
}

/** What is in the text for one member of an object or array: the blanks before it, itself, the blanks after it. */
interface Member {
  before: string;
  text: string;
  after: string;
}

class Rewriter {
  private readonly text: string;
  private readonly style: JsonStyle;
  /** The offsets of all line feeds. */
  private readonly lineEnds: number[] = [];

  constructor(text: string) {
    this.text = text;
    this.style = detectStyle(text);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineEnds.push(at);
  }

  node(node: Node, value: Json): string {
    if (node.type === 'object' && isObject(value)) return this.object(node, value);
    if (node.type === 'array' && Array.isArray(value)) return this.array(node, value);
    if (node.type !== 'object' && node.type !== 'array' && node.value === value) return this.source(node);
    return print(value, this.style, this.indentAt(node.offset));
  }

  private object(node: Node, value: JsonObject): string {
    const properties = (node.children ?? []).filter((child) => child.children?.length === 2);
    const last = new Map(properties.map((property) => [keyOf(property), property]));
    const kept = properties.filter((property) => Object.hasOwn(value, keyOf(property)));
    const sources = members(this.text, node, properties);
    const written = new Map(
      kept.map((property) => {
        const [key, old] = property.children as [Node, Node];
        const name = String(key.value);
        // of a key that occurs twice only the last one counts, for every reader; the others are left as they are
        const now = last.get(name) === property ? this.node(old, getOwn(value, name) as Json) : this.source(old);
        const member = sources.get(property) as Member;
        return [property, { ...member, text: this.text.slice(key.offset, old.offset) + now }];
      }),
    );
    const added = Object.keys(value).filter((key) => !last.has(key));
    if (kept.length === properties.length && added.length === 0) {
      return this.splice(node, properties, (property) => (written.get(property) as Member).text);
    }
    // a new key goes after the one that precedes it in the new value
    const first: Member[] = [];
    const following = new Map<Node | undefined, Member[]>();
    let latest = first;
    const isNew = new Set(added);
    for (const key of Object.keys(value)) {
      if (isNew.has(key)) latest.push(this.newMember(node, `${JSON.stringify(key)}: `, getOwn(value, key) as Json));
      else {
        latest = [];
        following.set(last.get(key), latest);
      }
    }
    const list = kept.flatMap((property) => [written.get(property) as Member, ...(following.get(property) ?? [])]);
    return this.assemble(node, '{', [...first, ...list], '}');
  }

  private array(node: Node, value: Json[]): string {
    const items = node.children ?? [];
    if (items.length === value.length)
      return this.splice(node, items, (item, index) => this.node(item, value[index] as Json));
    const old = items.map(toValue);
    let head = 0;
    while (head < old.length && head < value.length && deepEqual(old[head], value[head])) head += 1;
    let tail = 0;
    while (tail < old.length - head && tail < value.length - head && deepEqual(old.at(-1 - tail), value.at(-1 - tail)))
      tail += 1;
    const sources = members(this.text, node, items);
    const keep = (item: Node | undefined): Member => sources.get(item as Node) as Member;
    const places = new Map(old.map((item, index): [string, number] => [canonicalText(item), index]).reverse());
    const middle = value.slice(head, value.length - tail).map((item) => {
      const same = places.get(canonicalText(item));
      return same === undefined ? this.newMember(node, '', item) : keep(items[same]);
    });
    const list = [...items.slice(0, head).map(keep), ...middle, ...items.slice(items.length - tail).map(keep)];
    return this.assemble(node, '[', list, ']');
  }

  /** Replaces the members in place; everything between them stays. */
  private splice(node: Node, children: Node[], render: (child: Node, index: number) => string): string {
    let out = '';
    let from = node.offset;
    children.forEach((child, index) => {
      out += this.text.slice(from, child.offset) + render(child, index);
      from = child.offset + child.length;
    });
    return out + this.text.slice(from, node.offset + node.length);
  }

  private assemble(node: Node, open: string, list: Member[], close: string): string {
    if (list.length === 0) return open + close;
    const multiline = this.isMultiline(node);
    const end = multiline ? this.style.eol + this.indentAt(node.offset) : this.closingGap(node);
    const text = list.map(
      (member, index) => member.before + member.text + (index === list.length - 1 ? '' : member.after),
    );
    return open + text.join(',') + end + close;
  }

  private newMember(parent: Node, key: string, value: Json): Member {
    if (!this.isMultiline(parent)) {
      const first = parent.children?.[0];
      const before = first === undefined ? '' : this.text.slice(parent.offset + 1, first.offset) || ' ';
      return { before, text: key + JSON.stringify(value), after: '' };
    }
    const indent = this.indentAt(parent.offset) + this.style.indent;
    return { before: this.style.eol + indent, text: key + print(value, this.style, indent), after: '' };
  }

  private isMultiline(node: Node): boolean {
    const children = node.children ?? [];
    // an empty object or array gets its members on lines of their own, as formatters do
    if (children.length === 0) return true;
    const lineEnd = this.lineEnds[this.lineOf(node.offset)];
    return lineEnd !== undefined && lineEnd < node.offset + node.length;
  }

  private closingGap(node: Node): string {
    const lastChild = node.children?.at(-1);
    if (lastChild === undefined) return '';
    return this.text.slice(lastChild.offset + lastChild.length, node.offset + node.length - 1).replace(',', '');
  }

  private source(node: Node): string {
    return this.text.slice(node.offset, node.offset + node.length);
  }

  private indentAt(offset: number): string {
    const line = this.lineOf(offset);
    const start = line === 0 ? 0 : (this.lineEnds[line - 1] ?? 0) + 1;
    return /^[ \t]*/.exec(this.text.slice(start, offset))?.[0] ?? '';
  }

  /** The number of line ends before an offset: looked up, since a text of a single line would be searched each time. */
  private lineOf(offset: number): number {
    let low = 0;
    let high = this.lineEnds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lineEnds[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function members(text: string, node: Node, children: Node[]): Map<Node, Member> {
  const result = new Map<Node, Member>();
  let from = node.offset + 1;
  for (const child of children) {
    const end = child.offset + child.length;
    const comma = text.indexOf(',', end);
    const gap = comma < 0 ? '' : text.slice(end, comma);
    const isSeparator = gap.trim() === '';
    const before = text.slice(from, child.offset);
    result.set(child, {
      before,
      text: text.slice(child.offset, end),
      after: isSeparator && child !== children.at(-1) ? gap : '',
    });
    from = isSeparator ? comma + 1 : end;
  }
  return result;
}

const keyOf = (property: Node): string => String(property.children?.[0]?.value);

function toValue(node: Node): Json {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value as Json;
  const entries = (node.children ?? []).map(
    (property) => [keyOf(property), toValue(property.children?.[1] as Node)] as const,
  );
  return Object.fromEntries(entries);
}

function print(value: Json, style: JsonStyle, indent: string): string {
  const text = JSON.stringify(value, null, style.indent);
  const isScalar = !isObject(value) && asArray(value).length === 0;
  return isScalar ? text : text.replaceAll('\n', style.eol + indent);
}
