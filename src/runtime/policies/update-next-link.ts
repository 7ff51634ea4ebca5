import { getOwn, isObject, setOwn, valueAt } from '../../connector/json/value.ts';
import { parseBodyPath } from '../expressions.ts';
import { joined } from '../message.ts';
import type { RunPolicy } from '../policy-context.ts';
import { bodyJson } from '../values.ts';

export const runUpdateNextLink: RunPolicy = (message, context) => {
  if (message.kind !== 'answer') return;
  const name = context.required('nextLinkPropertyName');
  const parentPath = context.text('nextLinkParentPropertyPath', 'null');
  const path = parentPath === '' || parentPath === 'null' ? [] : parseBodyPath(parentPath).path;
  const parent = valueAt(bodyJson(message), path);
  const link = getOwn(parent, name);
  // the last page has none
  if (!isObject(parent) || typeof link !== 'string' || link === '') return;
  context.assume('next-link-form');
  const { request, connectorOrigin } = context.around;
  const rest = link.startsWith(request.base)
    ? link.slice(request.base.length)
    : link.replace(/^https?:\/\/[^/?#]*/i, '');
  setOwn(parent, name, joined(connectorOrigin, rest));
};
