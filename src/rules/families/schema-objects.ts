import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Schema } from '../engine/model.ts';
import { isSchema } from '../engine/model.ts';
import { defineFamily, type Fix } from '../engine/rule.ts';
import { definitionUses } from '../support/definition-graph.ts';
import { inPet, pet } from './schema-examples.ts';

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

/** Whether names of properties differ only by case. */
function differByCase(properties: JsonObject): boolean {
  const names = new Set<string>();
  let count = 0;
  for (const name in properties) {
    names.add(name.toLowerCase());
    count += 1;
  }
  return names.size < count;
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

/** Moves the boolean `required` of properties into the list of their object, where it belongs. */
function listRequired(schema: Schema): Fix[] {
  const at = schema.place.at('required');
  if (getOwn(schema.value, 'required') !== true) return [{ op: 'remove', at }];
  const { parent, name } = schema;
  const list = getOwn(parent?.value, 'required') ?? [];
  if (parent === undefined || name === undefined || !Array.isArray(list)) return [];
  // all of the object at once: fixes of several properties are applied together
  const properties = asObject(getOwn(parent.value, 'properties'));
  const marked = Object.keys(properties).filter((key) => getOwn(asObject(properties[key]), 'required') === true);
  return [
    { op: 'remove', at },
    { op: 'set', at: parent.place.at('required'), value: [...new Set([...list, ...marked])] },
  ];
}

const repeated = (list: readonly Json[]): boolean => new Set(list).size < list.length;

const impliedObject = (schema: Schema): Fix[] =>
  isObject(getOwn(schema.value, 'properties')) ? [{ op: 'set', at: schema.place.at('type'), value: 'object' }] : [];

/** Rules about objects: their properties, and which of them are required. */
export const family = defineFamily({ name: 'Objects', order: 220 }, [
  {
    id: 'schema-discriminator',
    title: 'A discriminator names a required string property.',
    why: 'Every value must tell which of the variants it is.',
    remedy: 'Declare the property as a string and list it in required, or remove the discriminator.',
    source: 'OpenAPI 2.0, schema object; Swagger validator rules',
    severity: 'W/W/W',
    on: {
      keyword: {
        discriminator: (node, report, connector) => {
          if (!isSchema(node)) return;
          const at = node.place.at('discriminator');
          const name = getOwn(node.value, 'discriminator');
          if (typeof name !== 'string') {
            report(at, `the discriminator ${quote(name)} must be the name of a property`);
            return;
          }
          const property = connector.deref(getOwn(asObject(getOwn(node.value, 'properties')), name));
          const required = getOwn(node.value, 'required');
          if (property === undefined) {
            report(at, `the discriminator ${quote(name)} is not a property of this object; declare it as a string`);
          } else if (getOwn(property, 'type') !== 'string') {
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
    id: 'schema-required-array',
    title: 'required is a list of distinct names, or absent.',
    why: 'The service refuses an empty list, repeated names and the boolean of a property.',
    remedy: 'List the names of the required properties once each on the object; remove the list when it is empty.',
    source: 'Swagger validator rules',
    official: 'RequiredPropertyArrayEmpty',
    severity: 'E/E/E',
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
          name: 'on the properties',
          ...pet({ a: { type: 'string', required: true }, b: { type: 'string', required: true } }),
          expect: [inPet('properties/a/required'), inPet('properties/b/required')],
          fixed: pet({ a: { type: 'string' }, b: { type: 'string' } }, { required: ['a', 'b'] }),
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
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        required: (node, report) => {
          const required = node.value.required;
          if (!Array.isArray(required) || !isSchema(node)) return;
          const properties = asObject(getOwn(node.value, 'properties'));
          for (let index = 0; index < required.length; index += 1) {
            const name = required[index];
            if (typeof name !== 'string' || Object.hasOwn(properties, name)) continue;
            const right = Object.keys(properties).find((key) => key.toLowerCase() === name.toLowerCase());
            const at = node.place.at('required', index);
            report(
              at,
              `required names ${quote(name)}, which is not a property here${right === undefined ? '' : ` (there is ${quote(right)})`}; describe it or correct the name`,
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
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        required: (node, report) => {
          if (!Array.isArray(node.value.required) || !isSchema(node)) return;
          const type = getOwn(node.value, 'type');
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
    severity: 'I/I/I',
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
    severity: 'E/E/E',
    on: {
      keyword: {
        readOnly: (node, report, connector) => {
          if (node.value.readOnly !== true || !isSchema(node) || node.name === undefined) return;
          const required = getOwn(node.parent?.value, 'required');
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
    severity: 'I/W/W',
    on: {
      keyword: {
        properties: (node, report) => {
          const properties = node.value.properties;
          if (!isObject(properties) || !differByCase(properties)) return;
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
