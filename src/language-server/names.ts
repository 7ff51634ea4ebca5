import { getNodePath, type Node } from 'jsonc-parser';
import type { Path } from '../connector/json/locate.ts';
import type { Connector } from '../connector/load.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { isTestFile } from '../connector/test-files.ts';
import { decodePercent } from '../percent-encoding.ts';
import { connectionParametersIn } from '../policy/expressions.ts';
import { operationLiterals } from '../script/operation-literals.ts';
import { nodeAt, textValues, treeOf } from './positions.ts';
import { type OpenText, testedOperation, testsOf } from './test-files.ts';

/** Where a name is: declared, or used. */
export interface Occurrence {
  /** Absolute. */
  path: string;
  /** Of the whole file. */
  text: string;
  /** In the text of the file, from 0. */
  offset: number;
  length: number;
  isDeclaration: boolean;
}

/** A thing that has a name in a connector. */
export interface Name {
  kind: 'operation' | 'reference' | 'connection parameter';
  name: string;
}

/** What the place in a file is the name of; undefined: of nothing. @param offset in the text of the file */
export function nameInFile(
  connector: Connector,
  { path, text, offset }: { path: string; text: string; offset: number },
): Name | undefined {
  if (path === connector.script?.path || isTestFile(path)) return idInText(connector, { path, text, offset });
  const at = nodeAt(text, offset);
  if (at === undefined || at.isKey || at.node.type !== 'string') return undefined;
  return nameAt(connector, path, at.path, String(at.node.value));
}

function idInText(
  { definition, script }: Connector,
  { path, text, offset }: { path: string; text: string; offset: number },
): Name | undefined {
  const ids = new Set(declaredIds(definition));
  const places = path === script?.path ? operationLiterals(text, ids) : [testedOperation(text) ?? []].flat();
  const found = places.find((place) => place.offset <= offset && offset <= place.offset + place.id.length);
  return found !== undefined && ids.has(found.id) ? { kind: 'operation', name: found.id } : undefined;
}

function nameAt(connector: Connector, file: string, path: Path, text: string): Name | undefined {
  const key = path.at(-1);
  if (key === '$ref' && text.startsWith('#/')) return { kind: 'reference', name: decodePercent(text) };
  const [parameter] = connectionParametersIn(text);
  if (parameter !== undefined) return { kind: 'connection parameter', name: parameter };
  const isId = declaredIds(connector.definition).some((id) => id === text);
  const isPlace = key === 'operationId' || file === connector.properties?.path || file === connector.config?.path;
  return isId && isPlace ? { kind: 'operation', name: text } : undefined;
}

/** All places of a name: in the JSON files of a connector, and those of an operation in its code and its tests, too. */
export function occurrences(connector: Connector, { kind, name }: Name, openText: OpenText): Occurrence[] {
  const files = [connector.definition, connector.properties].filter((file) => file !== undefined);
  const inJson = files.flatMap((file) => {
    const root = treeOf(file.text);
    if (root === undefined) return [];
    return kind === 'operation'
      ? operationPlaces(file, root, name, file === connector.definition)
      : kind === 'reference'
        ? referencePlaces(file, root, name)
        : parameterPlaces(file, root, name);
  });
  return kind === 'operation' ? [...inJson, ...placesInText(connector, name, openText)] : inJson;
}

function placesInText({ script, location }: Connector, id: string, openText: OpenText): Occurrence[] {
  const rest = { length: id.length, isDeclaration: false };
  const inCode =
    script === undefined
      ? []
      : operationLiterals(script.text, new Set([id])).map(({ offset }) => ({ ...placeOf(script), ...rest, offset }));
  const inTests = testsOf(location.root, openText).flatMap(({ path, text }) => {
    const tested = testedOperation(text);
    return tested?.id === id ? [{ path, text, ...rest, offset: tested.offset }] : [];
  });
  return [...inCode, ...inTests];
}

const placeOf = ({ path, text }: { path: string; text: string }) => ({ path, text });

function operationPlaces(file: JsonFile, root: Node, id: string, isDefinition: boolean): Occurrence[] {
  return [...textValues(root)]
    .filter((node) => node.value === id)
    .map((node) => ({ node, path: getNodePath(node) }))
    .filter(({ path }) => !isDefinition || path.at(-1) === 'operationId')
    .map(({ node, path }) => ({
      ...placeOf(file),
      // without its quotes
      offset: node.offset + 1,
      length: node.length - 2,
      isDeclaration: isDefinition && path[0] === 'paths' && path.length === 4,
    }));
}

function referencePlaces(file: JsonFile, root: Node, reference: string): Occurrence[] {
  const uses = [...textValues(root)]
    .filter((node) => typeof node.value === 'string' && decodePercent(node.value) === reference)
    .map((node) => ({ ...placeOf(file), offset: node.offset + 1, length: node.length - 2, isDeclaration: false }));
  const target = keyAt(root, reference.slice(2).split('/').map(unescaped));
  return target === undefined
    ? uses
    : [{ ...placeOf(file), offset: target.offset + 1, length: target.length - 2, isDeclaration: true }, ...uses];
}

const unescaped = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

function parameterPlaces(file: JsonFile, root: Node, name: string): Occurrence[] {
  const uses = [...textValues(root)]
    .filter((node) => typeof node.value === 'string' && connectionParametersIn(node.value).includes(name))
    .map((node) => ({ ...placeOf(file), offset: node.offset + 1, length: node.length - 2, isDeclaration: false }));
  const declared = keyAt(root, ['properties', 'connectionParameters', name]);
  return declared === undefined
    ? uses
    : [{ ...placeOf(file), offset: declared.offset + 1, length: declared.length - 2, isDeclaration: true }, ...uses];
}

/** The key at a path of keys. */
function keyAt(root: Node, path: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  let key: Node | undefined;
  for (const name of path) {
    const property: Node | undefined = node?.children?.find((child) => child.children?.[0]?.value === name);
    key = property?.children?.[0];
    node = property?.children?.[1];
  }
  return key;
}

/** The ids of all operations, in the order of the text. */
export function declaredIds(definition: JsonFile | undefined): string[] {
  const root = definition === undefined ? undefined : treeOf(definition.text);
  return [...textValues(root)].filter(isOperationId).map((node) => String(node.value));
}

function isOperationId(node: Node): boolean {
  const path = getNodePath(node);
  return path.length === 4 && path[0] === 'paths' && path[3] === 'operationId';
}
