import { getLocation, type Node } from 'jsonc-parser';
import { type CompletionItem, CompletionItemKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { categories } from '../connector/categories.ts';
import { type ExtensionFact, extensions } from '../connector/facts/extensions.ts';
import type { Path } from '../connector/json/locate.ts';
import { asObject, asString, getOwn, isObject, valueAt } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { parameterPrefix } from '../policy/instance-keys.ts';
import { policyTemplate, policyTemplateIds, policyTemplates } from '../policy/templates.ts';
import { declaredIds } from './names.ts';
import { nodeAt, rangeOf, treeOf } from './positions.ts';

/** A place that takes one of a list of names, and the list. */
interface Proposal {
  value: string | boolean;
  detail?: string;
}

/**
 * What the connector itself offers at a place: names that the published schemas can't know.
 *
 * @param offset in the text, from 0
 */
export function connectorCompletions(document: TextDocument, offset: number, connector: Connector): CompletionItem[] {
  const text = document.getText();
  const location = getLocation(text, offset);
  const node = nodeAt(text, offset)?.node;
  const range = node?.type === 'string' ? rangeOf(document, node) : undefined;
  const path = connector.definition?.path;
  const isDefinition =
    path !== undefined && document.uri.endsWith(encodeURIComponent(path.split(/[\\/]/).at(-1) ?? ''));
  const written = node?.type === 'string' ? String(node.value) : '';
  const inExpression = /@connectionParameters\('[^')]*$/.test(text.slice(Math.max(0, offset - 80), offset));
  if (inExpression) return parametersInside(document, offset, connector);
  const proposals = location.isAtPropertyKey
    ? keysAt(location.path, connector, isDefinition)
    : valuesAt(location.path, connector, isDefinition, written);
  return proposals.map((proposal, index) => item(proposal, index, range, !location.isAtPropertyKey));
}

function item({ value, detail }: Proposal, index: number, range: Range | undefined, isValue: boolean): CompletionItem {
  const newText = JSON.stringify(value);
  return {
    label: String(value),
    kind: isValue ? CompletionItemKind.Value : CompletionItemKind.Property,
    sortText: `0${String(index).padStart(4, '0')}`,
    filterText: newText,
    ...(detail === undefined ? {} : { detail }),
    ...(range === undefined ? { insertText: newText } : { textEdit: { range, newText } }),
  };
}

function parametersInside(document: TextDocument, offset: number, connector: Connector): CompletionItem[] {
  const text = document.getText();
  const start = text.lastIndexOf("('", offset) + 2;
  const range = { start: document.positionAt(start), end: document.positionAt(offset) };
  return connectionParameters(connector).map((name) => ({
    label: name,
    kind: CompletionItemKind.Variable,
    textEdit: { range, newText: name },
  }));
}

/** Values that a place takes. */
function valuesAt(path: Path, connector: Connector, isDefinition: boolean, written: string): Proposal[] {
  const key = path.at(-1);
  if (isDefinition) {
    if (key === 'operationId' && path.length > 4) return ids(connector);
    if (key === '$ref') return references(connector, written);
    const extension = extensions.find(({ name }) => name === key);
    if (extension?.values !== undefined) return extension.values.map((value) => ({ value }));
    if (path.includes('x-ms-connector-metadata') && key === 'propertyValue') return categoriesOf(written);
    return [];
  }
  if (key === 'templateId') {
    return policyTemplateIds.map((id) => ({ value: id, detail: policyTemplates[id].purpose }));
  }
  if (isOperationList(path)) return ids(connector);
  const parameter = typeof key === 'string' && key.startsWith(parameterPrefix) ? key.slice(parameterPrefix.length) : '';
  const choices = templateAround(path, connector)?.parameters.find(({ name }) => name === parameter)?.choices ?? [];
  return choices.map((value) => ({ value }));
}

const isOperationList = (path: Path): boolean =>
  path.includes('x-ms-apimTemplate-operationName') ||
  path.includes('scriptOperations') ||
  (path.includes('capabilities') && path.at(-1) === 'operationId') ||
  (path.includes('testConnection') && path.at(-1) === 'operationId');

/** Keys that an object takes. */
function keysAt(path: Path, connector: Connector, isDefinition: boolean): Proposal[] {
  if (isDefinition) {
    const schemes = asObject(valueAt(connector.definition?.value, ['securityDefinitions']));
    if (path.includes('security')) return Object.keys(schemes).map((value) => ({ value }));
    const place = placeOf(path.slice(0, -1));
    return extensions
      .filter(({ on }) => place !== undefined && on.includes(place))
      .map(({ name, about }) => ({ value: name, detail: about }));
  }
  const inParameters = path[1] === 'policyTemplateInstances' && path[3] === 'parameters' && path.length === 5;
  const template = inParameters ? templateAround(path, connector) : undefined;
  return (template?.parameters ?? []).map(({ name, message }) => ({
    value: `${parameterPrefix}${name}`,
    detail: message,
  }));
}

function templateAround(path: Path, connector: Connector) {
  const instance = valueAt(connector.properties?.value, path.slice(0, 3));
  const id = asString(getOwn(instance, 'templateId'));
  return id === undefined ? undefined : policyTemplate(id);
}

/** What kind of object a path of a definition leads to; undefined where no extension belongs. */
function placeOf(path: Path): ExtensionFact['on'][number] | undefined {
  const [first, , method] = path;
  if (path.length === 0) return 'root';
  if (path.length === 1 && first === 'info') return 'info';
  if (first === 'paths' && path.length === 2) return 'path item';
  if (first === 'paths' && path.length === 3 && method !== 'parameters') return 'operation';
  const last = path.at(-1);
  if (typeof last === 'number' && path.at(-2) === 'parameters') return 'parameter';
  const isProperty = path.at(-2) === 'properties' || (first === 'definitions' && path.length === 2);
  return isProperty || last === 'schema' || last === 'items' ? 'schema' : undefined;
}

const ids = ({ definition }: Connector): Proposal[] => declaredIds(definition).map((value) => ({ value }));

function references({ definition }: Connector, written: string): Proposal[] {
  const sections = ['definitions', 'parameters', 'responses'];
  const wanted = sections.filter(
    (section) => !written.startsWith('#/') || `#/${section}/`.startsWith(written.slice(0, 4)),
  );
  return wanted.flatMap((section) =>
    Object.keys(asObject(valueAt(definition?.value, [section]))).map((name) => ({
      value: `#/${section}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    })),
  );
}

/** Categories are one text, separated by semicolons: what is there stays. */
function categoriesOf(written: string): Proposal[] {
  const known = written.split(';').map((text) => text.trim());
  const kept = known.filter((text) => (categories as readonly string[]).includes(text));
  return categories
    .filter((category) => !kept.includes(category))
    .map((category) => ({ value: [...kept, category].join(';') }));
}

function connectionParameters({ properties }: Connector): string[] {
  const root = properties === undefined ? undefined : treeOf(properties.text);
  const list = childOf(childOf(root, 'properties'), 'connectionParameters');
  const declared = (list?.children ?? []).map((property) => String(property.children?.[0]?.value ?? ''));
  const inSets = valueAt(properties?.value, ['properties', 'connectionParameterSets', 'values']);
  const ofSets = (Array.isArray(inSets) ? inSets : []).flatMap((set) => {
    const parameters = getOwn(set, 'parameters');
    return isObject(parameters) ? Object.keys(parameters) : [];
  });
  return [...new Set([...declared, ...ofSets])];
}

const childOf = (node: Node | undefined, key: string): Node | undefined =>
  node?.children?.find((child) => child.children?.[0]?.value === key)?.children?.[1];
