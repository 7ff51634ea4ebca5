import { below } from '../../connector/json/pointer.ts';
import { asString, getOwn, isObject, type JsonObject, strings } from '../../connector/json/value.ts';
import { pickExtensions, valueExtensions } from '../model.ts';
import { child, elements, type Located, members } from '../read/source.ts';
import { asText, isUnsafeKey } from '../read/source-values.ts';
import { type Expression, emptyFlat, type Flat, type Kind, type LevelContext, leaf } from './flat-schema.ts';
import { boundsOf } from './schema-keywords.ts';

/** Everything that this node itself says about values of one type. */
export function ownLevel(node: Located, value: JsonObject, kind: Kind, context: LevelContext): Flat {
  const flat = emptyFlat(kind, node.at);
  flat.title = asText(value.title);
  flat.description = asText(value.description);
  flat.nullable = value.nullable === true || value['x-nullable'] === true;
  flat.readOnly = value.readOnly === true;
  flat.deprecated = value.deprecated === true;
  flat.extensions = pickExtensions(value, valueExtensions);
  if (value.default !== undefined) flat.default = value.default;
  if (kind === 'object' || kind === 'untyped') ownObject(node, value, flat, context);
  if (kind === 'array') flat.items = ownItems(node, value, context);
  if (kind !== 'object' && kind !== 'array') ownScalar(value, flat);
  flat.bounds = boundsOf(value);
  return flat;
}

function ownObject(node: Located, value: JsonObject, flat: Flat, context: LevelContext): void {
  for (const [name, property] of members(child(node, 'properties'))) {
    if (isUnsafeKey(name))
      context.report.lossy('name-unsafe', property.at, `A property named ${name} cannot be carried over.`);
    else flat.properties.set(name, leaf(property));
  }
  flat.required = new Set(strings(value.required));
  const additional = child(node, 'additionalProperties');
  const patterns = members(child(node, 'patternProperties')).map(([, schema]) => leaf(schema));
  if (isObject(additional?.value) && Object.keys(additional.value).length > 0) patterns.push(leaf(additional));
  if (patterns.length > 0) flat.additional = context.group('any', patterns, node.at);
  else if (additional !== undefined && additional.value !== false) flat.additional = true;
}

function ownItems(node: Located, value: JsonObject, context: LevelContext): Expression | undefined {
  const tuple = [...elements(child(node, 'prefixItems')), ...elements(child(node, 'items'))];
  const rest = Array.isArray(value.items) ? child(node, 'additionalItems') : child(node, 'items');
  if (tuple.length === 0) {
    if (isObject(value.items)) return leaf({ value: value.items, at: below(node.at, 'items'), file: node.file });
    const contains = child(node, 'contains');
    return contains === undefined ? undefined : leaf(contains);
  }
  context.report.lossy('tuple', node.at, 'The members of this list have no fixed places any more.');
  return context.group('any', [...tuple, ...(isObject(rest?.value) ? [rest] : [])].map(leaf), node.at);
}

function ownScalar(value: JsonObject, flat: Flat): void {
  const values = Object.hasOwn(value, 'const')
    ? [value.const ?? null]
    : Array.isArray(value.enum)
      ? value.enum
      : undefined;
  if (values !== undefined) {
    if (values.includes(null)) flat.nullable = true;
    const kept = values.filter((entry) => entry !== null);
    if (kept.length > 0) flat.enum = kept;
    else if (values.length > 0 && flat.kind === 'untyped') flat.kind = 'null';
  }
  flat.format = asString(value.format);
  flat.pattern = asString(value.pattern);
  if (flat.kind === 'string' || flat.kind === 'untyped') {
    const encoding = asString(value.contentEncoding);
    if (encoding !== undefined && flat.format === undefined) flat.format = encoding === 'binary' ? 'binary' : 'byte';
    else if (asString(value.contentMediaType) !== undefined && flat.format === undefined && encoding === undefined) {
      flat.kind = 'string';
      if (!/json|text|html|xml/.test(String(value.contentMediaType))) flat.format = 'binary';
    }
  }
  const autoRest = getOwn(value['x-ms-enum'], 'values');
  for (const entry of [value['x-ms-enum-values'], autoRest].flatMap((list) => (Array.isArray(list) ? list : []))) {
    const name = asString(getOwn(entry, 'displayName')) ?? asString(getOwn(entry, 'name'));
    const member = getOwn(entry, 'value');
    if (name !== undefined && member !== undefined) flat.enumNames.set(JSON.stringify(member), name);
  }
}
