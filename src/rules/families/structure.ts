import { getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import { isSchema, type Parameter, type Schema } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import type { Located, Visitor } from '../engine/visitor.ts';

/** Types that Swagger 2.0 demands, as the official JSON schema has them. */
const types = {
  text: { is: (value: Json) => typeof value === 'string', words: 'a text' },
  boolean: { is: (value: Json) => typeof value === 'boolean', words: 'true or false' },
  number: { is: (value: Json) => typeof value === 'number', words: 'a number' },
  count: { is: (value: Json) => Number.isInteger(value) && Number(value) >= 0, words: 'a whole number, at least 0' },
  object: { is: isObject, words: 'an object' },
  list: { is: (value: Json) => Array.isArray(value), words: 'a list' },
  texts: { is: isTextList, words: 'a list of texts without repetitions' },
  objects: { is: (value: Json) => Array.isArray(value) && value.every(isObject), words: 'a list of objects' },
  objectsByName: { is: isObjectMap, words: 'an object whose values are objects' },
  anything: { is: () => true, words: 'any value' },
  objectOrBoolean: {
    is: (value: Json) => isObject(value) || typeof value === 'boolean',
    words: 'a schema, or true or false',
  },
} as const;
type TypeName = keyof typeof types;
type Type = (typeof types)[TypeName];

function isTextList(value: Json): boolean {
  return (
    Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
  );
}

/** Extensions may have values of any type. */
function isObjectMap(value: Json): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (!isObject(value[key]) && !key.startsWith('x-')) return false;
  return true;
}

type Table = Readonly<Record<string, TypeName>>;

/** A table as keys are looked up in it: most keys that authors write are in none. */
const typesOf = (table: Table): ReadonlyMap<string, Type> =>
  new Map(Object.entries(table).map(([key, name]) => [key, types[name]]));

/**
 * What constrains values; the same for parameters, headers and schemas. Numbers, `type`, `enum` and `default` have rules
 * of their own, and so has everything else that isn't listed below.
 */
const constraints = {
  format: 'text',
  exclusiveMaximum: 'boolean',
  exclusiveMinimum: 'boolean',
  pattern: 'text',
  uniqueItems: 'boolean',
} as const satisfies Table;

const tables = {
  root: {
    info: 'object',
    host: 'text',
    basePath: 'text',
    consumes: 'texts',
    produces: 'texts',
    paths: 'object',
    definitions: 'objectsByName',
    parameters: 'objectsByName',
    responses: 'objectsByName',
    securityDefinitions: 'objectsByName',
    security: 'objects',
    tags: 'objects',
    externalDocs: 'object',
  },
  info: { title: 'text', description: 'text', termsOfService: 'text', license: 'object' },
  pathItem: { parameters: 'objects' },
  operation: {
    tags: 'texts',
    summary: 'text',
    description: 'text',
    externalDocs: 'object',
    consumes: 'texts',
    produces: 'texts',
    parameters: 'objects',
    responses: 'objectsByName',
    deprecated: 'boolean',
    security: 'objects',
  },
  parameter: {
    ...constraints,
    name: 'text',
    in: 'text',
    description: 'text',
    required: 'boolean',
    schema: 'object',
    allowEmptyValue: 'boolean',
    collectionFormat: 'text',
  },
  response: { description: 'text', schema: 'object', headers: 'objectsByName', examples: 'object' },
  schema: {
    ...constraints,
    title: 'text',
    description: 'text',
    additionalProperties: 'objectOrBoolean',
    allOf: 'objects',
    properties: 'objectsByName',
    discriminator: 'text',
    readOnly: 'boolean',
    xml: 'object',
    externalDocs: 'object',
  },
} as const satisfies Record<string, Table>;

/** Small objects that have no rules of their own. */
const headerTypes = new Set(['string', 'number', 'integer', 'boolean', 'array']);
const smallTables = {
  contact: { name: 'text', url: 'text', email: 'text' },
  license: { name: 'text', url: 'text' },
  header: {
    ...constraints,
    type: 'text',
    description: 'text',
    items: 'object',
    enum: 'list',
    maximum: 'number',
    minimum: 'number',
    maxLength: 'count',
    minLength: 'count',
    maxItems: 'count',
    minItems: 'count',
    multipleOf: 'number',
    collectionFormat: 'text',
    default: 'anything',
  },
} as const satisfies Record<string, Table>;
const smallTypes = {
  contact: typesOf(smallTables.contact),
  license: typesOf(smallTables.license),
  header: typesOf(smallTables.header),
};

/** Small objects are closed: a key that isn't in the table, and is not an extension, doesn't belong there. */
function checkSmall(kind: keyof typeof smallTables, value: Json | undefined, place: Location, report: Report): void {
  if (!isObject(value)) return;
  const table = smallTypes[kind];
  for (const key in value) {
    const type = table.get(key);
    if (type !== undefined) check(value, key, type, place, report);
    else if (!key.startsWith('x-'))
      report(place.at(key), `a ${kind} has no "${key}"; it knows ${[...table.keys()].join(', ')}`);
  }
}

/** Looks at each key that the object has and Swagger 2.0 knows. */
const checkKeys = (kind: keyof typeof tables) => {
  const table = typesOf(tables[kind]);
  return ({ value, place }: Located, report: Report): void => {
    for (const key in value) {
      const type = table.get(key);
      if (type !== undefined) check(value, key, type, place, report);
    }
  };
};

/** The same for schemas, each key by itself: there are far more schemas than anything else. */
const schemaKeys: Visitor['keyword'] = Object.fromEntries(
  [...typesOf(tables.schema)].map(([key, type]) => [
    key,
    (node: Schema | Parameter, report: Report) => {
      if (isSchema(node)) check(node.value, key, type, node.place, report);
    },
  ]),
);

function check(object: JsonObject, key: string, type: Type, place: Location, report: Report): void {
  const value = object[key] as Json;
  if (!type.is(value)) report(place.at(key), `"${key}" is ${quote(value)}; it must be ${type.words}`);
}

/**
 * What the official Swagger 2.0 schema says of types and no other rule does. The schema itself isn't run: it costs as
 * much as all rules together and explains little; a test holds this against it.
 */
export const family = defineFamily({ name: 'Types of values', order: 30 }, [
  {
    id: 'value-type',
    title: 'Every value has the type that Swagger 2.0 gives it.',
    why: 'Importing a definition stops at the first value of another type, with a message that seldom says where.',
    remedy: 'Write a value of the type that the message names.',
    source: 'OpenAPI 2.0; its official JSON schema',
    policy: '5000.2.6.2',
    severity: 'E/E/E',
    on: {
      root: checkKeys('root'),
      info: checkKeys('info'),
      pathItem: checkKeys('pathItem'),
      operation: checkKeys('operation'),
      parameter: checkKeys('parameter'),
      response: checkKeys('response'),
      keyword: schemaKeys,
    },
    examples: {
      good: [{ name: 'a text and a list', definition: { host: 'weather.contoso.com', tags: [] } }],
      bad: [
        {
          name: 'a number as description',
          definition: { definitions: { Station: { properties: { id: { description: 7 } } } } },
          expect: ['definition#/definitions/Station/properties/id/description'],
        },
        {
          name: 'a parameter that is not an object',
          definition: { paths: { '/regions': { get: { parameters: ['region'] } } } },
          expect: ['definition#/paths/~1regions/get/parameters'],
        },
      ],
    },
  },
  {
    id: 'small-object-keys',
    title: 'Contact, license and response headers have only the keys that Swagger 2.0 gives them.',
    why: 'A misspelled key there is ignored, and what it says is lost.',
    remedy: 'Correct the key, or start its name with "x-".',
    source: 'OpenAPI 2.0; its official JSON schema',
    severity: 'W/W/W',
    on: {
      info: ({ value, place }, report) => {
        checkSmall('contact', getOwn(value, 'contact'), place.at('contact'), report);
        checkSmall('license', getOwn(value, 'license'), place.at('license'), report);
      },
      response: ({ value, place }, report) => {
        const headers = getOwn(value, 'headers');
        if (!isObject(headers)) return;
        for (const name in headers) checkSmall('header', headers[name], place.at('headers', name), report);
      },
    },
    examples: {
      good: [{ name: 'an extension', definition: { info: { contact: { 'x-phone': '555' } } } }],
      bad: [
        {
          name: 'mail',
          definition: { info: { contact: { mail: 'a@b.de' } } },
          expect: ['definition#/info/contact/mail'],
        },
      ],
    },
  },
  {
    id: 'header-type',
    title: 'A response header states its type.',
    why: 'Swagger 2.0 requires it.',
    remedy: 'Add "type": "string".',
    source: 'OpenAPI 2.0, header object',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      response: ({ value, place }, report) => {
        const headers = getOwn(value, 'headers');
        if (!isObject(headers)) return;
        for (const name in headers) {
          const header = headers[name];
          if (!isObject(header) || headerTypes.has(String(getOwn(header, 'type')))) continue;
          const at = place.at('headers', name, 'type');
          const fix = getOwn(header, 'type') === undefined ? { op: 'set' as const, at, value: 'string' } : [];
          report(at, `the header ${quote(name)} has no type that a header can have; give it "string"`, fix);
        }
      },
    },
    examples: {
      good: [
        {
          name: 'a text',
          definition: { responses: { Done: { description: 'Done.', headers: { ETag: { type: 'string' } } } } },
        },
      ],
      bad: [
        {
          name: 'no type',
          definition: { responses: { Done: { description: 'Done.', headers: { ETag: { description: 'Version.' } } } } },
          expect: ['definition#/responses/Done/headers/ETag/type'],
          fixed: {
            definition: {
              responses: {
                Done: { description: 'Done.', headers: { ETag: { description: 'Version.', type: 'string' } } },
              },
            },
          },
        },
      ],
    },
  },
]);
