import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import {
  type DynamicUse,
  dynamicForms,
  dynamicKinds,
  followPath,
  isBuiltIn,
  isFound,
  onDynamic,
  outputAt,
  type PathResult,
  resultSchema,
  stringAt,
} from '../support/dynamic-references.ts';
import { bodyName, inBody, region, regionList, regionValues, shape, shaped } from './dynamic-examples.ts';

const choices = ['values', 'list'] as const;

const shapes = ['schema', 'properties'] as const;

/** The array of choices in the answer of the called operation. */
function collectionOf(use: DynamicUse, connector: ConnectorModel): PathResult {
  return use.target === undefined ? 'open' : outputAt(connector, use.target, collectionPath(use));
}

const collectionKey = ({ kind }: DynamicUse): string => dynamicForms[kind === 'list' ? 'list' : 'values'].collection;

const collectionPath = (use: DynamicUse): string => stringAt(use.value, collectionKey(use)) ?? '';

function isArray(schema: JsonObject): boolean | undefined {
  const type = getOwn(schema, 'type');
  if (type === 'array' || (type === undefined && Object.hasOwn(schema, 'items'))) return true;
  if (type === undefined && !Object.hasOwn(schema, 'properties')) return undefined;
  return false;
}

/** The schema of one choice; undefined when it isn't described. */
function itemOf(use: DynamicUse, connector: ConnectorModel): JsonObject | undefined {
  const result = collectionOf(use, connector);
  if (!isFound(result) || isArray(result.schema) !== true) return undefined;
  const items = connector.deref(getOwn(result.schema, 'items'));
  return items === undefined || Object.keys(items).length === 0 ? undefined : items;
}

function checkItemPath(
  use: DynamicUse,
  item: JsonObject,
  key: string,
  connector: ConnectorModel,
  report: Report,
): void {
  const path = stringAt(use.value, key);
  if (path === undefined || path === '' || followPath(connector, item, path) !== undefined) return;
  report(
    use.place.at(key),
    `${key} ${quote(path)} is not a property of the items that ${quote(use.target?.id)} returns; correct the path or the schema`,
  );
}

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

/** Rules about what the called operation answers: where the choices, or the schema, are in it. */
export const family = defineFamily({ name: 'What dynamic calls answer', order: 260 }, [
  {
    id: 'dynamic-target-schema',
    title: 'The called operation describes what it returns.',
    why: 'Without a schema the platform cannot find the choices in the answer.',
    remedy: 'Add a schema to its success response.',
    source: 'Swagger validator rules',
    severity: 'W/W/W',
    on: onDynamic(dynamicKinds, (use, report) => {
      if (use.target === undefined || resultSchema(use.target) !== undefined) return;
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
    severity: 'W/W/W',
    on: onDynamic(choices, (use, report, connector) => {
      if (collectionOf(use, connector) !== undefined) return;
      report(
        use.place.at(collectionKey(use)),
        `${quote(collectionPath(use))} is not in what ${quote(use.target?.id)} returns; correct the path or the schema`,
      );
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
    severity: 'W/W/W',
    on: onDynamic(choices, (use, report, connector) => {
      const result = collectionOf(use, connector);
      if (!isFound(result) || isArray(result.schema) !== false) return;
      const path = collectionPath(use);
      report(
        use.place.at(collectionKey(use)),
        path === ''
          ? `what ${quote(use.target?.id)} returns is not an array; give the path of the array in it`
          : `${quote(path)} of ${quote(use.target?.id)} is not an array; point at the array of choices`,
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
    severity: 'W/W/W',
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
  ).map(([id, part, severity, title, why]) => ({
    id,
    title,
    why,
    remedy: `Add ${dynamicForms.values[part]} (x-ms-dynamic-values) or ${dynamicForms.list[part]} (x-ms-dynamic-list).`,
    source: 'OpenAPI extensions',
    severity,
    on: onDynamic(choices, (use: DynamicUse, report: Report) => {
      const key = dynamicForms[use.kind === 'list' ? 'list' : 'values'][part];
      const path = getOwn(use.value, key);
      if (path !== undefined && path !== '') return;
      // a picker of the platform shows the names itself (46 of 58 published ones give the value only)
      if (part === 'title' && isBuiltIn(use)) return;
      report(use.place.at(key), `${use.name} has no ${key}; name the property of an item`);
    }),
    examples: {
      good: [
        { name: 'both', ...inBody(regionValues, regionList) },
        { name: 'a file picker', ...inBody({ capability: 'file-picker', 'value-path': 'Path' }) },
      ],
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
    severity: 'W/W/W',
    on: onDynamic(shapes, (use, report, connector) => {
      const key = dynamicForms[use.kind].value;
      const path = stringAt(use.value, key);
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
]);
