import { asObject, isObject, type Json, type JsonObject, own, setOwn } from '../../connector/json.ts';
import {
  type DynamicArgument,
  type DynamicUse,
  dynamicForms,
  dynamicKinds,
  followPath,
  type Inputs,
  inputsOf,
  onDynamic,
  outputAt,
  type PathResult,
  type SchemaAtPath,
  successSchema,
} from '../dynamic-references.ts';
import type { ConnectorModel, Operation, Parameter } from '../model.ts';
import type { Place } from '../place.ts';
import { defineRules, type Fix, oncePerConnector, quote, type Report } from '../rule.ts';

const all = dynamicKinds;
const choices = ['values', 'list'] as const;
const shapes = ['schema', 'properties'] as const;
const older = ['values', 'schema'] as const;
const modern = ['list', 'properties'] as const;

const isFound = (result: PathResult): result is SchemaAtPath => result !== undefined && result !== 'open';

/** `true` for each kind of call that isn't one of the connector's own operations. */
const isBuiltIn = (use: DynamicUse): boolean =>
  own(use.value, 'capability') !== undefined || own(use.value, 'builtInOperation') !== undefined;

/** Checks every value that is taken from another input, for every operation in which that happens, until one fails. */
function eachReference(
  use: DynamicUse,
  connector: ConnectorModel,
  fails: (source: Inputs, argument: DynamicArgument, reference: string, caller: Operation) => boolean,
): void {
  for (const argument of use.arguments) {
    const { reference } = argument;
    if (reference === undefined) continue;
    for (const caller of use.callers) {
      if (fails(inputsOf(connector, caller, reference), argument, reference, caller)) break;
    }
  }
}

/** What an input that exists is like. */
interface Input {
  type: string | undefined;
  required: boolean;
  internal: boolean;
  default: Json | undefined;
}

/** The input that is meant; a parameter goes before a property of the body. */
function inputOf(inputs: Inputs): Input | undefined {
  const { parameter, property, body } = inputs;
  if (parameter !== undefined) return parameterInput(parameter);
  if (!isFound(property)) return undefined;
  const { schema } = property;
  return {
    type: textOf(schema, 'type'),
    required: property.required && own(body?.value, 'required') === true,
    internal: property.internal || own(body?.value, 'x-ms-visibility') === 'internal',
    default: own(schema, 'default'),
  };
}

function parameterInput({ value, in: position }: Parameter): Input {
  return {
    type: position === 'body' ? undefined : textOf(value, 'type'),
    required: own(value, 'required') === true,
    internal: own(value, 'x-ms-visibility') === 'internal',
    default: own(value, 'default'),
  };
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === 'string' ? value : undefined;
}

const sameType = (source: string, target: string): boolean =>
  source === target || (source === 'integer' && target === 'number');

/** The parameters that makers would have to fill in for the called operation. */
const neededParameters = (operation: Operation): Parameter[] =>
  operation.parameters.filter(({ value, in: position }) => {
    if (position === 'body' || own(value, 'required') !== true) return false;
    return own(value, 'default') === undefined && own(value, 'x-ms-visibility') !== 'internal';
  });

/** The properties that makers would have to fill in, of the body of the called operation. */
function neededProperties(operation: Operation, connector: ConnectorModel): { body: string; names: string[] } {
  const body = operation.parameters.find((parameter) => parameter.in === 'body');
  if (body === undefined || own(body.value, 'required') !== true) return { body: '', names: [] };
  const schema = connector.deref(own(body.value, 'schema'));
  const required = own(schema, 'required');
  const properties = asObject(own(schema, 'properties'));
  const names = (Array.isArray(required) ? required : []).filter((name): name is string => {
    const property = typeof name === 'string' ? connector.deref(own(properties, name)) : undefined;
    if (property === undefined || own(property, 'default') !== undefined) return false;
    // an object is built from its own properties
    return own(property, 'x-ms-visibility') !== 'internal' && own(property, 'properties') === undefined;
  });
  return { body: body.name, names };
}

/** What the called operation needs and isn't given. */
function missing(use: DynamicUse, target: Operation, connector: ConnectorModel): string | undefined {
  const supplied = asObject(own(use.value, 'parameters'));
  const parameter = neededParameters(target).find(({ name }) => !Object.hasOwn(supplied, name));
  if (parameter !== undefined) return parameter.name;
  const { body, names } = neededProperties(target, connector);
  if (Object.hasOwn(supplied, body)) return undefined;
  return names.find((name) => !Object.hasOwn(supplied, name) && !Object.hasOwn(supplied, `${body}/${name}`));
}

/** The array of choices in the answer of the called operation. */
function collectionOf(use: DynamicUse, connector: ConnectorModel): { at: Place; path: string; result: PathResult } {
  const key = use.kind === 'list' ? dynamicForms.list.collection : dynamicForms.values.collection;
  const path = textOf(use.value, key) ?? '';
  const result = use.target === undefined ? 'open' : outputAt(connector, use.target, path);
  return { at: use.place.at(key), path, result };
}

function isArray(schema: JsonObject): boolean | undefined {
  const type = own(schema, 'type');
  if (type === 'array' || (type === undefined && Object.hasOwn(schema, 'items'))) return true;
  if (type === undefined && !Object.hasOwn(schema, 'properties')) return undefined;
  return false;
}

/** The schema of one choice; undefined when it isn't described. */
function itemOf(use: DynamicUse, connector: ConnectorModel): JsonObject | undefined {
  const { result } = collectionOf(use, connector);
  if (!isFound(result) || isArray(result.schema) !== true) return undefined;
  const items = connector.deref(own(result.schema, 'items'));
  return items === undefined || Object.keys(items).length === 0 ? undefined : items;
}

function checkItemPath(
  use: DynamicUse,
  item: JsonObject,
  key: string,
  connector: ConnectorModel,
  report: Report,
): void {
  const path = textOf(use.value, key);
  if (path === undefined || path === '' || followPath(connector, item, path) !== undefined) return;
  report(
    use.place.at(key),
    `${key} ${quote(path)} is no property of the items that ${quote(use.target?.id)} returns; correct the path or the schema`,
  );
}

/** A path to a schema as the modern form writes it: the schema itself, not its properties. */
const withoutProperties = (path: string): string => path.replace(/(^|\/)properties$/, '');

/** The modern extension that says certainly the same as an older one. */
function modernTwin(use: DynamicUse, connector: ConnectorModel): JsonObject | undefined {
  const operationId = own(use.value, 'operationId');
  if (isBuiltIn(use) || typeof operationId !== 'string') return undefined;
  const parameters: JsonObject = {};
  for (const argument of use.arguments) {
    const value = modernArgument(use, argument, connector);
    if (value === undefined) return undefined;
    setOwn(parameters, argument.key, value);
  }
  const twin: JsonObject = { operationId, parameters };
  const form = dynamicForms[use.kind];
  const other = dynamicForms[form.twin];
  for (const part of ['collection', 'value', 'title'] as const) {
    const [from, to] = [form[part], other[part]];
    const path = from === undefined ? undefined : own(use.value, from);
    if (path === undefined || to === undefined) continue;
    const same = use.kind === 'schema' && typeof path === 'string' ? withoutProperties(path) : path;
    if (same !== '') twin[to] = same;
  }
  return twin;
}

function modernArgument(use: DynamicUse, argument: DynamicArgument, connector: ConnectorModel): Json | undefined {
  const { reference, value } = argument;
  if (reference === undefined) return { value };
  const meanings = new Set(use.callers.map((caller) => meaning(inputsOf(connector, caller, reference), reference)));
  const [only] = meanings;
  return meanings.size !== 1 || only === undefined ? undefined : { parameterReference: only };
}

/** The one thing that a reference means, as the modern form writes it. */
function meaning({ parameter, property, body }: Inputs, reference: string): string | undefined {
  if (parameter !== undefined) return isFound(property) ? undefined : reference;
  if (!isFound(property) || body === undefined) return undefined;
  return reference.startsWith(`${body.name}/`) ? reference : `${body.name}/${reference}`;
}

function addTwin(use: DynamicUse, connector: ConnectorModel): Fix[] {
  const twin = modernTwin(use, connector);
  return twin === undefined ? [] : [{ op: 'set', at: twinPlace(use), value: twin }];
}

/** The helper operations that were reported: each once, however many extensions call it. */
const shownHelpers = oncePerConnector(() => new Set<Operation>());

const twinName = (use: DynamicUse): string => `x-ms-dynamic-${dynamicForms[use.kind].twin}`;
const twinPlace = (use: DynamicUse): Place => use.holder.place.at(twinName(use));

/**
 * The modern extension beside the older one. The modern one alone is fine: what counts is that nothing is left behind
 * (so the published connectors were measured, too).
 */
function checkPair(use: DynamicUse, report: Report, connector: ConnectorModel): void {
  if (use.twin !== undefined || isBuiltIn(use)) return;
  report(use.place, `${use.name} stands alone; add ${twinName(use)} with the same meaning`, addTwin(use, connector));
}

/** Moves an extension from the body parameter into its schema, when nothing is in the way. */
function intoSchema(use: DynamicUse): Fix[] {
  const schema = own(use.holder.value, 'schema');
  if (!isObject(schema) || Object.hasOwn(schema, '$ref') || Object.hasOwn(schema, use.name)) return [];
  return [
    { op: 'remove', at: use.place },
    { op: 'set', at: use.holder.place.at('schema', use.name), value: use.value },
  ];
}

/** Supplies the default of an internal input as a literal. */
function asLiteral(use: DynamicUse, argument: DynamicArgument, value: Json | undefined): Fix | undefined {
  if (value === undefined || value === null) return undefined;
  return { op: 'set', at: argument.place, value: dynamicForms[use.kind].modern ? { value } : value };
}

const regionValues = {
  operationId: 'ListRegions',
  parameters: {},
  'value-collection': 'items',
  'value-path': 'id',
  'value-title': 'name',
} satisfies JsonObject;
const regionList = {
  operationId: 'ListRegions',
  parameters: {},
  itemsPath: 'items',
  itemValuePath: 'id',
  itemTitlePath: 'name',
} satisfies JsonObject;

/** The example connector with a choice of regions on a property of its station. */
const inBody = (values: JsonObject | null, list: JsonObject | null = null): { definition: JsonObject } => ({
  definition: {
    definitions: {
      Station: { properties: { name: { 'x-ms-dynamic-values': values, 'x-ms-dynamic-list': list } } },
    },
  },
});
const bodyName = 'definition#/definitions/Station/properties/name';

/** The example connector with a choice on the region of its list, and further parameters. */
const onRegion = (
  values: JsonObject,
  list: JsonObject | null,
  more: JsonObject[] = [],
): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations': {
        get: {
          parameters: [
            {
              name: 'region',
              in: 'query',
              type: 'string',
              required: true,
              'x-ms-summary': 'Region',
              description: 'Region whose stations are wanted.',
              'x-ms-dynamic-values': values,
              ...(list === null ? {} : { 'x-ms-dynamic-list': list }),
            },
            ...more,
          ],
        },
      },
    },
  },
});
const region = 'definition#/paths/~1stations/get/parameters/0';

const parameter = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  in: 'query',
  type: 'string',
  'x-ms-summary': 'Country',
  description: 'Country of the regions.',
  ...more,
});

/** The same, with a called operation that takes a country. */
const ofCountry = (values: Json, list: Json | null, more: JsonObject[], country: JsonObject = {}) => {
  const example = onRegion(
    { ...regionValues, parameters: { country: values } },
    list === null ? null : { ...regionList, parameters: { country: list } },
    more,
  );
  const paths = example.definition.paths as JsonObject;
  return { definition: { paths: { ...paths, ...withCountry(country) } } };
};
const withCountry = (country: JsonObject): JsonObject => ({
  '/regions': { get: { parameters: [parameter('country', country)] } },
});

const answering = (schema: JsonObject): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/regions': { get: { responses: { 200: null, 201: { description: 'The regions.', schema } } } },
    },
  },
});
const listOf = (items: JsonObject): JsonObject => ({
  type: 'object',
  properties: { items: { type: 'array', items } },
});

/** The example connector with a body whose shape is asked for. */
const shaped = (schema: JsonObject, body: JsonObject = {}): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations': {
        post: {
          parameters: [{ name: 'body', in: 'body', required: true, schema: { type: 'object', ...schema }, ...body }],
        },
      },
    },
  },
});
const shape = 'definition#/paths/~1stations/post/parameters/0/schema';

/** Rules about choices, schemas and trees that another operation supplies. */
export const dynamicRules = defineRules([
  {
    id: 'dynamic-operation-id',
    title: 'A dynamic extension names the operation to call.',
    why: 'Without it there is nothing to call, and the service refuses the definition.',
    remedy: 'Add "operationId".',
    source: 'OpenAPI extensions; published definition schema',
    levels: 'E/E/E',
    on: onDynamic(all, (use, report) => {
      const id = own(use.value, 'operationId');
      if ((typeof id === 'string' && id.trim() !== '') || isBuiltIn(use)) return;
      report(
        use.place.at('operationId'),
        id === undefined
          ? `${use.name} names no operation; add "operationId"`
          : `the operationId of ${use.name} is ${quote(id)}; it must be the id of an operation`,
      );
    }),
    examples: {
      good: [{ name: 'a file picker', ...inBody({ capability: 'file-picker', 'value-path': 'id' }) }],
      bad: [
        {
          name: 'none',
          ...inBody({ parameters: {}, 'value-path': 'id' }, null),
          expect: [`${bodyName}/x-ms-dynamic-values/operationId`],
        },
      ],
    },
  },
  {
    id: 'dynamic-operation-exists',
    title: 'The operation that a dynamic extension calls exists.',
    why: 'The field would show an error instead of choices.',
    remedy: 'Correct the operationId, or add the operation.',
    source: 'Swagger validator rules',
    official: 'OperationIdNotFound',
    levels: 'E/E/E',
    on: onDynamic(all, (use, report) => {
      const id = own(use.value, 'operationId');
      if (typeof id !== 'string' || id.trim() === '' || use.target !== undefined) return;
      report(
        use.place.at('operationId'),
        `${use.name} calls ${quote(id)}, which is no operation here; correct the operationId or add the operation`,
      );
    }),
    examples: {
      good: [{ name: 'it does', ...inBody(regionValues, regionList) }],
      bad: [
        {
          name: 'another case',
          ...inBody({ ...regionValues, operationId: 'listRegions' }, regionList),
          expect: [`${bodyName}/x-ms-dynamic-values/operationId`],
        },
      ],
    },
  },
  {
    id: 'dynamic-parameters-present',
    // measured: counted where the called operation has parameters at all
    title: 'A dynamic extension says with which parameters it calls.',
    why: 'The documentation requires it; an empty object says that all optional ones are left out on purpose.',
    remedy: 'Add "parameters": {}.',
    source: 'OpenAPI extensions; published connectors',
    levels: 'I/I/I',
    fix: 'safe',
    on: onDynamic(all, (use, report) => {
      if (own(use.value, 'parameters') !== undefined || (use.target?.parameters.length ?? 0) === 0) return;
      const at = use.place.at('parameters');
      report(
        at,
        `${use.name} calls ${quote(use.target?.id)}, which takes parameters, without "parameters"; add them, or {}`,
        { op: 'set', at, value: {} },
      );
    }),
    examples: {
      good: [{ name: 'nothing to supply', ...inBody({ operationId: 'ListRegions', 'value-path': 'id' }) }],
      bad: [
        {
          name: 'optional ones left out',
          definition: {
            ...inBody({ operationId: 'ListRegions', 'value-path': 'id' }).definition,
            paths: withCountry({}),
          },
          expect: [`${bodyName}/x-ms-dynamic-values/parameters`],
          fixed: {
            definition: {
              ...inBody({ operationId: 'ListRegions', 'value-path': 'id', parameters: {} }).definition,
              paths: withCountry({}),
            },
          },
        },
      ],
    },
  },
  {
    id: 'dynamic-parameter-exists',
    title: 'A dynamic extension supplies only parameters that the called operation has.',
    why: 'The service refuses others, already at import.',
    remedy: 'Use the names of the called operation’s parameters, or paths of its body’s properties.',
    source: 'Swagger validator rules',
    official: 'OperationParameterNameNotFound',
    levels: 'E/E/E',
    on: onDynamic(all, (use, report, connector) => {
      if (use.target === undefined) return;
      for (const { key, place } of use.arguments) {
        const { parameter: found, property } = inputsOf(connector, use.target, key);
        if (found !== undefined || property !== undefined) continue;
        report(
          place,
          `${use.name} supplies ${quote(key)}, but ${quote(use.target.id)} has no such parameter; rename it`,
        );
      }
    }),
    examples: {
      good: [{ name: 'a parameter', ...ofCountry('it', { value: 'it' }, []) }],
      bad: [
        {
          name: 'none',
          ...inBody({ ...regionValues, parameters: { country: 'it' } }, regionList),
          expect: [`${bodyName}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-required-supplied',
    title: 'A dynamic extension supplies everything that the called operation requires.',
    why: 'The call fails otherwise, and the field shows an error.',
    remedy: 'Supply the parameter: a literal, or a reference to another input.',
    source: 'Swagger validator rules',
    official: 'OperationMissingRequiredProperty',
    levels: 'E/E/E',
    on: onDynamic(all, (use, report, connector) => {
      if (use.target === undefined) return;
      const name = missing(use, use.target, connector);
      if (name === undefined) return;
      report(
        use.place.at('parameters'),
        `${use.name} calls ${quote(use.target.id)} without its required parameter ${quote(name)}; supply it`,
      );
    }),
    examples: {
      good: [{ name: 'supplied', ...ofCountry('it', { value: 'it' }, [], { required: true }) }],
      bad: [
        {
          name: 'left out',
          definition: { paths: withCountry({ required: true }) },
          expect: [`${region}/x-ms-dynamic-values/parameters`, `${region}/x-ms-dynamic-list/parameters`],
        },
      ],
    },
  },
  {
    id: 'dynamic-reference-exists',
    title: 'What a dynamic extension refers to is an input of the same operation.',
    why: 'The value is never filled in otherwise.',
    remedy: 'Name a parameter of this operation, or a property of its body as "body/property".',
    source: 'Swagger validator rules',
    levels: 'W/E/E',
    on: onDynamic(all, (use, report, connector) => {
      eachReference(use, connector, (source, { place }, reference, caller) => {
        if (source.parameter !== undefined || source.property !== undefined) return false;
        report(
          place,
          `${use.name} refers to ${quote(reference)}, which is no input of ${quote(caller.id)}; name a parameter, or a property as "body/property"`,
        );
        return true;
      });
    }),
    examples: {
      good: [
        {
          name: 'a parameter',
          ...ofCountry({ parameter: 'land' }, { parameterReference: 'land' }, [parameter('land')]),
        },
      ],
      bad: [
        {
          name: 'no parameter',
          ...ofCountry({ parameter: 'land' }, { parameterReference: 'body/land' }, []),
          expect: [
            `${region}/x-ms-dynamic-values/parameters/country`,
            `${region}/x-ms-dynamic-list/parameters/country`,
          ],
        },
      ],
    },
  },
  {
    id: 'dynamic-reference-required',
    title: 'A required parameter is fed from a required input.',
    why: 'Makers may leave an optional input empty; the call fails then.',
    remedy: 'Make the input required, or supply a literal.',
    source: 'Swagger validator rules',
    official: 'OperationParameterRequiredMismatch',
    levels: 'W/W/W',
    on: onDynamic(all, (use, report, connector) => {
      const { target } = use;
      if (target === undefined) return;
      eachReference(use, connector, (source, { key, place }, reference) => {
        const from = inputOf(source);
        if (from === undefined || from.required || from.default !== undefined) return false;
        const to = inputOf(inputsOf(connector, target, key));
        if (to?.required !== true || to.default !== undefined) return false;
        report(
          place,
          `${quote(target.id)} requires ${quote(key)}, but ${quote(reference)} is optional here; make it required or supply a literal`,
        );
        return true;
      });
    }),
    examples: {
      good: [
        {
          name: 'required',
          ...ofCountry({ parameter: 'land' }, null, [parameter('land', { required: true })], { required: true }),
        },
      ],
      bad: [
        {
          name: 'optional',
          ...ofCountry({ parameter: 'land' }, null, [parameter('land')], { required: true }),
          expect: [`${region}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-type-match',
    title: 'An input has the type of the parameter that it feeds.',
    why: 'The service refuses a reference between types that differ.',
    remedy: 'Give both the same type.',
    source: 'Swagger validator rules',
    official: 'OperationParameterTypeMismatch',
    levels: 'W/E/E',
    on: onDynamic(all, (use, report, connector) => {
      const { target } = use;
      if (target === undefined) return;
      eachReference(use, connector, (source, { key, place }, reference) => {
        const from = inputOf(source)?.type;
        const to = inputOf(inputsOf(connector, target, key))?.type;
        if (from === undefined || to === undefined || sameType(from, to)) return false;
        report(
          place,
          `${quote(reference)} is of type "${from}", but ${quote(key)} of ${quote(target.id)} is of type "${to}"; give both the same type`,
        );
        return true;
      });
    }),
    examples: {
      good: [{ name: 'both texts', ...ofCountry({ parameter: 'land' }, null, [parameter('land')]) }],
      bad: [
        {
          name: 'a number for a text',
          ...ofCountry({ parameter: 'land' }, null, [parameter('land', { type: 'integer' })]),
          expect: [`${region}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-source-internal',
    title: 'A dynamic extension refers only to inputs that makers see.',
    why: 'An internal input cannot be referred to.',
    remedy: 'Supply its value as a literal.',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'SourcePropertyInternal',
    levels: 'W/W/W',
    fix: 'safe',
    on: onDynamic(all, (use, report, connector) => {
      eachReference(use, connector, (source, argument, reference) => {
        const from = inputOf(source);
        if (from?.internal !== true) return false;
        report(
          argument.place,
          `${use.name} refers to ${quote(reference)}, which is internal; supply its value as a literal`,
          asLiteral(use, argument, from.default),
        );
        return true;
      });
    }),
    examples: {
      good: [{ name: 'a visible one', ...ofCountry({ parameter: 'land' }, null, [parameter('land')]) }],
      bad: [
        {
          name: 'internal with a default',
          ...ofCountry({ parameter: 'land' }, { parameterReference: 'land' }, [
            parameter('land', { 'x-ms-visibility': 'internal', required: true, default: 'it' }),
          ]),
          expect: [
            `${region}/x-ms-dynamic-values/parameters/country`,
            `${region}/x-ms-dynamic-list/parameters/country`,
          ],
          fixed: ofCountry('it', { value: 'it' }, [
            parameter('land', { 'x-ms-visibility': 'internal', required: true, default: 'it' }),
          ]),
        },
      ],
    },
  },
  {
    id: 'dynamic-not-on-body-parameter',
    title: 'Dynamic extensions of a body stand in its schema.',
    why: 'On the body parameter itself they are refused.',
    remedy: 'Move the extension into the schema of the parameter.',
    source: 'Swagger validator rules',
    official: 'DynamicExtensionDefinitionNotAllowedInParameter',
    levels: 'E/E/E',
    fix: 'safe',
    on: onDynamic(all, (use, report) => {
      if ('owner' in use.holder || use.holder.in !== 'body') return;
      report(use.place, `${use.name} is not allowed on a body parameter; move it into its schema`, intoSchema(use));
    }),
    examples: {
      good: [
        { name: 'in the schema', ...shaped({ 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} } }) },
      ],
      bad: [
        {
          name: 'on the parameter',
          ...shaped({}, { 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} } }),
          expect: ['definition#/paths/~1stations/post/parameters/0/x-ms-dynamic-schema'],
          fixed: shaped({ 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} } }),
        },
      ],
    },
  },
  {
    id: 'dynamic-ambiguous',
    title: 'A reference that may mean two inputs is told apart by the modern extension.',
    why: 'The older form cannot say whether it means the parameter or the property of the body.',
    remedy: 'Add x-ms-dynamic-list or x-ms-dynamic-properties, where a property is written as "body/property".',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'DynamicListRequiredForAmbiguousReferences',
    levels: 'W/E/E',
    on: onDynamic(older, (use, report, connector) => {
      if (use.twin !== undefined) return;
      eachReference(use, connector, (source, { place }, reference, caller) => {
        if (source.parameter === undefined || !isFound(source.property)) return false;
        report(
          place,
          `${quote(reference)} is a parameter of ${quote(caller.id)} and a property of its body; add ${twinName(use)} to tell them apart`,
        );
        return true;
      });
    }),
    examples: {
      good: [{ name: 'one meaning', ...ofCountry({ parameter: 'land' }, null, [parameter('land')]) }],
      bad: [
        {
          name: 'two meanings',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'kind' } } },
                  },
                },
              },
            },
            paths: {
              ...withCountry({}),
              '/stations': {
                post: {
                  parameters: [
                    { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Station' } },
                    parameter('kind'),
                  ],
                },
              },
            },
          },
          expect: [`${bodyName}/x-ms-dynamic-values/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-body-reference-twin',
    title: 'A reference into a body has the modern extension beside it.',
    why: 'Only the modern form can name a property of a body reliably.',
    remedy: 'Add x-ms-dynamic-list or x-ms-dynamic-properties with "parameterReference": "body/property".',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'DynamicListRequiredForNonParameterReferences',
    levels: 'W/E/E',
    fix: 'safe',
    on: onDynamic(older, (use, report, connector) => {
      if (use.twin !== undefined) return;
      let reported = false;
      eachReference(use, connector, (source, { place }, reference) => {
        if (source.parameter !== undefined || !isFound(source.property)) return false;
        const fix = reported ? [] : addTwin(use, connector);
        reported = true;
        report(
          place,
          `${use.name} refers to ${quote(reference)} in the body; add ${twinName(use)} with "parameterReference"`,
          fix,
        );
        return true;
      });
    }),
    examples: {
      good: [
        {
          name: 'with its twin',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'kind' } } },
                    'x-ms-dynamic-list': {
                      ...regionList,
                      parameters: { country: { parameterReference: 'body/kind' } },
                    },
                  },
                },
              },
            },
            paths: withCountry({}),
          },
        },
      ],
      bad: [
        {
          name: 'alone',
          ...shaped({
            properties: {
              land: { type: 'string' },
              name: {
                type: 'string',
                'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'land' } } },
              },
            },
          }),
          expect: [`${shape}/properties/name/x-ms-dynamic-values/parameters/country`],
          fixed: shaped({
            properties: {
              land: { type: 'string' },
              name: {
                type: 'string',
                'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'land' } } },
                'x-ms-dynamic-list': { ...regionList, parameters: { country: { parameterReference: 'body/land' } } },
              },
            },
          }),
          implies: ['dynamic-parameter-exists'],
        },
      ],
    },
  },
  {
    id: 'dynamic-list-shape',
    title: 'In the modern extensions each parameter is a value or a reference.',
    why: 'The service refuses literals without "value", and objects that say both.',
    remedy: 'Write { "value": … } or { "parameterReference": "…" }.',
    source: 'OpenAPI extensions; published definition schema',
    levels: 'E/E/E',
    on: onDynamic(modern, (use, report) => {
      for (const { value, place } of use.arguments) {
        const parts = isObject(value)
          ? Number(Object.hasOwn(value, 'value')) + Number(Object.hasOwn(value, 'parameterReference'))
          : 0;
        if (parts === 1) continue;
        report(place, `${quote(value)} must be { "value": … } or { "parameterReference": "…" }, exactly one of them`);
      }
    }),
    examples: {
      good: [{ name: 'a value', ...ofCountry('it', { value: 'it' }, []) }],
      bad: [
        {
          name: 'a literal',
          ...ofCountry('it', 'it', []),
          expect: [`${region}/x-ms-dynamic-list/parameters/country`],
        },
        {
          name: 'both',
          ...ofCountry('it', { value: 'it', parameterReference: 'land' }, [parameter('land')]),
          expect: [`${region}/x-ms-dynamic-list/parameters/country`],
        },
      ],
    },
  },
  {
    id: 'dynamic-target-schema',
    title: 'The called operation describes what it returns.',
    why: 'Without a schema the platform cannot find the choices in the answer.',
    remedy: 'Add a schema to its success response.',
    source: 'Swagger validator rules',
    levels: 'W/W/W',
    on: onDynamic(all, (use, report) => {
      if (use.target === undefined || successSchema(use.target) !== undefined) return;
      report(
        use.place.at('operationId'),
        `${quote(use.target.id)} has no schema on a success response; describe what it returns`,
      );
    }),
    examples: {
      good: [{ name: 'it does', ...inBody(regionValues, regionList) }],
      bad: [
        {
          name: 'no schema',
          definition: { paths: { '/regions': { get: { responses: { 200: { schema: null } } } } } },
          expect: [`${region}/x-ms-dynamic-values/operationId`, `${region}/x-ms-dynamic-list/operationId`],
        },
      ],
    },
  },
  {
    id: 'dynamic-collection-exists',
    title: 'The path of the choices exists in what the called operation returns.',
    why: 'The drop-down stays empty otherwise.',
    remedy: 'Correct value-collection or itemsPath, or describe the property.',
    source: 'Swagger validator rules',
    official: 'InvokedOperationShouldProduceProperty',
    levels: 'W/W/W',
    on: onDynamic(choices, (use, report, connector) => {
      const { at, path, result } = collectionOf(use, connector);
      if (result !== undefined) return;
      report(at, `${quote(path)} is not in what ${quote(use.target?.id)} returns; correct the path or the schema`);
    }),
    examples: {
      good: [{ name: 'an open answer', ...answering({ type: 'object' }) }],
      bad: [
        {
          name: 'another name',
          ...answering({ type: 'object', properties: { value: { type: 'array', items: { type: 'string' } } } }),
          expect: [`${region}/x-ms-dynamic-values/value-collection`, `${region}/x-ms-dynamic-list/itemsPath`],
        },
      ],
    },
  },
  {
    id: 'dynamic-collection-array',
    title: 'The choices are an array.',
    why: 'The drop-down shows one entry per item.',
    remedy: 'Point value-collection or itemsPath at an array; leave it out only when the whole answer is one.',
    source: 'Swagger validator rules',
    official: 'InvokedOperationShouldProduceArray',
    levels: 'W/W/W',
    on: onDynamic(choices, (use, report, connector) => {
      const { at, path, result } = collectionOf(use, connector);
      if (!isFound(result) || isArray(result.schema) !== false) return;
      report(
        at,
        path === ''
          ? `what ${quote(use.target?.id)} returns is no array; give the path of the array in it`
          : `${quote(path)} of ${quote(use.target?.id)} is no array; point at the array of choices`,
      );
    }),
    examples: {
      good: [{ name: 'an array', ...answering(listOf({ type: 'object' })) }],
      bad: [
        {
          name: 'an object',
          ...answering({ type: 'object', properties: { items: { type: 'object' } } }),
          expect: [`${region}/x-ms-dynamic-values/value-collection`, `${region}/x-ms-dynamic-list/itemsPath`],
        },
      ],
    },
  },
  {
    id: 'dynamic-item-path-exists',
    title: 'Value and title are properties of one choice.',
    why: 'Entries without text, or without a value, cannot be chosen.',
    remedy: 'Correct the paths, or describe the properties.',
    source: 'Swagger validator rules',
    official: 'InvokedOperationShouldProduceProperty',
    levels: 'W/W/W',
    on: onDynamic(choices, (use, report, connector) => {
      const item = itemOf(use, connector);
      if (item === undefined) return;
      const form = dynamicForms[use.kind === 'list' ? 'list' : 'values'];
      checkItemPath(use, item, form.value, connector, report);
      checkItemPath(use, item, form.title, connector, report);
    }),
    examples: {
      good: [{ name: 'an open item', ...answering(listOf({ type: 'object' })) }],
      bad: [
        {
          name: 'no name',
          ...answering(listOf({ type: 'object', properties: { id: { type: 'string' } } })),
          expect: [`${region}/x-ms-dynamic-values/value-title`, `${region}/x-ms-dynamic-list/itemTitlePath`],
        },
      ],
    },
  },
  ...(
    [
      [
        'dynamic-value-path-set',
        'value',
        'W/W/W',
        'A choice says where its value is.',
        'Without it the whole item is sent.',
      ],
      [
        'dynamic-value-title-set',
        'title',
        'I/I/I',
        'A choice says where its title is.',
        'Without it makers read the value instead of a name.',
      ],
    ] as const
  ).map(([id, part, levels, title, why]) => ({
    id,
    title,
    why,
    remedy: `Add ${dynamicForms.values[part]} (x-ms-dynamic-values) or ${dynamicForms.list[part]} (x-ms-dynamic-list).`,
    source: 'OpenAPI extensions',
    levels,
    on: onDynamic(choices, (use: DynamicUse, report: Report) => {
      const key = dynamicForms[use.kind === 'list' ? 'list' : 'values'][part];
      const path = own(use.value, key);
      if (path !== undefined && path !== '') return;
      report(use.place.at(key), `${use.name} has no ${key}; name the property of an item`);
    }),
    examples: {
      good: [{ name: 'both', ...inBody(regionValues, regionList) }],
      bad: [
        {
          name: 'neither',
          ...inBody({ operationId: 'ListRegions', parameters: {}, 'value-collection': 'items' }),
          expect: [`${bodyName}/x-ms-dynamic-values/${dynamicForms.values[part]}`],
        },
      ],
    },
  })),
  {
    id: 'dynamic-schema-path-exists',
    title: 'The path of the schema exists in what the called operation returns.',
    why: 'The designer shows no fields otherwise.',
    remedy: 'Correct value-path or itemValuePath, or describe the property.',
    source: 'Swagger validator rules',
    official: 'InvokedOperationShouldProduceProperty',
    levels: 'W/W/W',
    on: onDynamic(shapes, (use, report, connector) => {
      const key = dynamicForms[use.kind].value;
      const path = textOf(use.value, key);
      if (path === undefined || use.target === undefined || outputAt(connector, use.target, path) !== undefined) return;
      report(
        use.place.at(key),
        `${quote(path)} is not in what ${quote(use.target?.id)} returns; correct the path or the schema`,
      );
    }),
    examples: {
      good: [
        {
          name: 'it does',
          ...shaped({ 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items' } }),
        },
      ],
      bad: [
        {
          name: 'another name',
          ...shaped({ 'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'schema' } }),
          expect: [`${shape}/x-ms-dynamic-schema/value-path`],
        },
      ],
    },
  },
  {
    id: 'dynamic-properties-path-match',
    title: 'Both extensions of a dynamic schema point at the same schema.',
    why: 'The modern form names the schema itself, the older one may name its properties; otherwise clients differ.',
    remedy: 'Write value-path without a last "properties" into itemValuePath.',
    source: 'Swagger validator rules',
    official: 'DynamicPropertiesItemValuePathMismatch',
    levels: 'W/W/W',
    fix: 'safe',
    on: onDynamic(['properties'], (use, report) => {
      if (use.twin === undefined) return;
      const old = own(use.twin, 'value-path') ?? '';
      const now = own(use.value, 'itemValuePath') ?? '';
      if (typeof old !== 'string' || now === withoutProperties(old)) return;
      const at = use.place.at('itemValuePath');
      const right = withoutProperties(old);
      report(
        at,
        `itemValuePath ${quote(now)} must be ${quote(right)}, as value-path of x-ms-dynamic-schema is ${quote(old)}`,
        right === '' ? { op: 'remove', at } : { op: 'set', at, value: right },
      );
    }),
    examples: {
      good: [
        {
          name: 'without properties',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
          }),
        },
      ],
      bad: [
        {
          name: 'with properties',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': {
              operationId: 'ListRegions',
              parameters: {},
              itemValuePath: 'items/properties',
            },
          }),
          expect: [`${shape}/x-ms-dynamic-properties/itemValuePath`],
          fixed: shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
          }),
        },
      ],
    },
  },
  {
    id: 'dynamic-values-list-pair',
    title: 'x-ms-dynamic-values has x-ms-dynamic-list beside it.',
    why: 'Older clients know only the older one; the modern one is clearer and goes on being developed.',
    remedy: 'Add the modern one with the same meaning.',
    source: 'OpenAPI extensions',
    levels: 'I/I/I',
    fix: 'safe',
    on: onDynamic(['values'], checkPair),
    examples: {
      good: [
        { name: 'both', ...inBody(regionValues, regionList) },
        { name: 'the modern one alone', ...inBody(null, regionList) },
      ],
      bad: [
        {
          name: 'values alone',
          ...inBody(regionValues),
          expect: [`${bodyName}/x-ms-dynamic-values`],
          fixed: inBody(regionValues, regionList),
        },
      ],
    },
  },
  {
    id: 'dynamic-schema-properties-pair',
    title: 'x-ms-dynamic-schema has x-ms-dynamic-properties beside it.',
    why: 'Older clients know only the older one; the modern one is clearer and goes on being developed.',
    remedy: 'Add the modern one with the same meaning.',
    source: 'OpenAPI extensions',
    levels: 'I/I/I',
    fix: 'safe',
    on: onDynamic(['schema'], checkPair),
    examples: {
      good: [
        {
          name: 'both',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {} },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {} },
          }),
        },
      ],
      bad: [
        {
          name: 'schema alone',
          ...shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
          }),
          expect: [`${shape}/x-ms-dynamic-schema`],
          fixed: shaped({
            'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items/properties' },
            'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
          }),
        },
      ],
    },
  },
  {
    id: 'dynamic-target-internal',
    title: 'The operation behind a drop-down is internal.',
    why: 'Makers rarely want it as an action of its own; it only makes the list of actions longer.',
    remedy: 'Set x-ms-visibility to internal, unless makers use the operation, too.',
    source: 'OpenAPI extensions; published connectors',
    levels: 'I/I/I',
    // no fix: flows may already use the operation as an action
    on: onDynamic(all, ({ target }, report, connector) => {
      const reported = shownHelpers(connector);
      if (target?.visible !== true || reported.has(target)) return;
      reported.add(target);
      report(
        target.place.at('x-ms-visibility'),
        `${quote(target.id)} supplies choices or schemas; make it internal unless makers use it as an action`,
      );
    }),
    examples: {
      good: [{ name: 'internal', ...inBody(regionValues, regionList) }],
      bad: [
        {
          name: 'shown',
          definition: { paths: { '/regions': { get: { 'x-ms-visibility': 'advanced' } } } },
          expect: ['definition#/paths/~1regions/get/x-ms-visibility'],
        },
      ],
    },
  },
  {
    id: 'dynamic-tree-complete',
    title: 'A dynamic tree can be opened and browsed.',
    why: 'The picker calls "open" for the root and "browse" for each folder; only a folder can be the selected item.',
    remedy: 'Add the missing part; use selectedItemValuePath only in browse.',
    source: 'Swagger validator rules',
    levels: 'W/W/W',
    on: {
      keyword: {
        'x-ms-dynamic-tree': (node, report) => {
          const tree = node.value['x-ms-dynamic-tree'];
          const at = node.place.at('x-ms-dynamic-tree');
          for (const part of ['open', 'browse']) {
            if (!isObject(own(asObject(tree), part))) report(at.at(part), `the tree has no "${part}"; add it`);
          }
          const parameters = asObject(own(asObject(own(asObject(tree), 'open')), 'parameters'));
          for (const [name, value] of Object.entries(parameters)) {
            if (!isObject(value) || !Object.hasOwn(value, 'selectedItemValuePath')) continue;
            report(
              at.at('open', 'parameters', name, 'selectedItemValuePath'),
              'selectedItemValuePath has a meaning in "browse" only: nothing is selected when the tree opens; remove it',
            );
          }
        },
      },
    },
    examples: {
      good: [
        {
          name: 'open and browse',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-tree': {
                      settings: { canSelectParentNodes: false, canSelectLeafNodes: true },
                      open: { operationId: 'ListRegions', itemValuePath: 'id', itemTitlePath: 'name' },
                      browse: {
                        operationId: 'ListStations',
                        itemValuePath: 'id',
                        itemTitlePath: 'name',
                        parameters: { region: { selectedItemValuePath: 'id' } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      ],
      bad: [
        {
          name: 'a selected item at the root, nothing below',
          definition: {
            definitions: {
              Station: {
                properties: {
                  name: {
                    'x-ms-dynamic-tree': {
                      open: { operationId: 'ListRegions', parameters: { region: { selectedItemValuePath: 'id' } } },
                    },
                  },
                },
              },
            },
          },
          expect: [
            `${bodyName}/x-ms-dynamic-tree/browse`,
            `${bodyName}/x-ms-dynamic-tree/open/parameters/region/selectedItemValuePath`,
          ],
        },
      ],
    },
  },
]);
