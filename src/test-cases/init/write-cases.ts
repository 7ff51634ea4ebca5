import {
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLSeq,
} from 'yaml';
import { withoutMergeKeys } from '../merge-keys.ts';
import type { WrittenCase } from './draft.ts';

/** Where editors find the schema, seen from a file in `tests`. */
const schemaLine =
  '# yaml-language-server: $schema=../node_modules/generator-pp-connector/schemas/connector-test.schema.json';

/** As one line where it is short: `{ status: 200, fits: true }`. */
const longestLine = 100;

/** A new file of tests. */
export function newFile(operation: string, cases: readonly WrittenCase[]): string {
  return `${schemaLine}\n${yamlOf({ operation, cases })}`;
}

/** YAML in the layout of generated files. */
export function yamlOf(value: unknown): string {
  // a value that occurs twice is written twice: anchors are hard to read
  const document = withoutMergeKeys(new Document(value, { schema: 'core', aliasDuplicateObjects: false }));
  visit(document, {
    Collection(_, node) {
      if (isSeq(node) && node.items.some((item) => isCollection(item) && item.items.length > 0 && !isShort(item)))
        return;
      if (isShort(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function isShort(node: Node): boolean {
  return JSON.stringify(node.toJSON()).length <= longestLine && depthOf(node) <= 3;
}

function depthOf(node: unknown): number {
  if (isMap(node)) return 1 + Math.max(0, ...node.items.map(({ value }) => depthOf(value)));
  return isSeq(node) ? 1 + Math.max(0, ...node.items.map(depthOf)) : 0;
}

/**
 * A file with further cases at its end; every other byte stays.
 *
 * @param text a file that can be read
 */
export function withCases(text: string, cases: readonly WrittenCase[]): string {
  const document = parseDocument(text, { schema: 'core', stringKeys: true });
  const list = isMap(document.contents) ? casesIn(document.contents) : undefined;
  const [first] = list?.items ?? [];
  if (list === undefined || list.flow === true || first?.range === undefined || first.range === null) {
    document.addIn(['cases'], withoutMergeKeys(document.createNode(cases)));
    return document.toString({ lineWidth: 0 });
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const dash = text.lastIndexOf('-', first.range[0] - 1);
  const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1));
  const last = list.items.at(-1) as ParsedNode;
  const end = text.slice(0, last.range[1]).trimEnd().length;
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const lines = yamlOf(cases)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}${line}`));
  const before = text.slice(0, at);
  return `${before}${before.endsWith('\n') ? '' : eol}${lines.join(eol)}${eol}${text.slice(at)}`;
}

function casesIn(contents: Node): YAMLSeq<Node> | undefined {
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'cases');
  return isSeq(pair?.value) ? (pair.value as YAMLSeq<Node>) : undefined;
}
