import { asString, getOwn, isObject } from '../../../connector/json/value.ts';
import {
  type Dropped,
  pickExtensions,
  type SourceBody,
  type SourceHeader,
  type SourceMedia,
  type SourceResponse,
  valueExtensions,
} from '../../model.ts';
import { describedMembers, type References, textOf, unreadableResponse } from '../references.ts';
import { child, isObjectNode, type Located, members } from '../source.ts';

export function readBody(
  node: Located | undefined,
  references: References,
  dropped: Dropped[],
): SourceBody | undefined {
  if (node === undefined) return undefined;
  const body = references.resolve(node);
  if (!isObjectNode(body)) {
    dropped.push({ code: 'ref-unresolved', at: node.at, message: 'A request body whose reference leads nowhere.' });
    return undefined;
  }
  return {
    name: 'body',
    at: node.at,
    required: body.value.required === true,
    description: asString(getOwn(node.value, 'description')) ?? textOf(child(body, 'description'), references),
    media: readContent(child(body, 'content'), references),
    extensions: pickExtensions(body.value, valueExtensions),
  };
}

/** `application/json; charset=utf-8` → `application/json`. */
export function baseType(mediaType: string): string {
  return mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
}

export function readContent(content: Located | undefined, references: References): SourceMedia[] {
  return members(references.resolve(content)).map(([type, written]) => {
    const media = references.resolve(written) ?? written;
    const items = child(media, 'itemSchema');
    return {
      type: items === undefined ? baseType(type) : 'application/jsonl',
      at: written.at,
      schema: child(media, 'schema') ?? items,
      encoding: child(media, 'encoding'),
      places: undefined,
    };
  });
}

export function readResponses(node: Located | undefined, references: References, dropped: Dropped[]): SourceResponse[] {
  const result: SourceResponse[] = [];
  const described = describedMembers(references.resolve(node), { references, dropped, problem: unreadableResponse });
  for (const { name: code, written, resolved: response } of described) {
    result.push({
      code,
      at: written.at,
      // since 3.2 the description may be missing, and there is a summary
      description:
        asString(getOwn(written.value, 'description')) ??
        textOf(child(response, 'description'), references) ??
        textOf(child(response, 'summary'), references),
      media: readContent(child(response, 'content'), references),
      headers: readHeaders(child(response, 'headers'), references),
      links: isObject(response.value.links),
    });
  }
  return result;
}

export function readHeaders(node: Located | undefined, references: References): SourceHeader[] {
  return members(node).map(([name, written]) => {
    const header = references.resolve(written);
    return { name, at: written.at, description: textOf(child(header, 'description'), references) };
  });
}
