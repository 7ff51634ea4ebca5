import {
  asArray,
  asObject,
  asString,
  canonicalText,
  deepEqual,
  getOwn,
  isObject,
  type JsonObject,
} from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Parameter, Schema } from '../engine/model.ts';
import { defineFamily, type Fix, type Report } from '../engine/rule.ts';
import { isInBody } from '../support/input-output-schemas.ts';

const isParameter = (node: Schema | Parameter): node is Parameter => 'operations' in node;

const lists: ReadonlySet<unknown> = new Set(['csv', 'ssv', 'tsv', 'pipes']);

/** As many operations as make a parameter worth sharing. */
const manyOperations = 5;

const isInternal = (value: JsonObject): boolean => getOwn(value, 'x-ms-visibility') === 'internal';

/** Whether a property is in its object's list of required ones. */
const isRequired = (schema: Schema): boolean =>
  schema.parent !== undefined && asArray(getOwn(schema.parent.value, 'required')).includes(schema.name ?? '');

/** The properties of an object that are internal, have a default and aren't required: never sent. */
const neverSent = (object: JsonObject): string[] => {
  const required = asArray(getOwn(object, 'required'));
  return Object.entries(asObject(getOwn(object, 'properties')))
    .filter(
      ([name, value]) =>
        isObject(value) && isInternal(value) && Object.hasOwn(value, 'default') && !required.includes(name),
    )
    .map(([name]) => name);
};

/** Makes every property required that would never be sent otherwise; all at once, since they share one list. */
function requireAll(parent: Schema): Fix {
  const required = asArray(getOwn(parent.value, 'required'));
  return { op: 'set', at: parent.place.at('required'), value: [...required, ...neverSent(parent.value)] };
}

/** Parameters and body properties that makers can't fill in, and whose value the platform must therefore know. */
function reportWithoutDefault(node: Schema | Parameter, report: Report, connector: ConnectorModel): void {
  const { value, place } = node;
  if (!isInternal(value) || Object.hasOwn(value, 'default')) return;
  if (isParameter(node)) {
    // a body has no default of its own: its properties have
    if (getOwn(value, 'required') !== true || node.in === 'body') return;
    report(
      place.at('default'),
      `the internal ${node.in} parameter ${quote(node.name)} is required and has no default; add one, or make it visible`,
    );
    return;
  }
  if (node.role !== 'property' || !isRequired(node) || !isInBody(node, connector)) return;
  // the platform fills in the notification URL; an object gets its value from its properties
  if (getOwn(value, 'x-ms-notification-url') !== undefined || getOwn(value, 'properties') !== undefined) return;
  report(
    place.at('default'),
    `the internal property ${quote(node.name)} is required and has no default; add one, or make it visible`,
  );
}

function reportNeverSent(node: Schema | Parameter, report: Report, connector: ConnectorModel): void {
  const { value, place } = node;
  if (!isInternal(value) || !Object.hasOwn(value, 'default')) return;
  if (isParameter(node)) {
    // that a path parameter must be required is an error of its own
    if (getOwn(value, 'required') === true || node.in === 'path' || node.in === 'body') return;
    const at = place.at('required');
    report(
      at,
      `the internal ${node.in} parameter ${quote(node.name)} has a default but isn't required, so it may never be sent`,
      { op: 'set', at, value: true },
    );
    return;
  }
  if (node.role !== 'property' || node.parent === undefined || isRequired(node) || !isInBody(node, connector)) return;
  report(
    place,
    `the internal property ${quote(node.name)} has a default but isn't required, so it may never be sent`,
    requireAll(node.parent),
  );
}

/** What is wrong with a collectionFormat. */
function formatProblem(parameter: Parameter): string | undefined {
  const format = getOwn(parameter.value, 'collectionFormat');
  if (getOwn(parameter.value, 'type') !== 'array') return 'belongs to parameters of type array only';
  if (lists.has(format)) return undefined;
  if (format !== 'multi')
    return `is ${quote(format)}; allowed are csv, ssv, tsv, pipes, and multi in query and formData`;
  return parameter.in === 'query' || parameter.in === 'formData'
    ? undefined
    : `can't be "multi" in ${parameter.in}; only query and formData can repeat a name`;
}

/** The groups that are large enough. */
function inMany<Key>(parameters: readonly Parameter[], keyOf: (parameter: Parameter) => Key): Parameter[][] {
  const groups = new Map<Key, Parameter[]>();
  for (const parameter of parameters) {
    const key = keyOf(parameter);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [parameter]);
    else group.push(parameter);
  }
  return [...groups.values()].filter((group) => group.length >= manyOperations);
}

/** Groups of equal parameters that many operations declare each for itself. */
function* repeated(connector: ConnectorModel): Generator<Parameter[]> {
  const written = connector.parameters.filter(
    (parameter) => parameter.in !== 'body' && parameter.operations.length > 0,
  );
  const ofName = inMany(written, ({ name }) => name);
  // equal ones say equally much
  const alike = ofName.flatMap((group) => inMany(group, ({ value }) => asString(getOwn(value, 'description'))?.length));
  for (const group of alike) {
    const kinds = new Map<string, Parameter[]>();
    let last: Parameter[] = [];
    for (const parameter of group) {
      // most are like the one before, and comparing is quicker than writing down
      if (!deepEqual(last[0]?.value, parameter.value)) {
        const kind = canonicalText(parameter.value);
        last = kinds.get(kind) ?? [];
        kinds.set(kind, last);
      }
      last.push(parameter);
    }
    for (const same of kinds.values()) if (same.length >= manyOperations) yield same;
  }
}

const region = (patch: JsonObject): JsonObject => ({
  name: 'region',
  in: 'query',
  type: 'string',
  required: true,
  'x-ms-summary': 'Region',
  description: 'Region whose stations are wanted.',
  ...patch,
});
const list = (parameter: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { get: { parameters: [parameter] } } } },
});
const create = (schema: JsonObject): { definition: JsonObject } => ({
  definition: {
    paths: { '/stations': { post: { parameters: [{ name: 'body', in: 'body', required: true, schema }] } } },
  },
});
const listAt = (key: string): string => `definition#/paths/~1stations/get/parameters/0/${key}`;
const createAt = (key: string): string => `definition#/paths/~1stations/post/parameters/0/schema/${key}`;

/** A body with one more property, which makers don't see. */
const withHidden = (name: string, hidden: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  required,
  properties: {
    name: { type: 'string', 'x-ms-summary': 'Name', description: 'How people call the station.' },
    [name]: {
      type: 'string',
      'x-ms-visibility': 'internal',
      'x-ms-summary': 'Source',
      description: 'Who writes.',
      ...hidden,
    },
  },
});

/** Rules about values that makers don't fill in, lists, and parameters that repeat. */
export const family = defineFamily({ name: 'Values of parameters', order: 160 }, [
  {
    id: 'internal-required-default',
    title: 'An internal parameter or body property that is required has a default.',
    why: "Makers can't fill it in, so that the default is all the platform can send.",
    remedy: 'Add the value as "default", or make the field visible.',
    source: 'OpenAPI extensions',
    severity: 'W/E/E',
    on: { keyword: { 'x-ms-visibility': reportWithoutDefault } },
    examples: {
      good: [
        { name: 'a default', ...list(region({ 'x-ms-visibility': 'internal', default: 'north' })) },
        { name: 'optional', ...list(region({ 'x-ms-visibility': 'internal', required: false })) },
        { name: 'the notification URL', ...create(withHidden('url', { 'x-ms-notification-url': true }, ['url'])) },
        {
          name: 'what is only returned',
          definition: {
            definitions: { Station: { required: ['id'], properties: { id: { 'x-ms-visibility': 'internal' } } } },
            paths: { '/stations': { post: { parameters: [] } } },
          },
        },
      ],
      bad: [
        {
          name: 'a query',
          ...list(region({ 'x-ms-visibility': 'internal' })),
          expect: [listAt('default')],
        },
        {
          name: 'a property',
          ...create(withHidden('source', {}, ['source'])),
          expect: [createAt('properties/source/default')],
        },
        {
          name: 'a property of a definition',
          definition: {
            definitions: {
              Station: { required: ['height'], properties: { height: { 'x-ms-visibility': 'internal' } } },
            },
          },
          expect: ['definition#/definitions/Station/properties/height/default'],
        },
      ],
    },
  },
  {
    id: 'internal-default-required',
    title: 'An internal parameter or body property that has a default is required.',
    why: "Only required values are sure to be sent: an optional one that makers don't see is left out, default or not.",
    remedy: 'Make it required.',
    source: 'Swagger validator rules',
    official: 'PropertyMustBeRequired',
    severity: 'W/W/W',
    fix: 'safe',
    on: { keyword: { 'x-ms-visibility': reportNeverSent } },
    examples: {
      good: [
        { name: 'required', ...create(withHidden('source', { default: 'flow' }, ['source'])) },
        { name: 'no default', ...create(withHidden('source', {}, ['name'])) },
      ],
      bad: [
        {
          name: 'an optional property',
          ...create(withHidden('source', { default: 'flow' }, ['name'])),
          expect: [createAt('properties/source')],
          fixed: create(withHidden('source', { default: 'flow' }, ['name', 'source'])),
        },
        {
          name: 'two of one object',
          definition: {
            definitions: {
              Station: {
                properties: {
                  kind: { 'x-ms-visibility': 'internal', default: 'land' },
                  height: { 'x-ms-visibility': 'internal', default: 0 },
                },
              },
            },
          },
          expect: [
            'definition#/definitions/Station/properties/kind',
            'definition#/definitions/Station/properties/height',
          ],
          fixed: {
            definition: {
              definitions: {
                Station: {
                  required: ['name', 'kind', 'height'],
                  properties: {
                    kind: { 'x-ms-visibility': 'internal', default: 'land' },
                    height: { 'x-ms-visibility': 'internal', default: 0 },
                  },
                },
              },
            },
          },
        },
        {
          name: 'an optional query',
          ...list(region({ 'x-ms-visibility': 'internal', default: 'north', required: false })),
          expect: [listAt('required')],
          fixed: list(region({ 'x-ms-visibility': 'internal', default: 'north' })),
        },
      ],
    },
  },
  {
    id: 'collection-format',
    title: 'collectionFormat is csv, ssv, tsv or pipes, on arrays; multi only in queries and forms.',
    why: 'Only some ways of joining values are supported.',
    remedy: 'Use csv, or take the values as one text.',
    source: 'Swagger validator rules',
    official: 'CollectionFormatValueNotSupported',
    severity: 'W/W/W',
    on: {
      keyword: {
        collectionFormat: (node, report) => {
          if (!isParameter(node)) return;
          const problem = formatProblem(node);
          if (problem === undefined) return;
          report(node.place.at('collectionFormat'), `collectionFormat of ${quote(node.name)} ${problem}`);
        },
      },
    },
    examples: {
      good: [
        { name: 'csv', ...list(region({ type: 'array', items: { type: 'string' }, collectionFormat: 'csv' })) },
        { name: 'multi', ...list(region({ type: 'array', items: { type: 'string' }, collectionFormat: 'multi' })) },
      ],
      bad: [
        { name: 'no array', ...list(region({ collectionFormat: 'csv' })), expect: [listAt('collectionFormat')] },
        {
          name: 'an unknown one',
          ...list(region({ type: 'array', items: { type: 'string' }, collectionFormat: 'json' })),
          expect: [listAt('collectionFormat')],
        },
        {
          name: 'multi in a header',
          ...list(region({ in: 'header', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' })),
          expect: [listAt('collectionFormat')],
        },
      ],
    },
  },
  {
    id: 'parameter-shared',
    title: 'A parameter that five operations or more repeat is declared once, at the root.',
    why: "What is written once can't drift apart, and the definition stays readable.",
    remedy: 'Move it to the root\'s "parameters" and refer to it with "$ref": "#/parameters/…".',
    // No fix: it would restructure the definition and needs a name. How many is many isn't written anywhere.
    source: 'Coding standards',
    severity: 'I/I/I',
    on: {
      connector: (connector, report) => {
        for (const same of repeated(connector)) {
          const [first] = same;
          if (first === undefined) continue;
          report(
            first.place,
            `the ${first.in} parameter ${quote(first.name)} is written ${same.length} times in the same words; declare it once at the root and refer to it`,
          );
        }
      },
    },
    examples: {
      good: [
        {
          name: 'a shared parameter',
          definition: {
            parameters: { Region: region({ required: false }) },
            paths: Object.fromEntries(
              ['/stations', '/stations/{stationId}', '/regions', '/hooks', '/hooks/{hookId}'].map((path) => [
                path,
                { parameters: [{ $ref: '#/parameters/Region' }] },
              ]),
            ),
          },
        },
      ],
      bad: [
        {
          name: 'five times',
          definition: {
            paths: Object.fromEntries(
              ['/stations', '/stations/{stationId}', '/regions', '/hooks', '/hooks/{hookId}'].map((path) => [
                path,
                { parameters: [region({ required: false })] },
              ]),
            ),
          },
          expect: ['definition#/paths/~1stations/parameters/0'],
        },
      ],
    },
  },
]);
