import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Operation } from '../engine/model.ts';
import { defineFamily } from '../engine/rule.ts';
import { proposedIds, renameToPascalCase } from '../support/operation-ids.ts';
import { isBlank } from '../support/texts.ts';
import { reportUnknownKeys } from '../support/unknown-keys.ts';

/** The id of an operation that has one. */
const idOf = (operation: Operation): string | undefined => (isBlank(operation.id) ? undefined : operation.id);

const operationKeys: ReadonlySet<string> = new Set([
  'tags',
  'summary',
  'description',
  'externalDocs',
  'operationId',
  'consumes',
  'produces',
  'parameters',
  'responses',
  'schemes',
  'deprecated',
  'security',
]);

/** The example's operation that reads one station, changed. */
const getStation = (patch: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations/{stationId}': { get: patch } } },
});
const at = (key: string): string => `definition#/paths/~1stations~1{stationId}/get/${key}`;

/** The two operations of the example that one policy names, under another id each. */
const renamed = (list: string): { definition: JsonObject; properties: JsonObject } => ({
  definition: { paths: { '/stations': { get: { operationId: list } } } },
  properties: {
    properties: {
      policyTemplateInstances: [
        {
          templateId: 'setheader',
          title: 'Set format version',
          parameters: {
            'x-ms-apimTemplateParameter.name': 'X-Format-Version',
            'x-ms-apimTemplateParameter.value': '2024-01-01',
            'x-ms-apimTemplateParameter.existsAction': 'override',
            'x-ms-apimTemplate-policySection': 'Request',
            'x-ms-apimTemplate-operationName': [list, 'GetStation'],
          },
        },
      ],
    },
  },
});
const listAt = 'definition#/paths/~1stations/get/operationId';

/** A rule about the characters of operation ids; the fix renames to PascalCase, which flows notice. */
const idShape = (
  rule: {
    id: string;
    title: string;
    why: string;
    remedy: string;
    source: string;
    severity: 'W/W/W' | 'I/W/W' | 'I/I/I';
    official?: string;
  },
  allowed: RegExp,
  says: string,
  good: string,
  bad: { id: string; fixed: string }[],
) => ({
  ...rule,
  fix: 'unsafe' as const,
  consequence: 'Makers add the operation to their flows and apps anew: they know it by its former id.',
  on: {
    operation: (
      operation: Operation,
      report: Parameters<typeof reportUnknownKeys>[3],
      connector: Parameters<typeof renameToPascalCase>[1],
    ) => {
      const id = idOf(operation);
      if (id === undefined || allowed.test(id)) return;
      report(
        operation.place.at('operationId'),
        `the operationId ${quote(id)} ${says}`,
        renameToPascalCase(operation, connector),
      );
    },
  },
  examples: {
    good: [{ name: good, ...renamed(good) }],
    bad: bad.map(({ id, fixed }) => ({ name: id, ...renamed(id), expect: [listAt], fixed: renamed(fixed) })),
  },
});

/** Rules about operations and their ids. */
export const family = defineFamily({ name: 'Operations', order: 120 }, [
  {
    id: 'operation-unknown-property',
    title: 'An operation has only keys of OpenAPI 2.0 and extensions.',
    why: 'The service refuses what it doesn\'t know; "requestBody" and "servers" are OpenAPI 3.',
    remedy: 'Remove the key, correct its spelling, or start its name with "x-".',
    source: 'Swagger validator rules',
    official: 'AdditionalPropertyNotAllowed',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      operation: (operation, report) =>
        reportUnknownKeys(operation, 'an operation', operationKeys, report, ['root', 'properties']),
    },
    examples: {
      good: [{ name: 'an extension and tags', ...getStation({ tags: ['stations'], 'x-note': 'one' }) }],
      bad: [
        {
          name: 'a request body, as in OpenAPI 3',
          ...getStation({ requestBody: {} }),
          expect: [at('requestBody')],
        },
        {
          name: 'another case',
          ...getStation({ Tags: ['stations'] }),
          expect: [at('Tags')],
          fixed: getStation({ tags: ['stations'] }),
        },
        {
          name: 'both cases',
          ...getStation({ Summary: 'Get station' }),
          expect: [at('Summary')],
        },
      ],
    },
  },
  {
    id: 'operation-id-required',
    title: 'An operation has an operationId.',
    why: 'Flows, apps, policies and custom code name the operation by it.',
    remedy: 'Give the operation an id in PascalCase, such as "GetStation".',
    source: 'Swagger validator rules',
    official: 'OperationIdRequired',
    severity: 'E/E/E',
    fix: 'unsafe',
    consequence: 'Makers find the operation from now on; nobody has used it before.',
    on: {
      operation: (operation, report, connector) => {
        if (idOf(operation) !== undefined) return;
        const place = operation.place.at('operationId');
        const value = proposedIds(connector).get(operation);
        report(
          place,
          `${operation.method.toUpperCase()} ${quote(operation.path)} has no operationId; give it one in PascalCase`,
          value === undefined ? [] : { op: 'set', at: place, value },
        );
      },
    },
    examples: {
      good: [{ name: 'an id', ...getStation({ operationId: 'ReadStation' }) }],
      bad: [
        {
          name: 'none',
          definition: { paths: { '/hooks/{hookId}': { delete: { operationId: null } } } },
          expect: ['definition#/paths/~1hooks~1{hookId}/delete/operationId'],
          fixed: { definition: { paths: { '/hooks/{hookId}': { delete: { operationId: 'DeleteHook' } } } } },
        },
        {
          name: 'blank, or a number',
          definition: {
            paths: { '/hooks/{hookId}': { delete: { operationId: ' ' } }, '/stations': { post: { operationId: 5 } } },
          },
          expect: [
            'definition#/paths/~1hooks~1{hookId}/delete/operationId',
            'definition#/paths/~1stations/post/operationId',
          ],
          fixed: {
            definition: {
              paths: {
                '/hooks/{hookId}': { delete: { operationId: 'DeleteHook' } },
                '/stations': { post: { operationId: 'CreateStation' } },
              },
            },
          },
        },
      ],
    },
  },
  {
    id: 'operation-id-unique',
    title: 'Operation ids differ in more than case.',
    why: "Flows, policies and custom code couldn't tell the operations apart.",
    remedy: 'Rename all but one.',
    source: 'Swagger validator rules',
    official: 'OperationIdNotUnique',
    severity: 'E/E/E',
    on: {
      connector: (connector, report) => {
        const known = new Map<string, string>();
        for (const operation of connector.operations) {
          const id = idOf(operation);
          if (id === undefined) continue;
          const first = known.get(id.toLowerCase());
          if (first === undefined) known.set(id.toLowerCase(), id);
          else {
            report(
              operation.place.at('operationId'),
              `the operationId ${quote(id)} is taken${first === id ? '' : ` by ${quote(first)}; case doesn't count`}; give this operation another one`,
            );
          }
        }
      },
    },
    examples: {
      good: [{ name: 'another id', ...getStation({ operationId: 'ReadStation' }) }],
      bad: [
        {
          name: 'another case',
          definition: { paths: { '/hooks/{hookId}': { delete: { operationId: 'getStation' } } } },
          expect: ['definition#/paths/~1hooks~1{hookId}/delete/operationId'],
        },
      ],
    },
  },
  idShape(
    {
      id: 'operation-id-charset',
      title: 'An operationId holds letters, digits, "_" and "-" only.',
      why: 'The platform rewrites other characters, so that flows and policies show another id than the definition.',
      remedy: 'Remove other characters.',
      source: 'Swagger validator rules',
      official: 'OperationIdSanitized',
      severity: 'W/W/W',
    },
    /^[A-Za-z0-9_-]+$/,
    'may hold letters, digits, "_" and "-" only',
    'Read-Stations',
    [
      { id: 'List stations', fixed: 'ListStations' },
      { id: 'stations.list', fixed: 'StationsList' },
    ],
  ),
  idShape(
    {
      id: 'operation-id-sanitized',
      title: 'An operationId holds letters, digits and "_" only.',
      why: 'The platform rewrites other characters, hyphens too, so that flows show another id than the definition.',
      remedy: 'Write the id without other characters.',
      source: 'Swagger validator rules',
      official: 'OperationIdSanitized',
      severity: 'I/W/W',
    },
    /^[A-Za-z0-9_]+$/,
    'is rewritten by the platform; letters, digits and "_" stay as they are',
    'Read_Stations',
    [{ id: 'list-stations', fixed: 'ListStations' }],
  ),
  idShape(
    {
      id: 'operation-id-pascal-case',
      title: 'An operationId is written in PascalCase, with a suffix such as "_V2" for a later revision.',
      why: 'Ids of one style are easy to read where they are shown: in flows, policies and custom code.',
      remedy: 'Start each word with a capital letter and leave out what separates them.',
      source: 'Coding standards (the string guidance says camelCase: the two pages disagree)',
      severity: 'I/I/I',
    },
    /^[A-Z][A-Za-z0-9]*(_[Vv]\d+)?$/,
    "isn't in PascalCase",
    'ListStations_V2',
    [
      { id: 'listStations', fixed: 'ListStations' },
      { id: 'stations_list', fixed: 'StationsList' },
    ],
  ),
  {
    id: 'operation-id-length',
    title: 'An operationId has at most 80 characters.',
    why: "The service has a limit that it doesn't publish; the longest published id has 77 characters.",
    remedy: 'Shorten the id.',
    source: 'Swagger validator rules; published connectors',
    official: 'OperationIdTooLong',
    severity: 'I/W/W',
    on: {
      operation: (operation, report) => {
        const { length } = operation.id;
        if (length <= 80) return;
        report(
          operation.place.at('operationId'),
          `the operationId ${quote(operation.id)} has ${length} characters; keep to 80`,
        );
      },
    },
    examples: {
      good: [{ name: '80 characters', ...getStation({ operationId: 'G'.repeat(80) }) }],
      bad: [{ name: '81 characters', ...getStation({ operationId: 'G'.repeat(81) }), expect: [at('operationId')] }],
    },
  },
  {
    id: 'operation-visibility-set',
    title: 'Every operation states its visibility.',
    why: 'The submission checklist asks for it; without it an operation is between important and advanced ones.',
    remedy: 'Add "x-ms-visibility": "important", "advanced" or "internal".',
    source: 'Certification submission guide; published connectors hardly ever do',
    severity: '-/I/I',
    on: {
      operation: (operation, report) => {
        if (getOwn(operation.value, 'x-ms-visibility') !== undefined) return;
        report(
          operation.place.at('x-ms-visibility'),
          'the operation states no x-ms-visibility; set important, advanced or internal',
        );
      },
    },
    examples: {
      good: [{ name: 'advanced', ...getStation({ 'x-ms-visibility': 'advanced' }) }],
      bad: [{ name: 'none', ...getStation({ 'x-ms-visibility': null }), expect: [at('x-ms-visibility')] }],
    },
  },
  {
    id: 'operation-not-all-internal',
    title: 'At least one operation is visible.',
    why: 'A connector whose operations are all internal offers makers nothing.',
    remedy: 'Make the operations that makers should use visible.',
    source: 'Published connectors',
    severity: 'W/W/W',
    on: {
      connector: (connector, report) => {
        if (connector.root === undefined || connector.operations.length === 0) return;
        if (connector.operations.some((operation) => operation.visible)) return;
        report(connector.root.at('paths'), 'every operation is internal, so makers see none; make some visible');
      },
    },
    examples: {
      good: [{ name: 'one visible operation', ...getStation({ 'x-ms-visibility': 'internal' }) }],
      bad: [
        {
          name: 'all internal',
          definition: {
            paths: {
              '/stations': { get: { 'x-ms-visibility': 'internal' }, post: { 'x-ms-visibility': 'internal' } },
              '/stations/{stationId}': { get: { 'x-ms-visibility': 'internal' } },
              '/hooks': { post: { 'x-ms-visibility': 'internal' } },
            },
          },
          expect: ['definition#/paths'],
        },
      ],
    },
  },
  {
    id: 'no-generic-test-boolean',
    title: 'x-ms-no-generic-test is true or false.',
    why: "Other values aren't understood.",
    remedy: 'Write true or false, without quotes.',
    source: 'Published definition schema',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      operation: (operation, report) => {
        const value = getOwn(operation.value, 'x-ms-no-generic-test');
        if (value === undefined || typeof value === 'boolean') return;
        const place = operation.place.at('x-ms-no-generic-test');
        const meant = typeof value === 'string' ? value.trim().toLowerCase() : '';
        report(
          place,
          `x-ms-no-generic-test is ${quote(value)}; it must be true or false`,
          meant === 'true' || meant === 'false' ? { op: 'set', at: place, value: meant === 'true' } : [],
        );
      },
    },
    examples: {
      good: [{ name: 'true', ...getStation({ 'x-ms-no-generic-test': true }) }],
      bad: [
        {
          name: 'a text',
          ...getStation({ 'x-ms-no-generic-test': 'True' }),
          expect: [at('x-ms-no-generic-test')],
          fixed: getStation({ 'x-ms-no-generic-test': true }),
        },
        {
          name: 'a number',
          ...getStation({ 'x-ms-no-generic-test': 1 }),
          expect: [at('x-ms-no-generic-test')],
        },
      ],
    },
  },
]);
