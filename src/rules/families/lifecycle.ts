import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';
import { defineFamily, type Fix, oncePerConnector, type Report } from '../engine/rule.ts';
import type { Visitor } from '../engine/visitor.ts';

/** An operation that says to which family of versions it belongs. */
interface Version {
  operation: Operation;
  annotation: JsonObject;
  family: string;
  /** Undefined when it isn't a whole number from 1 up. */
  revision: number | undefined;
  deprecated: boolean;
}

const annotationKey = 'x-ms-api-annotation';

const isRevision = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1;

/** The operations of each family, in document order. */
const families = oncePerConnector((connector) => {
  const found = new Map<string, Version[]>();
  for (const operation of connector.operations) {
    const annotation = getOwn(operation.value, annotationKey);
    if (!isObject(annotation)) continue;
    const family = getOwn(annotation, 'family');
    if (typeof family !== 'string' || family.trim() === '') continue;
    const revision = getOwn(annotation, 'revision');
    const version = {
      operation,
      annotation,
      family,
      revision: isRevision(revision) ? revision : undefined,
      deprecated: getOwn(operation.value, 'deprecated') === true,
    };
    const list = found.get(family) ?? [];
    list.push(version);
    found.set(family, list);
  }
  return found;
});

const onVersion = (check: (version: Version, family: Version[], report: Report) => void): Visitor => ({
  root: (_root, report, connector) => {
    for (const family of families(connector).values()) for (const version of family) check(version, family, report);
  },
});

const status = (annotation: Json | undefined): Json | undefined => getOwn(asObject(annotation), 'status');

/** The revision that is certainly meant: a number in quotes, the one in the name, or the first. */
function intendedRevision({ operation, annotation, family }: Version, versions: Version[]): number | undefined {
  const written = getOwn(annotation, 'revision');
  const named = /V(\d+)$/i.exec(operation.id)?.[1];
  let revision: number | undefined;
  if (typeof written === 'string') revision = Number(written);
  else if (named !== undefined) revision = Number(named);
  else if (operation.id === family || versions.length === 1) revision = 1;
  if (!isRevision(revision) || versions.some((other) => other.revision === revision)) return undefined;
  return revision;
}

const deprecatedMark = /\(deprecated\)/i;

/** Operations whose deprecation a text must tell. */
const checkMark = (key: 'summary' | 'description') => (operation: Operation, report: Report) => {
  if (getOwn(operation.value, 'deprecated') !== true || !operation.visible) return;
  const text = getOwn(operation.value, key);
  if (typeof text !== 'string' || text.trim() === '' || deprecatedMark.test(text)) return;
  const at = operation.place.at(key);
  const marked: Fix = { op: 'set', at, value: withMark(text) };
  report(
    at,
    `${quote(operation.id)} is deprecated, but its ${key} ${quote(text)} does not say "(deprecated)"; add it`,
    marked,
  );
};

/** The mark is before the full stop of a sentence. */
function withMark(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith('.') ? `${trimmed.slice(0, -1).trimEnd()} (deprecated).` : `${trimmed} (deprecated)`;
}

const manifestKey = 'x-ms-openai-manifest';

/** What a plugin manifest must say, and what the definition says anyway. */
const manifestTexts = [
  { key: 'humanName', from: ['info', 'title'], need: 'makers read it' },
  { key: 'modelDescription', from: undefined, need: 'the model chooses by it' },
  { key: 'legalUrl', from: undefined, need: 'it names the terms of use' },
  { key: 'contactEmail', from: ['info', 'contact', 'email'], need: 'users ask there' },
] as const;

function textAt(connector: ConnectorModel, path: readonly string[]): string | undefined {
  let value: Json | undefined = connector.definition;
  for (const key of path) value = getOwn(asObject(value), key);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

const annotated = (get: JsonObject | null, byId: JsonObject | null = null, more: JsonObject = {}) => ({
  definition: {
    ...more,
    paths: {
      '/regions': { get: { [annotationKey]: get } },
      '/stations/{stationId}': { get: { [annotationKey]: byId } },
    },
  },
});
const inRegions = (key: string): string => `definition#/paths/~1regions/get/${annotationKey}/${key}`;
const inStation = (key: string): string => `definition#/paths/~1stations~1{stationId}/get/${annotationKey}/${key}`;

const ofStations = (value: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { get: value } } },
});
const inStations = (key: string): string => `definition#/paths/~1stations/get/${key}`;

const manifest = {
  humanName: 'Contoso Weather',
  modelDescription: 'Reads weather stations.',
  legalUrl: 'https://www.contoso.com/terms',
  contactEmail: 'support@contoso.com',
} satisfies JsonObject;

/** Rules about versions of operations, their deprecation, and the extensions for assistants. */
export const family = defineFamily({ name: 'Versions, deprecation, AI', order: 300 }, [
  {
    id: 'annotation-family-revision',
    title: 'An operation of a family has a revision.',
    why: 'The designer shows the newest revision of each family.',
    remedy: 'Add "revision": a whole number from 1 up.',
    source: 'Operational versioning; Swagger validator rules',
    official: 'OperationRevisionEmpty',
    severity: 'W/W/W',
    fix: 'safe',
    on: onVersion((version, family, report) => {
      if (version.revision !== undefined) return;
      const at = version.operation.place.at(annotationKey, 'revision');
      const written = getOwn(version.annotation, 'revision');
      const right = intendedRevision(version, family);
      report(
        at,
        `${quote(version.operation.id)} of family ${quote(version.family)} ${written === undefined ? 'has no revision' : `has revision ${quote(written)}`}; it must be a whole number from 1 up`,
        right === undefined ? undefined : { op: 'set', at, value: right },
      );
    }),
    examples: {
      good: [{ name: 'the first', ...annotated({ family: 'ListRegions', revision: 1 }) }],
      bad: [
        {
          name: 'none',
          ...annotated({ family: 'ListRegions' }),
          expect: [inRegions('revision')],
          fixed: annotated({ family: 'ListRegions', revision: 1 }),
        },
        {
          name: 'a text',
          ...annotated({ family: 'ListRegions', revision: '1' }),
          expect: [inRegions('revision')],
          fixed: annotated({ family: 'ListRegions', revision: 1 }),
        },
      ],
    },
  },
  {
    id: 'annotation-unique-revisions',
    title: 'Each revision occurs once in its family.',
    why: 'Nobody can tell which of two operations is the newer one.',
    remedy: 'Count on.',
    source: 'Swagger validator rules',
    severity: 'E/E/E',
    on: onVersion((version, family, report) => {
      const first = family.find((other) => other.revision !== undefined && other.revision === version.revision);
      if (first === undefined || first === version) return;
      report(
        version.operation.place.at(annotationKey, 'revision'),
        `revision ${version.revision} of family ${quote(version.family)} is ${quote(first.operation.id)} already; count on`,
      );
    }),
    examples: {
      good: [
        {
          name: 'counted',
          ...annotated({ family: 'Read', revision: 1 }, { family: 'Read', revision: 2 }),
        },
      ],
      bad: [
        {
          name: 'the same twice',
          ...annotated({ family: 'Read', revision: 1 }, { family: 'Read', revision: 1 }),
          // in the order of the document
          expect: [inRegions('revision')],
        },
      ],
    },
  },
  {
    id: 'annotation-max-active',
    title: 'A family has at most two operations that are not deprecated, one of them in production.',
    why: 'Makers should choose between the proven and the next version, not among all that ever were.',
    remedy: 'Deprecate the older ones; give the newest the status Preview until it replaces the other.',
    source: 'Swagger validator rules',
    severity: 'W/W/W',
    on: onVersion((version, family, report) => {
      if (version !== family[0]) return;
      const active = family.filter(({ deprecated }) => !deprecated);
      const at = version.operation.place.at(annotationKey, 'family');
      const production = active.filter(({ annotation }) => status(annotation) === 'Production').length;
      if (active.length > 2) {
        report(
          at,
          `family ${quote(version.family)} has ${active.length} operations that are not deprecated; at most two may be, so deprecate the older ones`,
        );
      } else if (production > 1) {
        report(at, `family ${quote(version.family)} has ${production} operations in Production; only one may be`);
      }
    }),
    examples: {
      good: [
        {
          name: 'one of each',
          ...annotated(
            { family: 'Read', revision: 1, status: 'Production' },
            { family: 'Read', revision: 2, status: 'Preview' },
          ),
        },
      ],
      bad: [
        {
          name: 'both in production',
          ...annotated(
            { family: 'Read', revision: 1, status: 'Production' },
            { family: 'Read', revision: 2, status: 'Production' },
          ),
          expect: [inStation('family')],
        },
      ],
    },
  },
  {
    id: 'annotation-id-suffix',
    title: 'The id of a later revision ends in its number.',
    why: 'Ids are read in flows and in logs: the suffix tells the version.',
    remedy: 'Call the new operation like the first one with _V2, _V3, … at the end, before you publish it.',
    source: 'Swagger validator rules; operational versioning',
    official: 'OperationIdShouldEndWithRevision',
    severity: 'I/W/W',
    on: onVersion(({ operation, revision }, _family, report) => {
      if (revision === undefined || revision < 2 || operation.id === '') return;
      // published connectors write V2 as often as _V2
      if (operation.id.toLowerCase().endsWith(`v${revision}`)) return;
      report(
        operation.place.at('operationId'),
        `${quote(operation.id)} is revision ${revision} of its family; its id should end in "_V${revision}"`,
      );
    }),
    examples: {
      good: [
        {
          name: 'with its suffix',
          definition: {
            paths: {
              '/regions': {
                get: { [annotationKey]: { family: 'Read', revision: 1 } },
              },
              '/stations/{stationId}': {
                get: { operationId: 'GetStation_V2', [annotationKey]: { family: 'Read', revision: 2 } },
              },
            },
          },
        },
      ],
      bad: [
        {
          name: 'without',
          ...annotated(null, { family: 'GetStation', revision: 2 }),
          expect: ['definition#/paths/~1stations~1{stationId}/get/operationId'],
        },
      ],
    },
  },
  {
    id: 'annotation-status',
    title: 'No operation is in production before its connector is.',
    why: 'Makers would rely on an operation of a connector that may still change.',
    remedy: 'Set the status of info to Production, or that of the operation to Preview.',
    source: 'Swagger validator rules',
    official: 'OperationStatusAheadOfConnector',
    severity: 'I/W/W',
    on: {
      operation: (operation, report, connector) => {
        if (status(getOwn(operation.value, annotationKey)) !== 'Production') return;
        const whole = status(getOwn(asObject(getOwn(connector.definition, 'info')), annotationKey));
        if (whole === 'Production') return;
        report(
          operation.place.at(annotationKey, 'status'),
          `${quote(operation.id)} is in Production, but info ${whole === undefined ? 'states no status' : `says ${quote(whole)}`}; set info's ${annotationKey} to Production too, or this one to Preview`,
        );
      },
    },
    examples: {
      good: [
        {
          name: 'both',
          ...annotated({ status: 'Production' }, null, { info: { [annotationKey]: { status: 'Production' } } }),
        },
      ],
      bad: [
        {
          name: 'a connector in preview',
          ...annotated({ status: 'Production' }, null, { info: { [annotationKey]: { status: 'Preview' } } }),
          expect: [inRegions('status')],
        },
      ],
    },
  },
  {
    id: 'annotation-replacement',
    title: 'A replacement names an API and an operation, for a deprecated operation.',
    why: 'The designer offers it to makers whose flows use the old operation.',
    remedy: 'Write { "api": "…", "operationId": "…" } and mark the operation as deprecated.',
    source: 'Swagger validator rules',
    severity: 'E/E/E',
    on: {
      operation: (operation, report) => {
        const replacement = getOwn(asObject(getOwn(operation.value, annotationKey)), 'replacement');
        if (replacement === undefined) return;
        const at = operation.place.at(annotationKey, 'replacement');
        for (const key of ['api', 'operationId']) {
          const value = getOwn(asObject(replacement), key);
          if (typeof value === 'string' && value.trim() !== '') continue;
          report(at.at(key), `the replacement of ${quote(operation.id)} names no ${key}; add it`);
        }
        if (getOwn(operation.value, 'deprecated') !== true) {
          report(
            at,
            `${quote(operation.id)} has a replacement but is not deprecated; add "deprecated": true or remove it`,
          );
        }
      },
    },
    examples: {
      good: [
        {
          name: 'of a deprecated operation',
          definition: {
            paths: {
              '/regions': {
                get: {
                  deprecated: true,
                  [annotationKey]: { replacement: { api: 'contosoweather', operationId: 'ListStations' } },
                },
              },
            },
          },
        },
      ],
      bad: [
        {
          name: 'no API, not deprecated',
          ...annotated({ replacement: { operationId: 'ListStations' } }),
          expect: [inRegions('replacement/api'), inRegions('replacement')],
        },
      ],
    },
  },
  {
    id: 'deprecated-marked',
    title: 'The summary of a deprecated operation says so.',
    why: 'Makers see the summary when they choose an action.',
    remedy: 'Add "(deprecated)" to the summary.',
    source: 'Deprecate an operation',
    severity: 'I/W/W',
    fix: 'safe',
    on: { operation: checkMark('summary') },
    examples: {
      good: [{ name: 'marked', ...ofStations({ deprecated: true, summary: 'List stations (deprecated)' }) }],
      bad: [
        {
          name: 'not marked',
          ...ofStations({ deprecated: true }),
          expect: [inStations('summary')],
          fixed: ofStations({ deprecated: true, summary: 'List stations (deprecated)' }),
        },
      ],
    },
  },
  {
    id: 'deprecated-description',
    title: 'The description of a deprecated operation says so.',
    why: 'It is what the documentation of the connector shows.',
    remedy: 'Add "(deprecated)" to the description, and name the operation to use instead.',
    source: 'Deprecate an operation',
    severity: 'I/I/I',
    fix: 'safe',
    on: { operation: checkMark('description') },
    examples: {
      good: [
        { name: 'marked', ...ofStations({ deprecated: true, description: 'Returns the stations (deprecated).' }) },
      ],
      bad: [
        {
          name: 'not marked',
          ...ofStations({ deprecated: true, description: 'Returns the stations.' }),
          expect: [inStations('description')],
          fixed: ofStations({ deprecated: true, description: 'Returns the stations (deprecated).' }),
        },
      ],
    },
  },
  {
    id: 'deprecation-notice',
    title: 'Users are informed 30 days before an operation is deprecated.',
    why: 'Flows that use it must be changed in time.',
    remedy: 'Announce it in the connector’s documentation and to your customers 30 days ahead.',
    source: 'Deprecate an operation',
    severity: 'I/I/I',
    manual: true,
  },
  {
    id: 'ai-manifest-shape',
    title: 'A plugin manifest has a name, a description for the model, terms and a contact.',
    why: 'Assistants show the name and choose by the description; users need terms and a contact.',
    remedy: 'Fill in humanName, modelDescription, legalUrl and contactEmail.',
    source: 'Published connectors',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      root: (root, report, connector) => {
        const value = getOwn(root.value, manifestKey);
        if (value === undefined) return;
        const place = root.place.at(manifestKey);
        for (const { key, from, need } of manifestTexts) {
          const text = getOwn(asObject(value), key);
          if (typeof text === 'string' && text.trim() !== '') continue;
          const at = place.at(key);
          const known = from === undefined || !isObject(value) ? undefined : textAt(connector, from);
          report(
            at,
            `${manifestKey} has no ${key}: ${need}; add it`,
            known === undefined ? undefined : { op: 'set', at, value: known },
          );
        }
      },
    },
    examples: {
      good: [{ name: 'complete', definition: { [manifestKey]: manifest } }],
      bad: [
        {
          name: 'without a contact',
          definition: { [manifestKey]: { ...manifest, contactEmail: null } },
          expect: [`definition#/${manifestKey}/contactEmail`],
          fixed: { definition: { [manifestKey]: manifest } },
        },
        {
          name: 'without terms',
          definition: { [manifestKey]: { ...manifest, legalUrl: null } },
          expect: [`definition#/${manifestKey}/legalUrl`],
        },
      ],
    },
  },
  {
    id: 'ai-operation-data',
    title: 'x-ms-openai-data says by a boolean whether assistants may use the operation.',
    why: 'Other values leave the operation out.',
    remedy: 'Write { "openai-enabled": true }, with a list of operations where confirmations differ.',
    source: 'Published connectors',
    severity: 'W/W/W',
    on: {
      operation: (operation, report) => {
        const data = getOwn(operation.value, 'x-ms-openai-data');
        if (data === undefined) return;
        const at = operation.place.at('x-ms-openai-data');
        const enabled = getOwn(asObject(data), 'openai-enabled');
        if (typeof enabled !== 'boolean') {
          report(
            at.at('openai-enabled'),
            `openai-enabled is ${enabled === undefined ? 'missing' : quote(enabled)}; it must be true or false`,
          );
        }
        const operations = getOwn(asObject(data), 'operations');
        if (operations !== undefined && !Array.isArray(operations)) {
          report(
            at.at('operations'),
            `operations is ${quote(operations)}; it must be a list of objects with operationId`,
          );
        }
      },
    },
    examples: {
      good: [
        {
          name: 'a boolean and a list',
          ...ofStations({
            'x-ms-openai-data': {
              'openai-enabled': true,
              operations: [{ operationId: 'ListStations', 'x-ms-require-user-confirmation': false }],
            },
          }),
        },
      ],
      bad: [
        {
          name: 'a text, no list',
          ...ofStations({ 'x-ms-openai-data': { 'openai-enabled': 'true', operations: 'ListStations' } }),
          expect: [inStations('x-ms-openai-data/openai-enabled'), inStations('x-ms-openai-data/operations')],
        },
      ],
    },
  },
  {
    id: 'ai-schema-tolerance',
    title: 'Extensions for assistants pass although the published JSON schema rejects them.',
    why: 'The published schema of definitions is older than these extensions; it says nothing about whether they work.',
    remedy: 'Ignore what editors report about x-ms-openai-… keys by that schema.',
    source: 'Published definition schema; published connectors',
    severity: 'I/I/I',
    manual: true,
  },
]);
