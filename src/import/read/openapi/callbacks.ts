import { asString, getOwn } from '../../../connector/json/value.ts';
import type { SourceCallback, SourceWebhook } from '../../model.ts';
import { type References, textOf } from '../references.ts';
import { child, isObjectNode, type Located, members } from '../source.ts';
import { readContent } from './content.ts';
import { methods } from './methods.ts';

export function readWebhook(name: string, node: Located, references: References): SourceWebhook {
  const item = references.resolve(node);
  const operation = members(item).find(([method, value]) => methods.has(method) && isObjectNode(value))?.[1];
  return { name, at: node.at, ...readMessage(operation, references) };
}

/** What an operation that the API calls, and not the connector, has to say. */
function readMessage(
  operation: Located | undefined,
  references: References,
): Pick<SourceWebhook, 'summary' | 'description' | 'schema'> {
  const body = references.resolve(child(operation, 'requestBody'));
  const media = readContent(child(body, 'content'), references);
  return {
    summary: asString(getOwn(operation?.value, 'summary')),
    description: asString(getOwn(operation?.value, 'description')) ?? textOf(child(body, 'description'), references),
    schema: (media.find((entry) => entry.type.endsWith('json')) ?? media[0])?.schema,
  };
}

export function readCallbacks(node: Located | undefined, references: References): SourceCallback[] {
  const result: SourceCallback[] = [];
  for (const [name, written] of members(node)) {
    const callback = references.resolve(written);
    if (callback === undefined) continue;
    for (const [expression, itemNode] of members(callback)) {
      const item = references.resolve(itemNode);
      if (item === undefined || expression.startsWith('x-')) continue;
      for (const [method, operation] of members(item)) {
        if (!methods.has(method) || !isObjectNode(operation)) continue;
        result.push({ name, expression, at: operation.at, method, ...readMessage(operation, references) });
      }
    }
  }
  return result;
}
