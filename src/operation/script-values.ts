import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import type { NewOperation } from './model.ts';

/** What the patterns of scripts need to know about an operation. */
export function scriptValues(
  draft: ConnectorDraft,
  operation: NewOperation,
  fromKind: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const lists = (operation.parameters ?? []).filter(
    (parameter) => parameter.in === 'query' && parameter.type === 'array',
  );
  return {
    property: operation.script === 'base64' ? textProperty(operation.response?.schema) : 'id',
    ...fromKind,
    path: `${basePath(draft)}${fromKind.path ?? operation.path}`,
    lists: JSON.stringify(lists.map((parameter) => parameter.name)),
  };
}

/** The property of the answer that takes a file's content: one in base64, else the first text. */
function textProperty(schema: JsonObject | undefined): string {
  const properties = Object.entries(asObject(getOwn(schema, 'properties')));
  const texts = properties.filter(([, property]) => getOwn(asObject(property), 'type') === 'string');
  const [name] = texts.find(([, property]) => getOwn(asObject(property), 'format') === 'byte') ?? texts[0] ?? [];
  return name ?? 'content';
}

const basePath = (draft: ConnectorDraft): string =>
  (asString(getOwn(draft.definition, 'basePath')) ?? '').replace(/\/$/, '');
