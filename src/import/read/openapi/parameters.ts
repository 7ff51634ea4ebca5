import { asObject, asString, getOwn, type Json } from '../../../connector/json/value.ts';
import {
  type Dropped,
  type ParameterPlace,
  pickExtensions,
  type SourceParameter,
  valueExtensions,
} from '../../model.ts';
import { type References, textOf } from '../references.ts';
import { child, elements, type Located, located, members } from '../source.ts';
import { asText, scalarText } from '../source-values.ts';

/** Parameters of the operation and, where it doesn't state its own, those of its path. */
export function mergeParameters(
  item: Located,
  node: Located,
  references: References,
  dropped: Dropped[],
  read: (parameter: Located, at: string, references: References) => SourceParameter | undefined,
): SourceParameter[] {
  const result = new Map<string, SourceParameter>();
  for (const [list, isShared] of [
    [child(item, 'parameters'), true],
    [child(node, 'parameters'), false],
  ] as const) {
    for (const entry of elements(list)) {
      const resolved = references.resolve(entry);
      const parameter = resolved && read(resolved, entry.at, references);
      if (parameter === undefined) {
        if (resolved === undefined || !isBodyPlace(resolved.value)) dropped.push(unread(entry.at, resolved));
        continue;
      }
      const key = `${parameter.in} ${parameter.name}`;
      const earlier = result.get(key);
      if (earlier !== undefined && !isShared && !earlier.at.startsWith(`${item.at}/parameters`)) {
        dropped.push({
          code: 'param-duplicate',
          at: parameter.at,
          message: `Parameter ${parameter.name} occurs twice; the last one counts.`,
        });
      }
      result.set(key, parameter);
    }
  }
  return [...result.values()];
}

/** Why nothing can be made of a parameter. */
function unread(at: string, resolved: Located | undefined): Dropped {
  if (resolved === undefined)
    return { code: 'ref-unresolved', at, message: 'A parameter whose reference leads nowhere.' };
  const name = asText(getOwn(resolved.value, 'name'));
  const place = asText(getOwn(resolved.value, 'in'));
  if (name === undefined) return { code: 'param-nameless', at, message: 'A parameter without a name.' };
  const message =
    place === 'querystring'
      ? `Parameter ${name} is the query string as a whole; a connector sends inputs with names of their own.`
      : `Parameter ${name} is in ${place === undefined ? 'no place' : `"${place}"`}: an input is in path, query, header or cookie.`;
  return { code: 'param-place', at, message };
}

function isBodyPlace(value: Json): boolean {
  return ['body', 'formData'].includes(String(getOwn(value, 'in')));
}

const styles: Readonly<Record<ParameterPlace, string>> = {
  query: 'form',
  cookie: 'form',
  path: 'simple',
  header: 'simple',
};

function isPlace(value: string | undefined): value is ParameterPlace {
  return value !== undefined && Object.hasOwn(styles, value);
}

export function readParameter(node: Located, at: string, references: References): SourceParameter | undefined {
  const value = asObject(node.value);
  const name = asText(value.name);
  const place = asString(value.in);
  if (name === undefined || !isPlace(place)) return undefined;
  const style = asString(value.style) ?? styles[place];
  const [media] = members(child(node, 'content'));
  return {
    name,
    in: place,
    at,
    required: value.required === true || place === 'path',
    deprecated: value.deprecated === true,
    description: textOf(child(node, 'description'), references),
    summary: undefined,
    style,
    explode: typeof value.explode === 'boolean' ? value.explode : style === 'form' || style === 'cookie',
    allowReserved: value.allowReserved === true,
    media: media?.[0],
    schema: child(node, 'schema') ?? child(media?.[1], 'schema') ?? located<Json>({}, node.at, node.file),
    extensions: pickExtensions(value, valueExtensions),
    example: exampleOf(node, references),
  };
}

/** The first plain example of a parameter, or of its schema. */
function exampleOf(parameter: Located, references: References): string | undefined {
  const schema = references.resolve(child(parameter, 'schema'));
  const [named] = members(child(parameter, 'examples'));
  const [listed] = elements(child(schema, 'examples'));
  const candidates = [
    child(parameter, 'example'),
    child(named === undefined ? undefined : references.resolve(named[1]), 'value'),
    child(schema, 'example'),
    listed,
  ];
  return candidates.map((node) => scalarText(node?.value)).find((text) => text !== undefined && text.trim() !== '');
}
