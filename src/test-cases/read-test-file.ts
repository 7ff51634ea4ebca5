import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import { schemaProblems } from '../config/schema-problems.ts';
import { fromPointer } from '../connector/json/pointer.ts';
import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { mergeKeyOf } from './merge-keys.ts';
import type { Expectation, Place, Scene, Step, TestCase, TestFile } from './model.ts';
import { aliasWords, mergeWords, namedPlaces, yamlWords } from './problem-words.ts';
import validate from './validate-test-file.generated.ts';

/** Why a file of tests can't be used, and where. */
export interface FileProblem extends Place {
  message: string;
}

export type ReadFile = { file: TestFile; problems?: undefined } | { file?: undefined; problems: FileProblem[] };

/** An alias of an alias of a list … would fill all memory. */
const mostAliases = 100;

/**
 * Reads a file of tests.
 *
 * @param path absolute, for places
 */
export function readTestFile(text: string, path: string): ReadFile {
  if (isTooDeep(text)) return refused({ path, line: 1, column: 1, message: 'it is nested too deeply to be read' });
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    uniqueKeys: true,
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error !== undefined) return refused({ ...placeAt(error.pos[0]), message: yamlWords(error, text) });
  const merge = text.includes('<<') ? mergeKeyOf(document) : undefined;
  if (merge !== undefined) return refused({ ...placeAt(merge), message: mergeWords });
  let value: Json;
  try {
    value = plainValue(document, text);
  } catch (reason) {
    return refused({ ...placeAt(0), message: aliasWords(reason) });
  }
  const placeOf = (pointer: string): Place => placeAt(offsetAt(document.contents, fromPointer(`#${pointer}`)));
  const problems = schemaProblems(validate, value, 'the file').map(({ pointer, message }) => ({
    ...placeOf(pointer),
    message: namedPlaces(message, value),
  }));
  if (problems.length > 0) return { problems };
  return testFile(asObject(value), path, placeOf);
}

/** No request and no answer is deeper; the parser would take long to find out. */
const deepest = 200;

/** Counts brackets, also those in texts: whoever opens so many there closes them, too. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return text.includes('- '.repeat(deepest));
}

const refused = (problem: FileProblem): ReadFile => ({ problems: [problem] });

/** @throws Error for aliases of nothing, and for those without end */
function plainValue(document: Document.Parsed, text: string): Json {
  if (document.contents === null) return null;
  const value = document.toJS({ maxAliasCount: mostAliases }) as Json;
  // an alias of what it is inside of is a circle
  if (text.includes('*') && hasAlias(document)) JSON.stringify(value);
  return value;
}

function hasAlias(document: Document.Parsed): boolean {
  let isThere = false;
  visit(document, {
    Alias() {
      isThere = true;
      return visit.BREAK;
    },
  });
  return isThere;
}

/** Where a value begins; for a key that shouldn't be there, the key. */
function offsetAt(root: ParsedNode | null, path: readonly (string | number)[]): number {
  let node: Node | null = root;
  let offset = root?.range[0] ?? 0;
  for (const [index, key] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value as Node | null;
      if (index === path.length - 1) return offset;
    } else if (isSeq(node)) {
      node = (node.items[Number(key)] as Node | undefined) ?? null;
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function testFile(value: JsonObject, path: string, placeOf: (pointer: string) => Place): ReadFile {
  const problems: FileProblem[] = [];
  const names = new Set<string>();
  const cases = asArray(getOwn(value, 'cases')).map((entry, index): TestCase => {
    const pointer = `/cases/${index}`;
    const { steps, ...rest } = asObject(entry);
    const read = rest as unknown as TestCase;
    if (names.has(read.name)) {
      problems.push({ ...placeOf(`${pointer}/name`), message: `there is another case "${read.name}"` });
    }
    names.add(read.name);
    for (const key of ['api', 'expect', 'calls']) {
      if (steps === undefined || getOwn(rest, key) === undefined) continue;
      problems.push({ ...placeOf(`${pointer}/${key}`), message: `a case with steps has "${key}" in its steps` });
    }
    const place = placeOf(`${pointer}/name`);
    if (steps === undefined) return { ...read, place };
    return { ...read, place, steps: asArray(steps).map((step, at) => stepOf(step, placeOf(`${pointer}/steps/${at}`))) };
  });
  if (problems.length > 0) return { problems };
  return {
    file: { path, operation: String(getOwn(value, 'operation')), operationPlace: placeOf('/operation'), cases },
  };
}

/** `subscribe`, `{ subscribe: { api, sent, result } }`, `{ event: … }`, `{ api, expect }`. */
function stepOf(step: Json, place: Place): Step {
  if (step === 'subscribe' || step === 'unsubscribe') return { kind: step, place };
  const value = asObject(step);
  for (const kind of ['subscribe', 'unsubscribe'] as const) {
    if (getOwn(value, kind) === undefined) continue;
    const inner = getOwn(value, kind);
    return { kind, place, ...sceneOf({ ...value, ...(isObject(inner) ? inner : {}) }) };
  }
  const event = getOwn(value, 'event');
  return event === undefined
    ? { kind: 'poll', place, ...sceneOf(value) }
    : { kind: 'event', place, event, ...sceneOf(value) };
}

/** `sent` and `result` may be beside `api`, without `expect` around them. */
function sceneOf(value: JsonObject): Scene {
  const { api, expect, sent, result } = value as unknown as Scene & Pick<Expectation, 'sent' | 'result'>;
  const expected: Expectation = {
    ...expect,
    ...(sent === undefined ? {} : { sent }),
    ...(result === undefined ? {} : { result }),
  };
  return { ...(api === undefined ? {} : { api }), ...(Object.keys(expected).length === 0 ? {} : { expect: expected }) };
}
