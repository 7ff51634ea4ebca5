import type { Json, JsonObject } from '../../connector/json/value.ts';
import { inOrder, parameterOrder } from '../../connector/key-order.ts';
import { describeFieldAnyway, type Field } from '../../language/field-texts.ts';
import { describe, plainText } from '../../language/plain-text.ts';
import { sameWords, titleCase } from '../../language/words.ts';
import type { SourceParameter } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import type { Report } from '../report.ts';
import type { ReportCode } from '../report-codes.ts';
import type { Definitions } from '../schemas/definitions.ts';
import { type Expression, emptyFlat, type Flat, isScalar, leaf, placeOf } from '../schemas/flat-schema.ts';
import { usableBounds } from '../schemas/schema-keywords.ts';
import { statedTitle } from '../schemas/stated-title.ts';
import { writeScalar } from '../schemas/write-scalar.ts';

/** What converting parameters needs of its surroundings. */
export interface ParameterContext {
  readonly definitions: Definitions;
  readonly report: Report;
  readonly options: ImportOptions;
  /** Collects the names of lists that a script has to repeat, one parameter per value. */
  readonly repeated?: string[];
  /** What a parameter belongs to, as words of a sentence, where the path says so. */
  readonly ownerOf?: (parameter: SourceParameter) => string | undefined;
}

const textLimit = 1000;
/** An object in the query becomes as many parameters at most. */
const mostMembers = 20;

const reservedHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** Optional parameters that few people set: paging, sorting, sparse fields, locale, idempotency, conditional requests. */
const advanced =
  /^(?:(?:page|per_?page|page_?(?:size|number|token|limit|index|no|num)|limit|offset|skip|top|take|first|last|cursor|(?:next|continuation|starting|ending)_?(?:token|cursor|after|before|page)|starting_?after|ending_?before|marker|count|max_?(?:results|items|keys)|results_?per_?page|start_?index|page\[\w+\])|(?:sort|sort_?(?:by|order|direction|key)|order|order_?(?:by|direction)|ordering|direction)|(?:fields|field_?mask|select|expand|include|includes|embed|view|exclude|fields\[\w+\])|(?:locale|lang|language|accept-language|timezone|time_?zone|tz)|(?:x-)?(?:idempotency|request|correlation|trace|client-request)[-_]?(?:key|id|token)|if-(?:none-)?match|if-(?:un)?modified-since|prefer|traceparent|tracestate|user-agent|pretty|pretty_?print|callback|format|alt)$/i;

/** One parameter of the source → none, one, or (objects in the query) several of the result. */
export function convertParameter(parameter: SourceParameter, context: ParameterContext): JsonObject[] {
  const { report } = context;
  const { at, name } = parameter;
  if (parameter.in === 'cookie') {
    const remedy = parameter.required ? ' It is required: send it with a policy setheader Cookie.' : '';
    report.dropped('param-cookie', at, `Cookie ${name} cannot be sent.${remedy}`);
    context.definitions.lose(leaf(parameter.schema), 'param-cookie');
    return [];
  }
  if (parameter.in === 'header' && reservedHeaders.has(name.toLowerCase())) {
    const setBy = name.toLowerCase() === 'authorization' ? 'the sign-in of the connection' : 'the platform';
    report.lossy('header-reserved', at, `Header ${name} can only be set by ${setBy}.`);
    return [];
  }
  if (/^connectionid$/i.test(name)) {
    report.dropped('param-reserved', at, `The name ${name} is reserved by the platform.`);
    return [];
  }
  if (parameter.allowReserved) report.lossy('allow-reserved', at, `Reserved characters in ${name} are encoded.`);
  const flat = context.definitions.flat(leaf(parameter.schema));
  if (parameter.media !== undefined)
    return [
      textParameter(
        parameter,
        flat,
        'param-json',
        parameter.media.includes('json') ? 'JSON text.' : `Text in the format ${parameter.media}.`,
        context,
      ),
    ];
  if (flat.kind === 'array') return [convertList(parameter, flat, context)];
  if (flat.kind === 'object' || (flat.kind === 'untyped' && flat.properties.size > 0))
    return convertObject(parameter, flat, context);
  return [scalarParameter(parameter, flat, context)];
}

/** Members that every parameter has, whatever its type. */
function frame(parameter: SourceParameter, flat: Flat, addition: string, context: ParameterContext): JsonObject {
  const { report } = context;
  const { name } = parameter;
  const stated =
    statedTitle(parameter.extensions, parameter.at, report) ?? statedTitle(flat.extensions, parameter.at, report);
  const title =
    stated ?? (parameter.summary === undefined ? undefined : plainText(parameter.summary)) ?? (titleCase(name) || name);
  const additions = [addition, exampleText(parameter, context.options)].filter((text) => text !== '');
  const room = textLimit - additions.join(' ').length - 1;
  const described = describe(parameter.description, room) || describe(flat.description, room);
  const isDerived = described === '' || sameWords(described, title);
  const own = isDerived ? describeFieldAnyway(fieldOf(parameter, flat, context), title) : described;
  const result: JsonObject = { name, in: parameter.in };
  if (parameter.required) result.required = true;
  result['x-ms-summary'] = title;
  result.description = additions.reduce((text, more) => (text.includes(more) ? text : `${text} ${more}`), own);
  if (isDerived) context.report.derive('parameter-description', parameter.at, String(result.description));
  for (const [key, value] of Object.entries({ ...flat.extensions, ...parameter.extensions })) {
    if (key !== 'x-ms-summary' && key !== 'x-ms-url-encoding' && key !== 'x-ms-enum-values') result[key] = value;
  }
  if (parameter.in === 'path')
    result['x-ms-url-encoding'] = parameter.extensions['x-ms-url-encoding'] === 'double' ? 'double' : 'single';
  const isRare = !parameter.required && (parameter.deprecated || flat.deprecated || advanced.test(name));
  if (isRare && result['x-ms-visibility'] === undefined) result['x-ms-visibility'] = 'advanced';
  return result;
}

/** What the words of a parameter's description are made of. */
const fieldOf = (parameter: SourceParameter, flat: Flat, { ownerOf }: ParameterContext): Field => ({
  name: parameter.name,
  type: isScalar(flat.kind) || flat.kind === 'array' ? flat.kind : undefined,
  format: flat.format,
  choices: flat.enum,
  owner: ownerOf?.(parameter),
  place: parameter.in === 'query' ? 'query' : undefined,
});

/** Examples may hold what is nobody's business: only the author can say that they are fit to be shown. */
function exampleText({ example }: SourceParameter, options: ImportOptions): string {
  if (options.examples !== true || example === undefined) return '';
  const text = plainText(example);
  return text === '' || text.length > 60 ? '' : `For example ${text}.`;
}

function scalarParameter(parameter: SourceParameter, flat: Flat, context: ParameterContext, addition = ''): JsonObject {
  const result = frame(parameter, flat, addition, context);
  const typed = isScalar(flat.kind) && flat.kind !== 'file' ? flat : { ...flat, kind: 'string' as const };
  writeScalar(typed, result, { top: false }, context.report);
  if (flat.nullable && flat.extensions['x-nullable'] === undefined)
    context.report.info('nullable', flat.at, 'May be null, which actions cannot tell from absent.');
  const values = result.enum;
  if (
    parameter.required &&
    parameter.in !== 'path' &&
    Array.isArray(values) &&
    values.length === 1 &&
    values[0] !== undefined
  ) {
    result.default = values[0];
    result['x-ms-visibility'] ??= 'internal';
  }
  return inOrder(result, parameterOrder);
}

/** A text in place of something that a parameter cannot hold. */
function textParameter(
  parameter: SourceParameter,
  flat: Flat,
  code: ReportCode,
  addition: string,
  context: ParameterContext,
): JsonObject {
  context.report.lossy(code, parameter.at, `Parameter ${parameter.name} is a plain text here: ${addition}`);
  context.definitions.lose(leaf(parameter.schema), code);
  const result = frame(
    parameter,
    { ...emptyFlat('string', flat.at), description: flat.description, deprecated: flat.deprecated },
    addition,
    context,
  );
  result.type = 'string';
  return inOrder(result, parameterOrder);
}

function convertList(parameter: SourceParameter, flat: Flat, context: ParameterContext): JsonObject {
  const { report, options } = context;
  const item = flat.items === undefined ? emptyFlat('string', flat.at) : context.definitions.flat(flat.items);
  if (!isScalar(item.kind) && item.kind !== 'untyped')
    return textParameter(parameter, flat, 'param-json', 'JSON text.', context);
  const single: Flat = {
    ...(isScalar(item.kind) ? item : { ...item, kind: 'string' }),
    description: flat.description ?? item.description,
    deprecated: flat.deprecated,
    default: undefined,
    extensions: flat.extensions,
  };
  const arrays = options.arrays ?? 'auto';
  const separator = separators[parameter.style];
  if (separator !== undefined)
    return separatedText(parameter, flat, { code: 'query-array-delimiter', separator }, context);
  if (parameter.in !== 'query' || (arrays === 'string' && !parameter.explode))
    return separatedText(parameter, flat, { code: 'param-array', separator: 'commas' }, context);
  // a script finds the lists by names that are joined by commas
  const isScripted = arrays === 'script' && context.repeated !== undefined && !parameter.name.includes(',');
  if (parameter.explode && arrays !== 'csv' && !isScripted) {
    report.lossy(
      'query-array-multi',
      parameter.at,
      `${parameter.name} takes one value here; the API takes several by repeating the name.`,
    );
    return scalarParameter(parameter, single, context, 'One value; sending several needs custom code.');
  }
  reportList(parameter, isScripted, context);
  return listParameter(parameter, flat, single, context);
}

/** A list that stays one; `single`: what its members are. */
function listParameter(parameter: SourceParameter, flat: Flat, single: Flat, context: ParameterContext): JsonObject {
  const result = frame(parameter, flat, '', context);
  result.type = 'array';
  Object.assign(result, usableBounds(flat.bounds, 'array').bounds);
  const items: JsonObject = {};
  writeScalar({ ...single, default: undefined }, items, { top: false }, context.report);
  delete items['x-ms-enum-values'];
  result.items = items;
  return inOrder(result, parameterOrder);
}

/** Tells what becomes of the values of a list on their way to the API. */
function reportList({ name, at, explode }: SourceParameter, isScripted: boolean, context: ParameterContext): void {
  const { report } = context;
  if (explode && isScripted) {
    context.repeated?.push(name);
    report.info('query-array-script', at, `The script repeats ${name} for each value.`);
  } else if (explode)
    report.lossy(
      'query-array-multi',
      at,
      `The values of ${name} are joined by commas; the API declares repeated names.`,
    );
  else report.info('power-apps-array', at, `${name} is a list: flows can send it, some Power Apps cannot.`);
}

const separators: Readonly<Record<string, string>> = {
  spaceDelimited: 'blanks',
  pipeDelimited: 'vertical bars',
  tabDelimited: 'tabs',
};

/** The values of a list as one text. */
function separatedText(
  parameter: SourceParameter,
  flat: Flat,
  { code, separator }: { code: ReportCode; separator: string },
  context: ParameterContext,
): JsonObject {
  context.report.lossy(
    code,
    parameter.at,
    `The values of ${parameter.name} are one text here, separated by ${separator}.`,
  );
  const result = frame(parameter, flat, `Several values are separated by ${separator}.`, context);
  result.type = 'string';
  return inOrder(result, parameterOrder);
}

function convertObject(parameter: SourceParameter, flat: Flat, context: ParameterContext): JsonObject[] {
  const isFlatForm = parameter.in === 'query' && parameter.style === 'form' && parameter.explode;
  if (parameter.style !== 'deepObject' && !isFlatForm) {
    return [
      textParameter(
        parameter,
        flat,
        'param-object',
        parameter.explode ? 'Written as name=value,name=value.' : 'Written as name,value,name,value.',
        context,
      ),
    ];
  }
  const { report } = context;
  const members = [...flat.properties];
  if (members.length === 0) {
    report.dropped(
      'param-object-deep',
      parameter.at,
      `Parameter ${parameter.name} has free names, which cannot be listed.`,
    );
    context.definitions.lose(leaf(parameter.schema), 'param-object-deep');
    return [];
  }
  const result: JsonObject[] = [];
  for (const [name, expression] of members) {
    const member = context.definitions.flat(expression);
    const isPlain =
      isScalar(member.kind) || member.kind === 'untyped' || (member.kind === 'array' && isPlainList(member, context));
    if (!isPlain || result.length >= mostMembers) {
      loseMember(expression, name, parameter, context);
      continue;
    }
    result.push(
      ...convertParameter(
        {
          ...parameter,
          name: parameter.style === 'deepObject' ? `${parameter.name}[${name}]` : name,
          at: placeOf(expression),
          required: parameter.required && flat.required.has(name),
          description: member.description,
          style: 'form',
          explode: true,
          schema: nodeOf(expression, member),
          extensions: {},
          example: undefined,
        },
        context,
      ),
    );
  }
  if (result.length > 0)
    report.lossy('param-object', parameter.at, `The members of ${parameter.name} are parameters of their own.`);
  else report.dropped('param-object-deep', parameter.at, `No member of ${parameter.name} is a plain value.`);
  return result;
}

function isPlainList(flat: Flat, context: ParameterContext): boolean {
  return flat.items === undefined || isScalar(context.definitions.flat(flat.items).kind);
}

function loseMember(expression: Expression, name: string, parameter: SourceParameter, context: ParameterContext): void {
  context.report.dropped(
    'param-object-deep',
    placeOf(expression),
    `${parameter.name}.${name} is nested too deeply for a parameter.`,
  );
  context.definitions.lose(expression, 'param-object-deep');
}

/** The node of a member; members that several schemas describe are written out as the one that fits them all. */
function nodeOf(expression: Expression, flat: Flat): SourceParameter['schema'] {
  if (expression.op === 'leaf') return expression.node;
  const first = firstLeaf(expression);
  const value: JsonObject = {};
  if (flat.kind !== 'untyped') value.type = flat.kind;
  if (flat.enum !== undefined) value.enum = flat.enum;
  if (flat.format !== undefined) value.format = flat.format;
  if (flat.default !== undefined) value.default = flat.default;
  return { ...first, value: value as Json, at: expression.at };
}

function firstLeaf(expression: Expression): SourceParameter['schema'] {
  if (expression.op === 'leaf') return expression.node;
  const [first] = expression.parts;
  return first === undefined
    ? { value: {}, at: expression.at, file: { uri: '', root: {}, bytes: new Uint8Array() } }
    : firstLeaf(first);
}

/** A path variable that the source uses but doesn't describe. */
export function missingPathParameter(name: string, owner: string | undefined, at: string, report: Report): JsonObject {
  const title = titleCase(name) || name;
  const description = describeFieldAnyway({ name, type: 'string', owner }, title);
  report.derive('parameter-description', at, description);
  return inOrder(
    {
      name,
      in: 'path',
      required: true,
      type: 'string',
      'x-ms-summary': title,
      description,
      'x-ms-url-encoding': 'single',
    },
    parameterOrder,
  );
}

/** What a style puts before a path variable: it moves into the template. */
export function stylePrefix(parameter: SourceParameter): string {
  if (parameter.in !== 'path') return '';
  if (parameter.style === 'label') return '.';
  return parameter.style === 'matrix' ? `;${parameter.name}=` : '';
}
