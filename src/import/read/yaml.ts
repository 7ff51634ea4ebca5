import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLParseError,
} from 'yaml';
import { below } from '../../connector/json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { ImportRefused, isRefusal } from '../refusal.ts';
import { columnOf, lineOf, maxDepth, maxNodes, tooBig } from './limits.ts';
import { indentQuotedTexts } from './quoted-texts.ts';
import type { ReadingNote } from './source.ts';
import { isUnsafeKey } from './source-values.ts';
import type { ParsedText } from './text.ts';
import { readInPieces } from './yaml-pieces.ts';

/** What an anchor stands for, and how many nodes each use of it adds. */
interface Anchored {
  value: Json;
  size: number;
}

/**
 * Parses YAML 1.2 with the core schema, so that `on`, `no` and dates stay strings, and with merge keys.
 *
 * Plain scalars that only look like numbers keep their source text where a string is meant: the version, the
 * variables of servers, and `enum`, `default` and `const` beside `type: string` (`1.10` is not 1.1).
 */
export function readYaml(text: string, name: string): ParsedText {
  const whole = readInPieces(text, (piece) => readQuietly(piece, name));
  if (whole !== undefined) return { value: whole, notes: [] };
  const first = parseDocuments(text);
  if (first.error === undefined || !isCutAtMargin(first.error)) return readFirst(first, text, name);
  const indented = indentQuotedTexts(text);
  const second = parseDocuments(indented);
  if (second.error !== undefined) return readFirst(first, text, name);
  const parsed = readFirst(second, indented, name);
  return { value: parsed.value, notes: [...parsed.notes, marginNote] };
}

/** @returns undefined where there is anything to say: then places count, which a part of the text doesn't know */
function readQuietly(text: string, name: string): Json | undefined {
  const documents = parseDocuments(text);
  if (documents.error !== undefined || documents.count !== 1) return undefined;
  try {
    const { value, notes } = readFirst(documents, text, name);
    return notes.length === 0 ? value : undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const marginNote: ReadingNote = {
  code: 'yaml-margin',
  severity: 'info',
  pointer: '',
  message: 'Quoted texts that go on at the margin were read, although YAML wants them to be indented.',
};

interface Documents {
  document: Document | undefined;
  error: YAMLParseError | undefined;
  count: number;
}

function parseDocuments(text: string): Documents {
  const documents = parseAllDocuments(text, {
    schema: 'core',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    stringKeys: false,
  });
  const list = Array.isArray(documents) ? documents : [];
  const [document] = list;
  return {
    document,
    error: document?.errors.find(({ code }) => code !== 'MULTIPLE_DOCS'),
    count: list.filter(({ contents }) => contents !== null).length,
  };
}

/** The reader stopped in the middle of a quoted text. */
const isCutAtMargin = (error: YAMLParseError): boolean => /^Missing closing ["']/.test(error.message);

function readFirst({ document, error, count }: Documents, text: string, name: string): ParsedText {
  if (error !== undefined && /call stack/i.test(error.message)) throw tooBig(name, 'too many levels of nesting');
  if (document === undefined || error !== undefined) {
    const offset = error?.pos[0] ?? 0;
    const reason = (error?.message ?? 'the file is empty').split('\n')[0];
    throw new ImportRefused(
      'yaml-syntax',
      `${name} is not valid YAML: line ${lineOf(text, offset)}, column ${columnOf(text, offset)}: ${reason}.`.replace(
        '..',
        '.',
      ),
      { hint: 'Correct the file there, or export it again as JSON.' },
    );
  }
  const { value, notes } = new YamlReader(text, name).read(document.contents as Node | null);
  if (count < 2) return { value, notes };
  const more: ReadingNote = {
    code: 'yaml-documents',
    severity: 'dropped',
    pointer: '',
    message: `The file holds ${count} YAML documents, parted by "---": only the first one was read.`,
  };
  return { value, notes: [...notes, more] };
}

class YamlReader {
  private readonly text: string;
  private readonly name: string;
  private readonly anchors = new Map<string, Anchored | 'open'>();
  private readonly notes: ReadingNote[] = [];
  /** Nodes so far, aliases counted in full: what walking the value will cost. */
  private size = 0;

  constructor(text: string, name: string) {
    this.text = text;
    this.name = name;
  }

  read(root: Node | null): ParsedText {
    const value = this.value(root, '', 0, false);
    return { value, notes: this.notes };
  }

  private count(amount: number): void {
    this.size += amount;
    if (this.size > maxNodes) throw tooBig(this.name, `more than ${maxNodes.toLocaleString('en')} values`);
  }

  /** `verbatim`: plain numbers and booleans below here stand for their source text. */
  private value(node: Node | null, at: string, depth: number, verbatim: boolean): Json {
    if (depth > maxDepth) throw tooBig(this.name, `more than ${maxDepth} levels of nesting`);
    if (isAlias(node)) return this.alias(node);
    this.count(1);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    const before = this.size;
    if (anchor !== undefined) this.anchors.set(anchor, 'open');
    const value = this.plain(node, at, depth, verbatim);
    if (anchor !== undefined) this.anchors.set(anchor, { value, size: this.size - before + 1 });
    return value;
  }

  private plain(node: Node | null, at: string, depth: number, verbatim: boolean): Json {
    if (isScalar(node)) return scalar(node, verbatim);
    if (isSeq(node)) {
      return node.items.map((item, index) => this.value(item as Node | null, below(at, index), depth + 1, verbatim));
    }
    if (isMap(node)) return this.map(node.items as Pair<Node, Node | null>[], at, depth, verbatim);
    return null;
  }

  private alias(node: Alias): Json {
    const target = this.anchors.get(node.source);
    if (target === undefined || target === 'open') {
      const offset = node.range?.[0] ?? 0;
      throw new ImportRefused(
        'yaml-syntax',
        `${this.name} is not usable YAML: line ${lineOf(this.text, offset)}: the alias *${node.source} ${target === 'open' ? 'contains itself' : 'has no anchor'}.`,
        { hint: 'Write the value out, or point the alias to an anchor above it.' },
      );
    }
    this.count(target.size);
    return target.value;
  }

  private map(pairs: Pair<Node, Node | null>[], at: string, depth: number, verbatim: boolean): JsonObject {
    const result: JsonObject = {};
    const merged: JsonObject[] = [];
    const stringTyped = pairs.some(
      (pair) => isScalar(pair.key) && pair.key.value === 'type' && meansString(pair.value),
    );
    for (const pair of pairs) {
      const key = keyText(pair.key);
      if (key === '<<' && isPlain(pair.key)) {
        const value = this.value(pair.value, at, depth + 1, false);
        merged.push(...(Array.isArray(value) ? value : [value]).filter(isObject));
        continue;
      }
      const place = below(at, key);
      const asWritten = verbatim || (stringTyped && stringValues.has(key)) || isVersionPlace(place);
      const value = this.value(pair.value, place, depth + 1, asWritten);
      if (Object.hasOwn(result, key)) {
        const line = lineOf(this.text, pair.key.range?.[0] ?? 0);
        this.notes.push({
          code: 'duplicate-key',
          severity: 'lossy',
          pointer: place,
          message: `Key "${key}" occurs twice (line ${line}); the last one counts.`,
        });
      }
      if (isUnsafeKey(key))
        Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
      else result[key] = value;
    }
    for (const source of merged) {
      for (const [key, value] of Object.entries(source)) {
        if (!Object.hasOwn(result, key) && !isUnsafeKey(key)) result[key] = value;
      }
    }
    return result;
  }
}

/** Keywords whose plain scalars are strings when the schema beside them is one. */
const stringValues: ReadonlySet<string> = new Set(['enum', 'default', 'const']);

/** `openapi`, `swagger`, `info.version` and the values of server variables are strings however they are written. */
function isVersionPlace(place: string): boolean {
  return /^\/(?:openapi|swagger|info\/version)$|\/servers\/\d+\/variables\/[^/]+\/(?:default|enum)$/.test(place);
}

function meansString(node: Node | null): boolean {
  if (isScalar(node)) return node.value === 'string';
  return isSeq(node) && node.items.some((item) => isScalar(item) && item.value === 'string');
}

function isPlain(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN';
}

/** Status codes and names that look like numbers keep the way they are written. */
function keyText(node: Node | null): string {
  if (!isScalar(node)) return '';
  return isPlain(node) && node.source !== undefined ? node.source : String(node.value ?? '');
}

function scalar(node: Scalar, verbatim: boolean): Json {
  const { value } = node;
  if (verbatim && node.source !== undefined && (typeof value === 'number' || typeof value === 'boolean'))
    return node.source;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(node.source ?? value);
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}
