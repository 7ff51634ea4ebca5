import { asObject, isObject, type Json, type JsonObject, own } from '../../connector/json.ts';
import { definitionUses } from '../definition-graph.ts';
import type { ConnectorModel, Parameter, Schema } from '../model.ts';
import { defineRules, type Fix, quote } from '../rule.ts';

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
  // the items of a parameter are no schema: they may say how their own items are joined
  (key === 'collectionFormat' && schema.owner.kind === 'parameter');

/** The published connectors stay below; the service's own limit isn't published. */
const maxLevels = 20;

const types: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean']);

const isSchema = (node: Schema | Parameter): node is Schema => 'owner' in node;

/** `file` describes the whole answer, so it can only stand at the top of a response. */
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

/** Whether a schema is part of what makers fill in. */
function isInput(schema: Schema, connector: ConnectorModel): boolean {
  const { owner } = schema;
  if (owner.kind !== 'definition') return owner.kind === 'body';
  return (
    definitionUses(connector)
      .get(owner.name)
      ?.some((use) => use.kind === 'input') === true
  );
}

/** Of names that differ only by case, the later ones with the first one of each. */
function namesByCase(properties: JsonObject): Map<string, string> {
  const firsts = new Map<string, string>();
  const later = new Map<string, string>();
  for (const name in properties) {
    const lower = name.toLowerCase();
    const first = firsts.get(lower);
    if (first === undefined) firsts.set(lower, name);
    else later.set(name, first);
  }
  return later;
}

/** Moves a boolean `required` of a property into the list of its object, where it belongs. */
function listRequired(schema: Schema): Fix[] {
  const at = schema.place.at('required');
  if (own(schema.value, 'required') !== true) return [{ op: 'remove', at }];
  const { parent, name } = schema;
  if (parent === undefined || name === undefined) return [];
  const list = own(parent.value, 'required') ?? [];
  if (!Array.isArray(list)) return [];
  const fixes: Fix[] = [{ op: 'remove', at }];
  if (!list.includes(name)) fixes.push({ op: 'set', at: parent.place.at('required'), value: [...list, name] });
  return fixes;
}

const repeated = (list: readonly Json[]): boolean => new Set(list).size < list.length;

const pet = (properties: JsonObject, more: JsonObject = {}): { definition: JsonObject } => ({
  definition: { definitions: { Pet: { type: 'object', properties, ...more } } },
});

const inPet = (...keys: string[]): string => `definition#/definitions/Pet/${keys.join('/')}`;

/** A definition with so many levels of objects below it. */
function nested(levels: number): JsonObject {
  let schema: JsonObject = { type: 'string' };
  for (let level = 0; level < levels; level += 1) schema = { type: 'object', properties: { in: schema } };
  return schema;
}

/** Rules about how schemas are built: keywords, objects, arrays. */
export const schemasRules = defineRules([
  {
    id: 'schema-max-depth',
    title: `Schemas are at most ${maxLevels} levels deep.`,
    why: 'The service refuses schemas that are too deep; the limit is not published, but no published connector needs more.',
    remedy: 'Flatten the schema, or stop at the level that makers use.',
    source: 'Swagger validator rules; published connectors',
    official: 'SchemaTooDeep',
    levels: 'I/W/W',
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
    levels: 'E/E/E',
    fix: 'safe',
    on: {
      keyword: Object.fromEntries(
        Object.entries(foreignKeywords).map(([keyword, advice]) => [
          keyword,
          (node, report) => {
            if (!isSchema(node)) return; // parameter-unknown-property speaks
            const fixes = keywordFixes[keyword as ForeignKeyword]?.(node, own(node.value, keyword) ?? null);
            report(
              node.place.at(keyword),
              `${quote(keyword)} is no keyword of OpenAPI 2.0 and will be refused; ${advice}`,
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
    levels: 'E/E/E',
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
            `${quote(key)} is no keyword of a schema${right === undefined ? '' : ` (that is ${quote(right)})`}; correct it, remove it, or let it start with "x-"`,
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
    levels: 'W/W/W',
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
    levels: 'I/I/I',
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
    id: 'schema-discriminator',
    title: 'A discriminator names a required string property.',
    why: 'Every value must tell which of the variants it is.',
    remedy: 'Declare the property as a string and list it in required, or remove the discriminator.',
    source: 'OpenAPI 2.0, schema object; Swagger validator rules',
    levels: 'W/W/W',
    on: {
      keyword: {
        discriminator: (node, report, connector) => {
          if (!isSchema(node)) return;
          const at = node.place.at('discriminator');
          const name = own(node.value, 'discriminator');
          if (typeof name !== 'string') {
            report(at, `the discriminator ${quote(name)} must be the name of a property`);
            return;
          }
          const property = connector.deref(own(asObject(own(node.value, 'properties')), name));
          const required = own(node.value, 'required');
          if (property === undefined) {
            report(at, `the discriminator ${quote(name)} is no property of this object; declare it as a string`);
          } else if (own(property, 'type') !== 'string') {
            report(at, `the discriminator ${quote(name)} must be of type "string"`);
          } else if (!Array.isArray(required) || !required.includes(name)) {
            report(at, `the discriminator ${quote(name)} must be listed in required`);
          }
        },
      },
    },
    examples: {
      good: [
        {
          name: 'a required string',
          ...pet({ kind: { type: 'string' } }, { discriminator: 'kind', required: ['kind'] }),
        },
      ],
      bad: [
        {
          name: 'optional',
          ...pet({ kind: { type: 'string' } }, { discriminator: 'kind' }),
          expect: [inPet('discriminator')],
        },
        {
          name: 'missing',
          ...pet({}, { properties: { a: { type: 'string' } }, discriminator: 'kind' }),
          expect: [inPet('discriminator')],
        },
        {
          name: 'a number',
          ...pet({ kind: { type: 'integer' } }, { discriminator: 'kind', required: ['kind'] }),
          expect: [inPet('discriminator')],
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
    levels: 'E/E/E',
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
              ? 'type "file" may only stand at the top of a response; write "string" with format "binary"'
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
    levels: 'I/W/W',
    fix: 'safe',
    on: {
      schema: (schema, report) => {
        const { value, place } = schema;
        if (Object.hasOwn(value, 'type')) return;
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
    levels: 'E/E/E',
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
    levels: 'I/I/I',
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
    levels: 'E/E/E',
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
  {
    id: 'schema-required-array',
    title: 'required is a list of distinct names, or absent.',
    why: 'The service refuses an empty list, repeated names and the boolean of a property.',
    remedy: 'List the names of the required properties once each on the object; remove the list when it is empty.',
    source: 'Swagger validator rules',
    official: 'RequiredPropertyArrayEmpty',
    levels: 'E/E/E',
    fix: 'safe',
    on: {
      keyword: {
        required: (node, report) => {
          if (!isSchema(node)) return; // a parameter's is a boolean
          const required = node.value.required;
          const at = node.place.at('required');
          if (!Array.isArray(required)) {
            const fixes = typeof required === 'boolean' ? listRequired(node) : undefined;
            report(at, `required is ${quote(required)}; on a schema it must be the list of required properties`, fixes);
          } else if (required.length === 0) {
            report(at, 'required is an empty list; remove it', { op: 'remove', at });
          } else if (required.some((name) => typeof name !== 'string')) {
            report(at, `required must list names; it has ${quote(required)}`);
          } else if (repeated(required)) {
            report(at, 'required repeats a name; list each once', { op: 'set', at, value: [...new Set(required)] });
          }
        },
      },
    },
    examples: {
      good: [{ name: 'a list', ...pet({ a: { type: 'string' } }, { required: ['a'] }) }],
      bad: [
        {
          name: 'empty',
          ...pet({ a: { type: 'string' } }, { required: [] }),
          expect: [inPet('required')],
          fixed: pet({ a: { type: 'string' } }),
        },
        {
          name: 'repeated',
          ...pet({ a: { type: 'string' } }, { required: ['a', 'a'] }),
          expect: [inPet('required')],
          fixed: pet({ a: { type: 'string' } }, { required: ['a'] }),
        },
        {
          name: 'on the property',
          ...pet({ a: { type: 'string', required: true } }),
          expect: [inPet('properties/a/required')],
          fixed: pet({ a: { type: 'string' } }, { required: ['a'] }),
        },
      ],
    },
  },
  {
    id: 'schema-required-defined',
    title: 'Every required name is a property of the object.',
    why: 'Nobody can fill in a required property that is not described.',
    remedy: 'Describe the property, correct its name in required, or remove it there.',
    source: 'Swagger validator rules',
    official: 'RequiredPropertyDefinitionMissing',
    levels: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        required: (node, report) => {
          const required = node.value.required;
          if (!Array.isArray(required) || !isSchema(node)) return;
          const properties = asObject(own(node.value, 'properties'));
          for (let index = 0; index < required.length; index += 1) {
            const name = required[index];
            if (typeof name !== 'string' || Object.hasOwn(properties, name)) continue;
            const right = Object.keys(properties).find((key) => key.toLowerCase() === name.toLowerCase());
            const at = node.place.at('required', index);
            report(
              at,
              `required names ${quote(name)}, which is no property here${right === undefined ? '' : ` (there is ${quote(right)})`}; describe it or correct the name`,
              right === undefined || required.includes(right) ? undefined : { op: 'set', at, value: right },
            );
          }
        },
      },
    },
    examples: {
      good: [{ name: 'described', ...pet({ a: { type: 'string' } }, { required: ['a'] }) }],
      bad: [
        {
          name: 'unknown',
          ...pet({ a: { type: 'string' } }, { required: ['a', 'b'] }),
          expect: [inPet('required/1')],
        },
        {
          name: 'other case',
          ...pet({ petId: { type: 'string' } }, { required: ['petID'] }),
          expect: [inPet('required/0')],
          fixed: pet({ petId: { type: 'string' } }, { required: ['petId'] }),
        },
      ],
    },
  },
  {
    id: 'schema-required-on-object',
    title: 'Only objects have a required list.',
    why: 'On any other type the list means nothing.',
    remedy: 'Move the list to the object that has the properties.',
    source: 'Swagger validator rules',
    official: 'RequiredPropertyNotOnObject',
    levels: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        required: (node, report) => {
          if (!Array.isArray(node.value.required) || !isSchema(node)) return;
          const type = own(node.value, 'type');
          if (type === 'object') return;
          const at = node.place.at('required');
          report(
            at,
            type === undefined
              ? 'there is a required list but no type; add "type": "object"'
              : `a required list has no meaning on type ${quote(type)}; remove it, or move it to the object`,
            type === undefined ? impliedObject(node) : { op: 'remove', at },
          );
        },
      },
    },
    examples: {
      good: [{ name: 'on an object', ...pet({ a: { type: 'string' } }, { required: ['a'] }) }],
      bad: [
        {
          name: 'on a string',
          ...pet({ a: { type: 'string', required: ['a'] } }),
          expect: [inPet('properties/a/required')],
          fixed: pet({ a: { type: 'string' } }),
        },
        {
          name: 'on an object that doesn’t say so',
          ...pet({ a: { type: 'string' } }, { type: null, required: ['a'] }),
          expect: [inPet('required')],
        },
      ],
    },
  },
  {
    id: 'schema-empty-properties',
    title: 'An object without known properties has no empty properties.',
    why: 'Reviewers ask to remove it: it only says that the work is not done.',
    remedy: 'Describe the properties, or remove the empty object.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.4.6',
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      keyword: {
        properties: (node, report) => {
          const properties = node.value.properties;
          if (!isObject(properties)) return;
          for (const _key in properties) return;
          const at = node.place.at('properties');
          report(at, 'properties is empty; describe the properties or remove it', { op: 'remove', at });
        },
      },
    },
    examples: {
      good: [{ name: 'none', ...pet({ a: { type: 'object' } }) }],
      bad: [
        {
          name: 'empty',
          ...pet({ a: { type: 'object', properties: {} } }),
          expect: [inPet('properties/a/properties')],
          fixed: pet({ a: { type: 'object' } }),
        },
      ],
    },
  },
  {
    id: 'readonly-required-input',
    title: 'No input is both read-only and required.',
    why: 'Makers cannot fill in what is read-only, and the request is refused without it.',
    remedy:
      'Take it out of required, or remove readOnly; give input and output their own definitions where they differ.',
    source: 'Swagger validator rules',
    levels: 'E/E/E',
    on: {
      keyword: {
        readOnly: (node, report, connector) => {
          if (node.value.readOnly !== true || !isSchema(node) || node.name === undefined) return;
          const required = own(node.parent?.value, 'required');
          if (!Array.isArray(required) || !required.includes(node.name) || !isInput(node, connector)) return;
          report(
            node.place.at('readOnly'),
            `the input ${quote(node.name)} is required but read-only; take it out of required or remove readOnly`,
          );
        },
      },
    },
    examples: {
      good: [
        {
          name: 'only in an answer',
          ...pet({ id: { type: 'string', readOnly: true } }, { required: ['id'] }),
        },
      ],
      bad: [
        {
          name: 'in a body',
          definition: {
            definitions: { Station: { required: ['name', 'id'] } },
          },
          expect: ['definition#/definitions/Station/properties/id/readOnly'],
        },
      ],
    },
  },
  {
    id: 'schema-property-case',
    title: 'Names of properties differ by more than case.',
    why: 'Makers cannot tell them apart, and expressions that ignore case read the wrong one.',
    remedy: 'Remove the one that the API does not use.',
    source: 'Published connectors',
    levels: 'I/W/W',
    on: {
      keyword: {
        properties: (node, report) => {
          const properties = node.value.properties;
          if (!isObject(properties)) return;
          for (const [name, first] of namesByCase(properties)) {
            report(
              node.place.at('properties', name),
              `property ${quote(name)} differs from ${quote(first)} by case only; keep the one that the API uses`,
            );
          }
        },
      },
    },
    examples: {
      good: [{ name: 'different', ...pet({ a: { type: 'string' }, b: { type: 'string' } }) }],
      bad: [
        {
          name: 'by case',
          ...pet({ petId: { type: 'string' }, petID: { type: 'string' } }),
          expect: [inPet('properties/petID')],
        },
      ],
    },
  },
]);

/** The type that the other keywords of a schema imply. */
function impliedType(schema: JsonObject): string | undefined {
  if (isObject(own(schema, 'properties'))) return 'object';
  if (isObject(own(schema, 'items'))) return 'array';
  const values = own(schema, 'enum');
  return Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'string')
    ? 'string'
    : undefined;
}

const impliedObject = (schema: Schema): Fix[] =>
  impliedType(schema.value) === 'object' ? [{ op: 'set', at: schema.place.at('type'), value: 'object' }] : [];
