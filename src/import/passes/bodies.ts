import { below } from '../../connector/json/pointer.ts';
import { asString, getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { inOrder, schemaOrder } from '../../connector/key-order.ts';
import { describeFieldAnyway } from '../../language/field-texts.ts';
import { describe } from '../../language/plain-text.ts';
import { sameWords, titleCase } from '../../language/words.ts';
import type { SourceBody, SourceMedia, SourceOperation } from '../model.ts';
import { child } from '../read/source.ts';
import type { Report } from '../report.ts';
import type { Definitions } from '../schemas/definitions.ts';
import { type Expression, type Flat, isScalar, leaf, placeOf } from '../schemas/flat-schema.ts';
import { statedTitle } from '../schemas/stated-title.ts';
import { writeScalar } from '../schemas/write-scalar.ts';
import { setHeader } from './policies.ts';

export interface BodyContext {
  readonly definitions: Definitions;
  readonly report: Report;
  readonly operationId: string;
}

export interface ConvertedBody {
  parameters: JsonObject[];
  /** Media type to state at the operation; undefined where that of the root fits. */
  consumes: string | undefined;
  policies: JsonObject[];
}

const noBody: ConvertedBody = { parameters: [], consumes: undefined, policies: [] };
const textLimit = 1000;

type MediaKind = 'json' | 'form' | 'multipart' | 'text' | 'binary' | 'xml' | 'stream';

/** Kinds of media type by pattern; the first hit counts. */
const mediaKinds: readonly (readonly [RegExp, MediaKind])[] = [
  [
    /^application\/(?:jsonl|x-ndjson|ndjson|json-seq|.*\+json-seq|jsonlines)$|^text\/event-stream$|^multipart\/mixed$/,
    'stream',
  ],
  [/^application\/json$|^text\/json$|^application\/problem\+json$/, 'json'],
  [/\+json$|^application\/.*json/, 'json'],
  [/^application\/x-www-form-urlencoded$/, 'form'],
  [/^multipart\//, 'multipart'],
  [/[/+]xml$/, 'xml'],
  [/^text\//, 'text'],
];

/** Media types of pages and plain text, which no object with properties has. */
const isDocument = /^text\/(?:html|plain)$/;

/** Objects with properties, and lists of them, are not documents whatever the media type says. */
function isRecord(flat: Flat | undefined, definitions: Definitions): boolean {
  if (flat?.kind === 'array' && flat.items !== undefined) return isRecord(definitions.flat(flat.items), definitions);
  return flat !== undefined && (flat.kind === 'object' || flat.kind === 'untyped') && flat.properties.size > 0;
}

export function kindOfMedia(media: SourceMedia, definitions: Definitions): MediaKind {
  const hit = mediaKinds.find(([pattern]) => pattern.test(media.type));
  const flat = media.schema === undefined ? undefined : definitions.flat(leaf(media.schema));
  if (hit !== undefined)
    return hit[1] === 'text' && isDocument.test(media.type) && isRecord(flat, definitions) ? 'json' : hit[1];
  if (!media.type.includes('*')) return isRecord(flat, definitions) ? 'json' : 'binary';
  if (flat === undefined || flat.kind === 'untyped' || flat.kind === 'file') return 'binary';
  if (flat.kind !== 'string') return 'json';
  return flat.format === 'binary' || flat.format === 'byte' ? 'binary' : 'text';
}

const preference: readonly MediaKind[] = ['json', 'form', 'multipart', 'text', 'binary', 'xml', 'stream'];

/** The media type that a connector speaks best. */
export function chooseMedia(
  media: readonly SourceMedia[],
  definitions: Definitions,
): { media: SourceMedia; kind: MediaKind } | undefined {
  const ranked = media.map((entry) => ({ media: entry, kind: kindOfMedia(entry, definitions) }));
  const plain = ranked.find((entry) => entry.media.type === 'application/json');
  if (plain !== undefined) return plain;
  for (const kind of preference) {
    const hit = ranked.find((entry) => entry.kind === kind);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** The request body of an operation → a body parameter or form fields. */
export function convertBody(
  operation: SourceOperation,
  body: SourceBody | undefined,
  context: BodyContext,
): ConvertedBody {
  if (body === undefined) return noBody;
  const { definitions, report } = context;
  if (operation.method === 'get' || operation.method === 'head') {
    report.dropped('get-body', body.at, `${operation.method.toUpperCase()} cannot have a body.`);
    for (const media of body.media) if (media.schema !== undefined) definitions.lose(leaf(media.schema), 'get-body');
    return noBody;
  }
  const chosen = chooseMedia(body.media, definitions);
  if (chosen === undefined) {
    report.lossy('body-untyped', body.at, "The description doesn't say what the body holds.");
    return { ...noBody, parameters: [bodyParameter(body, {}, '', report)] };
  }
  reportOthers(body, chosen.media, context);
  const { media, kind } = chosen;
  if (kind === 'json') return convertJson(body, media, context);
  if (kind === 'form' || kind === 'multipart') return convertForm(media, kind, context);
  return convertText(body, media, kind, context);
}

/** Media types that are not used; described differently, they are a loss. */
function reportOthers(body: SourceBody, chosen: SourceMedia, context: BodyContext): void {
  const key = chosen.schema === undefined ? '' : context.definitions.flattener.keyOf(leaf(chosen.schema));
  for (const media of body.media) {
    if (media === chosen || media.type === chosen.type) continue;
    const other = media.schema === undefined ? '' : context.definitions.flattener.keyOf(leaf(media.schema));
    const message = `Sent as ${chosen.type}; ${media.type} is not offered.`;
    if (other === key || media.schema === undefined) context.report.info('body-media-dropped', media.at, message);
    else {
      context.report.lossy('body-media-dropped', media.at, message);
      context.definitions.lose(leaf(media.schema), 'body-media-dropped');
    }
  }
}

function bodyParameter(body: SourceBody, schema: JsonObject, fallback: string, report: Report): JsonObject {
  const result: JsonObject = { name: body.name, in: 'body' };
  if (body.required) result.required = true;
  const summary = statedTitle(body.extensions, body.at, report);
  const isPlain = schema.type !== undefined && schema.type !== 'object' && schema.type !== 'array';
  if (summary !== undefined || isPlain) result['x-ms-summary'] = summary ?? (titleCase(body.name) || 'Body');
  const said = describe(body.description, textLimit);
  const description = said || fallback;
  if (description !== '') result.description = description;
  if (said === '' && fallback !== '') report.derive('parameter-description', body.at, fallback);
  const visibility = asString(body.extensions['x-ms-visibility']);
  if (visibility !== undefined) result['x-ms-visibility'] = visibility;
  return { ...result, schema };
}

function convertJson(body: SourceBody, media: SourceMedia, context: BodyContext): ConvertedBody {
  const { definitions, report } = context;
  const schema =
    media.schema === undefined
      ? {}
      : definitions.convert(leaf(media.schema), { hint: `${context.operationId}_body`, depth: 0, top: false });
  delete schema['x-nullable'];
  delete schema.readOnly;
  if (media.schema === undefined)
    report.lossy('body-untyped', media.at, "The description doesn't say what the body holds.");
  if (schema.type === 'array')
    report.info('body-array', media.at, 'The body is a list: flows can send it, Power Apps cannot.');
  const demanded = demandedBy(schema, media, definitions);
  if (!body.required && demanded.length > 0)
    report.info('body-required', body.at, `The body is required: so are ${demanded.join(', ')} in it.`);
  const parameters = [bodyParameter({ ...body, required: body.required || demanded.length > 0 }, schema, '', report)];
  const isPlain = media.type === 'application/json' || !/json/.test(media.type);
  if (isPlain) return { parameters, consumes: undefined, policies: [] };
  report.byPolicy('body-vendor-json', media.at, `Sent as ${media.type} by a policy.`);
  return {
    parameters,
    consumes: media.type,
    policies: [
      setHeader(`Set content type of ${context.operationId}`, 'Content-Type', media.type, [context.operationId]),
    ],
  };
}

/** Properties that a body must have: without a body they would be missing. Those that are only read don't count. */
function demandedBy(schema: JsonObject, media: SourceMedia, definitions: Definitions): string[] {
  if (media.schema === undefined || (schema.type !== 'object' && schema.$ref === undefined)) return [];
  const flat = definitions.flat(leaf(media.schema));
  return [...flat.required].filter((name) => {
    const property = flat.properties.get(name);
    return property !== undefined && !definitions.flat(property).readOnly;
  });
}

function convertText(body: SourceBody, media: SourceMedia, kind: MediaKind, context: BodyContext): ConvertedBody {
  const { definitions, report } = context;
  const schema: JsonObject = kind === 'binary' ? { type: 'string', format: 'binary' } : { type: 'string' };
  const flat = media.schema === undefined ? undefined : definitions.flat(leaf(media.schema));
  const isDescribed = flat !== undefined && !isScalar(flat.kind) && flat.kind !== 'untyped';
  if (kind === 'xml' || kind === 'stream' || isDescribed) {
    report.lossy(
      kind === 'xml' ? 'body-xml' : 'body-text',
      media.at,
      `A text in the format ${media.type}: its parts are not offered one by one.`,
    );
    if (media.schema !== undefined) definitions.lose(leaf(media.schema), kind === 'xml' ? 'body-xml' : 'body-text');
  } else if (media.schema !== undefined) definitions.convert(leaf(media.schema), { hint: 'body', depth: 0, top: true });
  if (kind === 'binary') report.info('body-binary', media.at, `The body is a file (${media.type}).`);
  const fallback = kind === 'binary' ? 'The content of the file.' : 'The text to send.';
  return {
    parameters: [bodyParameter(body, schema, fallback, report)],
    consumes: media.type.includes('*') ? (kind === 'text' ? 'text/plain' : 'application/octet-stream') : media.type,
    policies: [],
  };
}

/** Everything that one field of a form needs to know. */
interface Field {
  readonly name: string;
  readonly at: string;
  readonly required: boolean;
  readonly flat: Flat;
  readonly expression: Expression;
  readonly encoding: JsonObject | undefined;
}

function convertForm(media: SourceMedia, kind: 'form' | 'multipart', context: BodyContext): ConvertedBody {
  const { definitions, report } = context;
  const consumes = kind === 'form' ? 'application/x-www-form-urlencoded' : 'multipart/form-data';
  if (media.schema === undefined) {
    report.lossy('body-untyped', media.at, "The description doesn't name the fields of the form.");
    return noBody;
  }
  const expression = leaf(media.schema);
  const form = definitions.flat(expression);
  for (const source of form.sources) definitions.markDescribed(source);
  const parameters: JsonObject[] = [];
  for (const [name, property] of form.properties) {
    const flat = definitions.flat(property);
    const encoding = child(media.encoding, name)?.value;
    const field: Field = {
      name,
      at: media.places?.get(name) ?? placeOf(property),
      required: form.required.has(name),
      flat,
      expression: property,
      encoding: isObject(encoding) ? encoding : undefined,
    };
    parameters.push(...convertField(field, kind, context, 0));
  }
  if (form.additional !== undefined && form.additional !== true) {
    report.dropped('form-deep', placeOf(form.additional), 'Fields under free names cannot be listed.');
    definitions.lose(form.additional, 'form-deep');
  }
  if (form.properties.size === 0 && form.kind !== 'object') {
    report.lossy('body-untyped', media.at, "The description doesn't name the fields of the form.");
    definitions.lose(expression, 'body-untyped');
  }
  const files = parameters.filter((parameter) => parameter.type === 'file').length;
  if (files > 1) report.info('multipart-files', media.at, `${files} files in one form: not every app can send them.`);
  const fields = unique(parameters, media, report);
  if (fields.length === 0)
    report.lossy('form-empty', media.at, 'The form has no field that could be sent: it is left out.');
  return fields.length === 0 ? noBody : { parameters: fields, consumes, policies: [] };
}

function convertField(field: Field, kind: 'form' | 'multipart', context: BodyContext, depth: number): JsonObject[] {
  const { flat, at, name } = field;
  const { definitions, report } = context;
  if (flat.kind === 'never') return [];
  if (flat.readOnly) {
    report.lossy('form-read-only', at, `Field ${name} is only ever read.`);
    return [];
  }
  for (const source of flat.sources) if (isScalar(flat.kind)) definitions.markDescribed(source);
  const contentType = asString(field.encoding?.contentType) ?? '';
  if (kind === 'multipart' && isFile(flat, contentType)) return [fieldParameter(field, 'file', '', report)];
  if (kind === 'multipart' && isObject(field.encoding) && getOwn(field.encoding, 'headers') !== undefined)
    report.info('encoding-headers', at, 'Headers of a part cannot be sent.');
  if (isScalar(flat.kind) || (flat.kind === 'untyped' && flat.properties.size === 0) || flat.kind === 'null')
    return [scalarField(field, context)];
  if (flat.kind === 'array') return [listField(field, kind, context)];
  // A part is sent as JSON unless its encoding spreads the object over several fields.
  const style = asString(field.encoding?.style);
  if (kind === 'multipart' && style !== 'deepObject' && depth === 0) {
    report.lossy('multipart-json', at, `Part ${name} is one text here, to be written in JSON.`);
    definitions.lose(field.expression, 'multipart-json');
    return [fieldParameter(field, 'string', 'JSON text.', report)];
  }
  if (depth > 0 || flat.properties.size === 0) {
    report.dropped('form-deep', at, `Field ${name} is nested too deeply for a form.`);
    definitions.lose(field.expression, 'form-deep');
    return [];
  }
  for (const source of flat.sources) definitions.markDescribed(source);
  return [...flat.properties].flatMap(([member, property]) =>
    convertField(
      {
        name: `${name}[${member}]`,
        at: placeOf(property),
        required: field.required && flat.required.has(member),
        flat: definitions.flat(property),
        expression: property,
        encoding: undefined,
      },
      kind,
      context,
      depth + 1,
    ),
  );
}

function isFile(flat: Flat, contentType: string): boolean {
  if (flat.kind === 'file') return true;
  if (flat.kind === 'string' && (flat.format === 'binary' || flat.format === 'file')) return true;
  return (
    (flat.kind === 'string' || flat.kind === 'untyped') &&
    /^(?:application\/(?:octet-stream|pdf|zip)|image\/|audio\/|video\/)/.test(contentType) &&
    flat.enum === undefined
  );
}

function listField(field: Field, kind: 'form' | 'multipart', context: BodyContext): JsonObject {
  const { definitions, report } = context;
  const { flat, at, name } = field;
  const item = flat.items === undefined ? undefined : definitions.flat(flat.items);
  if (kind === 'multipart' && item !== undefined && isFile(item, '')) {
    report.lossy('multipart-files', at, `One file in place of a list of files for ${name}.`);
    return fieldParameter(field, 'file', '', report);
  }
  if (item !== undefined && !isScalar(item.kind) && item.kind !== 'untyped') {
    report.lossy('form-array', at, `The list ${name} is one text here, to be written in JSON.`);
    if (flat.items !== undefined) definitions.lose(flat.items, 'form-array');
    return fieldParameter(field, 'string', 'JSON text.', report);
  }
  for (const source of [...flat.sources, ...(item?.sources ?? [])]) definitions.markDescribed(source);
  const style = asString(field.encoding?.style);
  const isJoined = field.encoding?.explode === false;
  report.lossy('form-array', at, `The list ${name} is one text here.`);
  const separator = style === 'spaceDelimited' ? 'blanks' : style === 'pipeDelimited' ? 'vertical bars' : 'commas';
  return fieldParameter(
    field,
    'string',
    isJoined ? `Several values are separated by ${separator}.` : 'One value; sending several needs custom code.',
    report,
  );
}

function scalarField(field: Field, context: BodyContext): JsonObject {
  const result = fieldParameter(field, 'string', '', context.report);
  const flat: Flat =
    isScalar(field.flat.kind) && field.flat.kind !== 'file' ? field.flat : { ...field.flat, kind: 'string' };
  writeScalar(flat, result, { top: false }, context.report);
  if (result.format === 'byte' && field.flat.format === 'binary') delete result.format;
  const values = result.enum;
  if (field.required && Array.isArray(values) && values.length === 1 && values[0] !== undefined) {
    result.default = values[0];
    result['x-ms-visibility'] ??= 'internal';
  }
  return fieldKeys(result);
}

function fieldParameter(field: Field, type: 'string' | 'file', addition: string, report: Report): JsonObject {
  const { name, flat } = field;
  const result: JsonObject = { name, in: 'formData' };
  if (field.required) result.required = true;
  result.type = type;
  result['x-ms-summary'] = statedTitle(flat.extensions, field.at, report) ?? (titleCase(name) || name);
  const described = describe(flat.description, textLimit);
  const isDerived = described === '' || sameWords(described, String(result['x-ms-summary']));
  const own = isDerived
    ? describeFieldAnyway(
        { name, type: isScalar(flat.kind) ? flat.kind : undefined, format: flat.format, choices: flat.enum },
        String(result['x-ms-summary']),
      )
    : described;
  result.description = addition === '' || own.includes(addition) ? own : `${own} ${addition}`;
  if (isDerived) report.derive('parameter-description', field.at, result.description);
  for (const [key, value] of Object.entries(flat.extensions)) {
    if (key !== 'x-ms-summary' && key !== 'x-ms-enum-values' && key !== 'x-ms-url-encoding') result[key] = value;
  }
  if (flat.deprecated && !field.required) result['x-ms-visibility'] ??= 'advanced';
  return fieldKeys(result);
}

function fieldKeys(parameter: JsonObject): JsonObject {
  const { name, in: place, required, ...rest } = parameter;
  return {
    name: name ?? '',
    in: place ?? 'formData',
    ...(required === true ? { required } : {}),
    ...inOrder(rest, schemaOrder),
  };
}

/** Names of form fields are ASCII and unique. */
function unique(parameters: readonly JsonObject[], media: SourceMedia, report: Report): JsonObject[] {
  const seen = new Set<string>();
  return parameters.filter((parameter) => {
    const name = String(parameter.name);
    const isFine = !seen.has(name) && /^[\x20-\x7e]+$/.test(name);
    seen.add(name);
    if (!isFine)
      report.dropped(
        'form-name',
        below(media.at, 'schema', 'properties', name),
        `Field ${name} cannot be sent: names are unique and ASCII.`,
      );
    return isFine;
  });
}
