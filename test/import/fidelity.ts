import { below } from '../../src/connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../src/connector/json/value.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import { References } from '../../src/import/read/references.ts';
import { child, elements, type LoadedSource, type Located, located, members } from '../../src/import/read/source.ts';

/**
 * An independent count of what an import kept: it walks the source on its own and looks everything up in the result.
 *
 * A property path is one way from the body or an answer of an operation to a property (`items[].owner.name`).
 * It counts as reported when a lossy or dropped entry points to a schema on this way.
 */
export interface Fidelity {
  operations: Count;
  parameters: Count;
  bodies: Count;
  responses: Count;
  /** Paths in the body and in the successful answer that a connector can show. */
  properties: Count;
  /** The same in error answers, further successful answers and other media types. */
  otherProperties: Count;
  /** Up to 50 things that are neither in the result nor in the report. */
  missing: string[];
  hasUnions: boolean;
  hasPressure: boolean;
}

export interface Count {
  total: number;
  kept: number;
  reported: number;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
const DEEPEST = 8;
const MOST_PATHS = 4000;

export function ratioKept({ total, kept }: Count): number {
  return total === 0 ? 1 : kept / total;
}

export function ratioAccounted({ total, kept, reported }: Count): number {
  return total === 0 ? 1 : (kept + reported) / total;
}

/** Measures an import of an OpenAPI 3 or Swagger 2.0 source. */
export function measureFidelity(source: LoadedSource, result: ImportResult): Fidelity {
  return new Measure(source, result).run();
}

interface Way {
  tokens: string[];
  chain: string[];
}

class Measure {
  private readonly references: References;
  private readonly root: Located;
  private readonly definition: JsonObject;
  private readonly lost = new Map<string, string>();
  private readonly pointers: ReadonlySet<string>;
  /** Operations whose path is written as another one, with its names of variables. */
  private readonly merged: ReadonlySet<string>;
  /** Parameters that the connection sends. */
  private readonly sent: ReadonlySet<string>;
  private readonly targets = new Map<string, JsonObject>();
  private readonly fidelity: Fidelity;

  constructor(source: LoadedSource, result: ImportResult) {
    this.references = new References(source);
    this.root = located(source.root.root, '', source.root);
    this.definition = result.definition;
    const { entries } = result.report;
    this.pointers = new Set(entries.map(({ pointer }) => pointer));
    const of = (wanted: string) => new Set(entries.filter(({ code }) => code === wanted).map(({ pointer }) => pointer));
    this.merged = of('path-merged');
    this.sent = of('auth-parameter');
    for (const entry of result.report.entries) if (entry.severity !== 'info') this.lost.set(entry.pointer, entry.code);
    for (const [path, item] of Object.entries(asObject(result.definition.paths))) {
      for (const [method, operation] of Object.entries(asObject(item)))
        if (isObject(operation)) this.targets.set(`${method} ${bare(path)}`, operation);
    }
    const codes = new Set(result.report.entries.map((entry) => entry.code));
    const count = (): Count => ({ total: 0, kept: 0, reported: 0 });
    this.fidelity = {
      operations: count(),
      parameters: count(),
      bodies: count(),
      responses: count(),
      properties: count(),
      otherProperties: count(),
      missing: [],
      hasUnions: [...codes].some((code) => code.startsWith('union-')),
      hasPressure: codes.has('depth-cut') || codes.has('size-texts'),
    };
  }

  run(): Fidelity {
    const seen = new Set<JsonObject>();
    for (const [path, written] of members(child(this.root, 'paths'))) {
      const item = this.references.resolve(written);
      for (const method of METHODS) {
        const node = this.references.resolve(child(item, method));
        if (item === undefined || node === undefined || !isObject(node.value)) continue;
        const at = below(written.at, method);
        const found = this.find(method, path, this.lost.has(at));
        const target = found === undefined || seen.has(found) ? undefined : found;
        if (target !== undefined) seen.add(target);
        this.count(this.fidelity.operations, target !== undefined, [at], `operation ${at}`);
        if (target !== undefined) this.operation(item, node, at, target);
      }
    }
    this.security();
    this.servers();
    return this.fidelity;
  }

  /** Every scheme is the sign-in, a part of it, or has an entry of any severity. */
  private security(): void {
    const schemes = child(child(this.root, 'components'), 'securitySchemes') ?? child(this.root, 'securityDefinitions');
    const used = new Set(Object.keys(asObject(this.definition.securityDefinitions)));
    for (const [name, { at }] of members(schemes)) {
      const isTold = [...this.pointers].some((pointer) => pointer === at || pointer.startsWith(`${at}/`));
      if (!used.has(name) && !isTold && used.size < members(schemes).length)
        this.fidelity.missing.push(`security scheme ${at}`);
    }
  }

  /** Every server is the host of the result, or has an entry of any severity. */
  private servers(): void {
    const host = asString(this.definition.host) ?? '';
    for (const { value, at } of elements(child(this.root, 'servers'))) {
      const url = asString(getOwn(value, 'url')) ?? '';
      const isTold = [...this.pointers].some((pointer) => pointer === at || pointer.startsWith(`${at}/`));
      if (/^https?:/.test(url) && !url.toLowerCase().includes(host.toLowerCase()) && !isTold)
        this.fidelity.missing.push(`server ${at}`);
    }
  }

  /** The operation of the result, whatever part of the base path moved into its path. */
  private find(method: string, path: string, isReported: boolean): JsonObject | undefined {
    const wanted = bare(path.replace(/\{[?&#][^{}]*\}|[?#].*$/g, '').replace(/(?<=\/):\w+\??(?=$|[/.])/g, '{}'));
    const exact = this.targets.get(`${method} ${wanted}`);
    if (exact !== undefined || isReported) return exact;
    for (const [key, operation] of this.targets)
      if (key.startsWith(`${method} `) && key.endsWith(wanted)) return operation;
    return undefined;
  }

  private count(count: Count, kept: boolean, pointers: readonly string[], what: string): void {
    count.total++;
    if (kept) count.kept++;
    else if (pointers.some((pointer) => this.lost.has(pointer))) count.reported++;
    else if (this.fidelity.missing.length < 50) this.fidelity.missing.push(what);
  }

  private operation(item: Located, node: Located, at: string, target: JsonObject): void {
    const parameters = asArray(target.parameters).filter(isObject);
    for (const [owner, list] of [
      [item, child(item, 'parameters')],
      [node, child(node, 'parameters')],
    ] as const) {
      for (const entry of elements(list)) {
        if (owner === item && this.overridden(entry, node)) continue;
        this.parameter(entry, parameters, at);
      }
    }
    const body = this.references.resolve(child(node, 'requestBody'));
    // without its body nothing of it is left
    if (body !== undefined && this.lost.get(below(at, 'requestBody')) !== 'get-body') {
      const media = members(child(body, 'content'));
      const has = parameters.some((parameter) => parameter.in === 'body' || parameter.in === 'formData');
      this.count(
        this.fidelity.bodies,
        has || media.length === 0,
        [below(at, 'requestBody'), ...media.map(([, { at: place }]) => place)],
        `body ${at}`,
      );
      for (const [index, [, content]] of media.entries())
        this.content(
          child(content, 'schema'),
          content.at,
          (tokens) => inBody(tokens, parameters, this.definition),
          index === 0 || media.length === 1,
        );
    }
    this.responses(node, target);
  }

  private overridden(entry: Located, node: Located): boolean {
    const shared = this.references.resolve(entry)?.value;
    return elements(child(node, 'parameters')).some((parameter) => {
      const own = this.references.resolve(parameter)?.value;
      return asObject(own).name === asObject(shared).name && asObject(own).in === asObject(shared).in;
    });
  }

  private parameter(entry: Located, parameters: readonly JsonObject[], at: string): void {
    const resolved = this.references.resolve(entry);
    const value = asObject(resolved?.value);
    const name = String(value.name);
    if (value.in === 'body') {
      this.count(
        this.fidelity.bodies,
        parameters.some((parameter) => parameter.in === 'body'),
        [entry.at],
        `body ${at}`,
      );
      this.content(child(resolved, 'schema'), entry.at, (tokens) => inBody(tokens, parameters, this.definition), true);
      return;
    }
    const kept =
      parameters.some((parameter) => parameter.name === name && parameter.in === value.in) ||
      parameters.some((parameter) => parameter.in === value.in && String(parameter.name).startsWith(`${name}[`)) ||
      (value.in === 'path' &&
        parameters.some(
          (parameter) =>
            parameter.in === 'path' &&
            String(parameter.name).toLowerCase() === name.replace(/^[./;]/, '').toLowerCase(),
        )) ||
      (value.in === 'path' && this.merged.has(at)) ||
      this.sent.has(entry.at) ||
      this.isKey(name, value.in) ||
      this.sent.has(resolved?.at ?? '');
    // the name of a variable is reported at its path
    const places = [entry.at, resolved?.at ?? '', ...(value.in === 'path' ? [at.replace(/\/[a-z]+$/, '')] : [])];
    this.count(this.fidelity.parameters, kept, places, `parameter ${name} ${entry.at}`);
  }

  /** Whether the connection sends it: entries that are many are folded into one. */
  private isKey(name: string, place: Json | undefined): boolean {
    const schemes = Object.values(asObject(this.definition.securityDefinitions)).filter(isObject);
    return schemes.some((scheme) => scheme.type === 'apiKey' && scheme.name === name && scheme.in === place);
  }

  private responses(node: Located, target: JsonObject): void {
    const responses = members(this.references.resolve(child(node, 'responses')));
    const results = asObject(target.responses);
    const main = responses
      .filter(([code]) => /^2/.test(code))
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([code]) => code);
    const schema = Object.values(results)
      .map((response) => asObject(response).schema)
      .find(isObject);
    for (const [code, written] of responses) {
      if (code.startsWith('x-')) continue;
      const number = code.replace(/XX$/i, '00');
      this.count(this.fidelity.responses, Object.hasOwn(results, number), [written.at], `response ${written.at}`);
      const response = this.references.resolve(written);
      const contents: (readonly [Located | undefined, string])[] = [
        [child(response, 'schema'), response?.at ?? ''],
        ...members(child(response, 'content')).map(([, media]) => [child(media, 'schema'), media.at] as const),
      ];
      // what is reported as a whole needs no entry for each of its parts
      if (this.lost.get(written.at) === 'response-code') continue;
      if (contents.some(([, place]) => this.lost.get(place) === 'response-text')) continue;
      for (const [index, [content, place]] of contents.entries()) {
        const isMain = (main.length > 0 ? code === main[0] : code === 'default') && index <= 1;
        this.content(
          content,
          place,
          (tokens) => schema !== undefined && reaches(schema, tokens, this.definition),
          isMain,
        );
      }
    }
  }

  private content(
    schema: Located | undefined,
    at: string,
    kept: (tokens: readonly string[]) => boolean,
    isMain: boolean,
  ): void {
    if (schema === undefined) return;
    const ways: Way[] = [];
    this.walk(schema, [], [at], new Set(), ways);
    const count = isMain ? this.fidelity.properties : this.fidelity.otherProperties;
    for (const { tokens, chain } of ways)
      this.count(count, kept(tokens), chain, `property ${tokens.join('.')} of ${at}`);
  }

  /** All ways down from a schema; a reference is followed once on each way. */
  private walk(node: Located, tokens: string[], chain: string[], open: ReadonlySet<string>, ways: Way[]): void {
    if (ways.length >= MOST_PATHS || tokens.length > DEEPEST || !isObject(node.value)) return;
    const here = [...chain, node.at];
    const reference = asString(getOwn(node.value, '$ref'));
    if (reference !== undefined) {
      const target = this.references.target(reference, node);
      if (target !== undefined && !open.has(target.key))
        this.walk(target.node, tokens, here, new Set([...open, target.key]), ways);
    }
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      for (const part of elements(child(node, keyword))) this.walk(part, tokens, here, open, ways);
    }
    const items = child(node, 'items');
    if (items !== undefined && isObject(items.value)) this.walk(items, [...tokens, '[]'], here, open, ways);
    for (const [name, property] of members(child(node, 'properties'))) {
      if (!isObject(property.value)) continue;
      ways.push({ tokens: [...tokens, name], chain: [...here, property.at] });
      this.walk(property, [...tokens, name], here, open, ways);
    }
  }
}

function bare(path: string): string {
  return path
    .replaceAll('%20', ' ')
    .replace(/(?:\.|;[^{;/]*=?)?\{[^{}]*\}/g, '{}')
    .toLowerCase()
    .replace(/^(?!\/)/, '/');
}

/** True when the schema has this way down. */
function reaches(schema: Json | undefined, tokens: readonly string[], definition: JsonObject): boolean {
  const resolved = resolve(schema, definition);
  const [token, ...rest] = tokens;
  if (token === undefined) return true;
  // A list in place of a single value or list still shows its members.
  if (token !== '[]' && resolved.type === 'array') return reaches(resolved.items, tokens, definition);
  if (token === '[]')
    return resolved.type === 'array'
      ? reaches(resolved.items, rest, definition)
      : resolved.properties !== undefined && reaches(resolved, rest, definition);
  const property = getOwn(resolved.properties, token);
  return property !== undefined && reaches(property, rest, definition);
}

function resolve(schema: Json | undefined, definition: JsonObject): JsonObject {
  const value = asObject(schema);
  const reference = asString(value.$ref);
  return reference === undefined
    ? value
    : asObject(getOwn(definition.definitions, reference.replace('#/definitions/', '')));
}

function inBody(tokens: readonly string[], parameters: readonly JsonObject[], definition: JsonObject): boolean {
  const body = parameters.find((parameter) => parameter.in === 'body');
  if (body !== undefined) return reaches(body.schema, tokens, definition);
  const [first = '', ...rest] = tokens;
  const name = rest.filter((token) => token !== '[]').reduce((all, token) => `${all}[${token}]`, first);
  return parameters.some(
    (parameter) =>
      parameter.in === 'formData' && (parameter.name === name || String(parameter.name).startsWith(`${name}[`)),
  );
}
