import { getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Schema } from '../engine/model.ts';
import { isSchema } from '../engine/model.ts';
import { defineFamily, type Fix } from '../engine/rule.ts';
import { inPet, pet } from './schema-examples.ts';

/** Keywords of a schema in OpenAPI 2.0; extensions come on top. */
const schemaKeywords: ReadonlySet<string> = new Set([
  ...['$ref', 'type', 'format', 'title', 'description', 'default', 'example', 'externalDocs', 'xml', 'readOnly'],
  ...['enum', 'multipleOf', 'minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'minLength', 'maxLength'],
  ...['pattern', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required', 'items'],
  ...['properties', 'additionalProperties', 'allOf', 'discriminator'],
]);

/** Keywords of JSON Schema and of OpenAPI 3 that OpenAPI 2.0 lacks, with what to write instead. */
const foreignKeywords = {
  oneOf: 'write the fields of all variants as optional properties',
  anyOf: 'write the fields of all variants as optional properties',
  not: 'leave it out, or say it in the description',
  const: 'write an enum with one value',
  nullable: 'write "x-nullable"',
  patternProperties: 'write additionalProperties',
  propertyNames: 'leave it out',
  unevaluatedProperties: 'leave it out',
  unevaluatedItems: 'leave it out',
  if: 'leave it out',
  // biome-ignore lint/suspicious/noThenProperty: the name of a JSON Schema keyword
  then: 'leave it out',
  else: 'leave it out',
  dependencies: 'leave it out, or say it in the description',
  dependentRequired: 'leave it out, or say it in the description',
  dependentSchemas: 'leave it out, or say it in the description',
  additionalItems: 'write one schema under items',
  prefixItems: 'write one schema under items',
  contains: 'leave it out',
  minContains: 'leave it out',
  maxContains: 'leave it out',
  examples: 'write one "example"',
  deprecated: 'say it in the description',
  writeOnly: 'leave it out',
  contentEncoding: 'write "format": "byte" for base64',
  contentMediaType: 'leave it out',
  contentSchema: 'leave it out',
  definitions: 'move the schemas to the definitions of the document',
  $defs: 'move the schemas to the definitions of the document',
  $schema: 'leave it out',
  $id: 'leave it out',
  $comment: 'leave it out',
  $anchor: 'leave it out',
} as const satisfies Record<string, string>;

type ForeignKeyword = keyof typeof foreignKeywords;

/** Foreign keywords that have the same meaning in other words, or none at all. */
const keywordFixes: Partial<Record<ForeignKeyword, (schema: Schema, value: Json) => Fix[]>> = {
  nullable: (schema, value) =>
    value === false
      ? [{ op: 'remove', at: schema.place.at('nullable') }]
      : [{ op: 'rename', at: schema.place.at('nullable'), to: 'x-nullable' }],
  const: (schema, value) =>
    Object.hasOwn(schema.value, 'enum')
      ? []
      : [
          { op: 'remove', at: schema.place.at('const') },
          { op: 'set', at: schema.place.at('enum'), value: [value] },
        ],
  $schema: (schema) => [{ op: 'remove', at: schema.place.at('$schema') }],
  $id: (schema) => [{ op: 'remove', at: schema.place.at('$id') }],
  $comment: (schema) => [{ op: 'remove', at: schema.place.at('$comment') }],
};

const keywordByLowerCase = new Map([...schemaKeywords].map((keyword) => [keyword.toLowerCase(), keyword]));

const isKnownKey = (schema: Schema, key: string): boolean =>
  schemaKeywords.has(key) ||
  key.startsWith('x-') ||
  Object.hasOwn(foreignKeywords, key) ||
  // the items of a parameter are not a schema: they may say how their own items are joined
  (key === 'collectionFormat' && schema.owner.kind === 'parameter');

/** The published connectors stay below; the service's own limit isn't published. */
const maxLevels = 20;

const types: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean']);

/** `file` describes the whole answer, so it can only be at the top of a response. */
const mayBeFile = (schema: Schema): boolean =>
  schema.role === 'root' && (schema.owner.kind === 'response' || schema.owner.kind === 'definition');

/** The one type that is certainly meant. */
function intendedType(value: Json): string | undefined {
  if (typeof value === 'string') {
    const lower = value.trim().toLowerCase();
    return types.has(lower) ? lower : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const named = value.filter((type) => type !== 'null' && type !== null);
  return named.length === 1 && typeof named[0] === 'string' && types.has(named[0]) ? named[0] : undefined;
}

/** A definition with so many levels of objects below it. */
function nested(levels: number): JsonObject {
  let schema: JsonObject = { type: 'string' };
  for (let level = 0; level < levels; level += 1) schema = { type: 'object', properties: { in: schema } };
  return schema;
}

/** The type that the other keywords of a schema imply. */
function impliedType(schema: JsonObject): string | undefined {
  if (isObject(getOwn(schema, 'properties'))) return 'object';
  if (isObject(getOwn(schema, 'items'))) return 'array';
  const values = getOwn(schema, 'enum');
  return Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'string')
    ? 'string'
    : undefined;
}

/** Rules about how schemas are built: keywords, types, arrays. */
export const family = defineFamily({ name: 'Schemas', order: 210 }, [
  {
    id: 'schema-max-depth',
    title: `Schemas are at most ${maxLevels} levels deep.`,
    why: 'The service refuses schemas that are too deep; the limit is not published, but no published connector needs more.',
    remedy: 'Flatten the schema, or stop at the level that makers use.',
    source: 'Swagger validator rules; published connectors',
    official: 'SchemaTooDeep',
    severity: 'I/W/W',
    on: {
      schema: (schema, report) => {
        if (schema.depth !== maxLevels) return;
        report(
          schema.place,
          `this schema lies ${maxLevels + 1} levels deep; at most ${maxLevels} are safe, so flatten it`,
        );
      },
    },
    examples: {
      good: [{ name: '20 levels', definition: { definitions: { Deep: nested(19) } } }],
      bad: [
        {
          name: '21 levels',
          definition: { definitions: { Deep: nested(20) } },
          expect: [`definition#/definitions/Deep${'/properties/in'.repeat(20)}`],
        },
      ],
    },
  },
  {
    id: 'schema-keywords',
    title: 'Schemas use the keywords of OpenAPI 2.0 only.',
    why: 'The service refuses keywords of later versions and of JSON Schema.',
    remedy: 'Express it with the keywords of OpenAPI 2.0, or in the description.',
    source: 'Swagger validator rules; published connectors',
    official: 'SwaggerKeywordNotSupported',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      keyword: Object.fromEntries(
        Object.entries(foreignKeywords).map(([keyword, advice]) => [
          keyword,
          (node, report) => {
            if (!isSchema(node)) return; // parameter-unknown-property speaks
            const fixes = keywordFixes[keyword as ForeignKeyword]?.(node, getOwn(node.value, keyword) ?? null);
            report(
              node.place.at(keyword),
              `${quote(keyword)} is not a keyword of OpenAPI 2.0 and will be refused; ${advice}`,
              fixes,
            );
          },
        ]),
      ),
    },
    examples: {
      good: [{ name: 'allOf', ...pet({ a: { allOf: [{ $ref: '#/definitions/Station' }] } }) }],
      bad: [
        {
          name: 'oneOf',
          ...pet({ a: { type: 'string', oneOf: [{ type: 'string' }] } }),
          expect: [inPet('properties/a/oneOf')],
        },
        {
          name: 'nullable',
          ...pet({ a: { type: 'string', nullable: true }, b: { type: 'string', nullable: false } }),
          expect: [inPet('properties/a/nullable'), inPet('properties/b/nullable')],
          fixed: pet({ a: { type: 'string', 'x-nullable': true }, b: { type: 'string' } }),
        },
        {
          name: 'const',
          ...pet({ a: { type: 'string', const: 'dog' } }),
          expect: [inPet('properties/a/const')],
          fixed: pet({ a: { type: 'string', enum: ['dog'] } }),
        },
      ],
    },
  },
  {
    id: 'schema-unknown-keyword',
    title: 'Every other key of a schema starts with x-.',
    why: 'The service refuses keys that it does not know.',
    remedy: 'Correct the spelling, remove the key, or put what it means into an x- extension.',
    source: 'Swagger validator rules',
    official: 'AdditionalPropertyNotAllowed',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      schema: (schema, report) => {
        const { value } = schema;
        for (const key in value) {
          if (isKnownKey(schema, key)) continue;
          const right = keywordByLowerCase.get(key.toLowerCase());
          const at = schema.place.at(key);
          const fixable = right !== undefined && !Object.hasOwn(value, right);
          report(
            at,
            `${quote(key)} is not a keyword of a schema${right === undefined ? '' : ` (that is ${quote(right)})`}; correct it, remove it, or let it start with "x-"`,
            fixable ? { op: 'rename', at, to: right } : undefined,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'an extension', ...pet({ a: { type: 'string', 'x-unit': 'm' } }) }],
      bad: [
        {
          name: 'a key of its own',
          ...pet({ a: { type: 'string', unit: 'm' } }),
          expect: [inPet('properties/a/unit')],
        },
        {
          name: 'wrong case',
          ...pet({ a: { type: 'string', readonly: true } }),
          expect: [inPet('properties/a/readonly')],
          fixed: pet({ a: { type: 'string', readOnly: true } }),
        },
      ],
    },
  },
  {
    id: 'schema-unique-items',
    title: 'uniqueItems is not used.',
    why: 'The platform does not support it: repeated items pass.',
    remedy: 'Remove it; say in the description that items must not repeat.',
    source: 'Swagger validator rules',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        uniqueItems: (node, report) => {
          const at = node.place.at('uniqueItems');
          report(at, 'uniqueItems is not supported; remove it', { op: 'remove', at });
        },
      },
    },
    examples: {
      good: [{ name: 'without it', ...pet({ a: { type: 'array', items: { type: 'string' }, maxItems: 3 } }) }],
      bad: [
        {
          name: 'with it',
          ...pet({ a: { type: 'array', items: { type: 'string' }, uniqueItems: true } }),
          expect: [inPet('properties/a/uniqueItems')],
          fixed: pet({ a: { type: 'array', items: { type: 'string' } } }),
        },
      ],
    },
  },
  {
    id: 'schema-all-of',
    title: 'Schemas are written out rather than merged by allOf.',
    why: 'allOf works, but the designer may not show the merged fields, and few connectors use it.',
    remedy: 'Write the properties of all parts into one object, or check in the designer that all fields are there.',
    source: 'Published definition schema; published connectors',
    severity: 'I/I/I',
    on: {
      keyword: {
        allOf: (node, report) => {
          if (isSchema(node)) {
            report(node.place.at('allOf'), 'the designer may not show the fields that allOf merges; write them out');
          }
        },
      },
    },
    examples: {
      good: [{ name: 'written out', ...pet({ a: { type: 'string' } }) }],
      bad: [
        {
          name: 'merged',
          ...pet({}, { properties: null, allOf: [{ $ref: '#/definitions/Station' }] }),
          expect: [inPet('allOf')],
        },
      ],
    },
  },
  {
    id: 'schema-type',
    title: 'The type of a schema is one of object, array, string, number, integer, boolean.',
    why: 'The service refuses lists of types, null, and types of other languages.',
    remedy: 'Write one type; a file may only be the whole answer of an operation.',
    source: 'OpenAPI 2.0, schema object; Swagger validator rules',
    policy: '5000.2.6.2',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      keyword: {
        type: (node, report) => {
          const type = node.value.type;
          if ((typeof type === 'string' && types.has(type)) || !isSchema(node)) return;
          if (type === 'file' && mayBeFile(node)) return;
          const at = node.place.at('type');
          const intended = intendedType(type ?? null);
          const message =
            type === 'file'
              ? 'type "file" may only be at the top of a response; write "string" with format "binary"'
              : `type ${quote(type)} must be one of ${[...types].join(', ')}`;
          report(at, message, intended === undefined ? undefined : { op: 'set', at, value: intended });
        },
      },
    },
    examples: {
      good: [
        { name: 'a string', ...pet({ a: { type: 'string' } }) },
        {
          name: 'an answer that is a file',
          definition: { paths: { '/stations': { get: { responses: { 200: { schema: { type: 'file' } } } } } } },
        },
      ],
      bad: [
        {
          name: 'with null',
          ...pet({ a: { type: ['string', 'null'] } }),
          expect: [inPet('properties/a/type')],
          fixed: pet({ a: { type: 'string' } }),
        },
        {
          name: 'upper case',
          ...pet({ a: { type: 'String' } }),
          expect: [inPet('properties/a/type')],
          fixed: pet({ a: { type: 'string' } }),
        },
        { name: 'a type of a language', ...pet({ a: { type: 'float' } }), expect: [inPet('properties/a/type')] },
        { name: 'a file inside', ...pet({ a: { type: 'file' } }), expect: [inPet('properties/a/type')] },
      ],
    },
  },
  {
    id: 'schema-type-missing',
    title: 'A schema that says anything states its type.',
    why: 'Without a type the designer shows no field, or a field that takes anything.',
    remedy: 'Add "type".',
    source: 'Published connectors',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      schema: (schema, report) => {
        const { value, place } = schema;
        // what is composed has the type of its parts
        if (Object.hasOwn(value, 'type') || Array.isArray(getOwn(value, 'allOf'))) return;
        for (const _key in value) {
          const type = impliedType(value);
          const at = place.at('type');
          report(
            at,
            'this schema has no type; add "type" so that the designer can show it',
            type === undefined ? undefined : { op: 'set', at, value: type },
          );
          return;
        }
      },
    },
    examples: {
      good: [
        { name: 'with a type', ...pet({ a: { type: 'string', description: 'Anything.' } }) },
        { name: 'empty: anything goes', ...pet({ a: {} }) },
        {
          name: 'composed of another one',
          ...pet({ a: { description: 'The station.', allOf: [{ $ref: '#/definitions/Station' }] } }),
        },
      ],
      bad: [
        {
          name: 'an object without saying so',
          ...pet({ a: { properties: { b: { type: 'string' } } } }),
          expect: [inPet('properties/a/type')],
          fixed: pet({ a: { properties: { b: { type: 'string' } }, type: 'object' } }),
        },
        { name: 'only a text', ...pet({ a: { description: 'Anything.' } }), expect: [inPet('properties/a/type')] },
      ],
    },
  },
  {
    id: 'array-items-required',
    title: 'An array says what its items are.',
    why: 'The service refuses arrays without items.',
    remedy: 'Add "items" with the schema of one item.',
    source: 'Swagger validator rules',
    official: 'ArrayHasNoItems',
    severity: 'E/E/E',
    on: {
      keyword: {
        type: (node, report) => {
          if (node.value.type !== 'array' || Object.hasOwn(node.value, 'items')) return;
          report(node.place.at('items'), 'this array has no items; add "items" with the schema of one item');
        },
      },
    },
    examples: {
      good: [{ name: 'of strings', ...pet({ a: { type: 'array', items: { type: 'string' } } }) }],
      bad: [{ name: 'of what?', ...pet({ a: { type: 'array' } }), expect: [inPet('properties/a/items')] }],
    },
  },
  {
    id: 'array-items-empty',
    title: 'The items of an array are described.',
    why: 'With empty items the designer cannot offer the fields of an item.',
    remedy: 'Describe one item under "items", at least its type.',
    source: 'Certification submission guide; published connectors',
    severity: 'I/I/I',
    on: {
      keyword: {
        items: (node, report) => {
          const items = node.value.items;
          if (!isObject(items)) return;
          for (const _key in items) return;
          report(node.place.at('items'), 'items is empty; describe one item, at least its type');
        },
      },
    },
    examples: {
      good: [{ name: 'of strings', ...pet({ a: { type: 'array', items: { type: 'string' } } }) }],
      bad: [{ name: 'empty', ...pet({ a: { type: 'array', items: {} } }), expect: [inPet('properties/a/items')] }],
    },
  },
  {
    id: 'array-items-object',
    title: 'The items of an array are one schema.',
    why: 'OpenAPI 2.0 knows no list of schemas for items.',
    remedy: 'Write one schema that fits all items.',
    source: 'OpenAPI 2.0, schema object',
    severity: 'E/E/E',
    on: {
      keyword: {
        items: (node, report) => {
          const items = node.value.items;
          if (!isObject(items))
            report(node.place.at('items'), `items is ${quote(items)}; it must be one schema object`);
        },
      },
    },
    examples: {
      good: [{ name: 'one schema', ...pet({ a: { type: 'array', items: { type: 'string' } } }) }],
      bad: [
        {
          name: 'a list',
          ...pet({ a: { type: 'array', items: [{ type: 'string' }] } }),
          expect: [inPet('properties/a/items')],
        },
      ],
    },
  },
]);
