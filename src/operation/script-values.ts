import type { ConnectorDraft } from '../connector/draft.ts';
import { asString, own } from '../connector/json.ts';
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
    property: 'id',
    ...fromKind,
    path: `${basePath(draft)}${fromKind.path ?? operation.path}`,
    lists: lists.map((parameter) => parameter.name).join(','),
  };
}

const basePath = (draft: ConnectorDraft): string =>
  (asString(own(draft.definition, 'basePath')) ?? '').replace(/\/$/, '');
