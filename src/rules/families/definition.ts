import { asArray, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { swaggerKeys } from '../../connector/key-order.ts';
import { wrappedDefinition } from '../../connector/wrapped-definition.ts';
import { isToDo } from '../../language/to-do.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { smallDefinition, withText } from '../examples/small-definition.ts';
import { usedDefinitions } from '../support/definition-graph.ts';
import { schemaCounter } from '../support/schema-counts.ts';
import { isTemplateText } from '../support/texts.ts';
import { aroundDefinition, belongs } from '../support/where-it-belongs.ts';

const maxOperations = 256;
const maxBodySchemas = 512;
const maxOperationSchemas = 16_384;

const knownRootKeys: ReadonlySet<string> = new Set(swaggerKeys);
const rootKeyByLowerCase = new Map<string, string>(swaggerKeys.map((key) => [key.toLowerCase(), key]));

const openApiKeys = new Set(['openapi', 'servers', 'components', 'webhooks', 'jsonSchemaDialect']);

/** Texts of the definition that a scaffold leaves for the author to fill. */
function checkAuthorTexts({ value, place }: Located, report: Report): void {
  const check = (object: Json | undefined, at: Location, ...keys: string[]) => {
    for (const key of keys) {
      const text = getOwn(object, key);
      if (typeof text !== 'string' || !isTemplateText(text)) continue;
      report(at.at(key), `${quote(text)} is a placeholder of the template; write the real value`);
    }
  };
  const info = getOwn(value, 'info');
  check(info, place.at('info'), 'title', 'description');
  check(getOwn(info, 'contact'), place.at('info', 'contact'), 'name', 'url', 'email');
  check(value, place, 'host');
  asArray(getOwn(value, 'x-ms-connector-metadata')).forEach((entry, index) => {
    check(entry, place.at('x-ms-connector-metadata', index), 'propertyValue');
  });
}

const manyOperations = (count: number): JsonObject =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `/things${index}`,
      {
        get: {
          operationId: `GetThings${index}`,
          summary: `Get things ${index}`,
          description: `Returns the things of kind ${index}.`,
          responses: { 200: { description: 'Done.', schema: { type: 'string' } } },
        },
      },
    ]),
  );

const manyFields = (count: number, schema: Json): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, schema]));

const field = { type: 'string', 'x-ms-summary': 'Field', description: 'One field.' };

const stationBody = (count: number): JsonObject => ({
  paths: {
    '/stations': {
      post: {
        parameters: [
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: { type: 'object', properties: manyFields(count, field) },
          },
        ],
      },
    },
  },
});

const stationAnswer = (count: number): JsonObject => ({
  paths: {
    '/stations': {
      get: { responses: { 200: { description: 'The stations.', schema: { $ref: '#/definitions/Outer' } } } },
    },
  },
  definitions: {
    Outer: { type: 'object', properties: manyFields(count, { $ref: '#/definitions/Inner' }) },
    Inner: { type: 'object', properties: manyFields(count, field) },
  },
});

/** Texts that makers read and that the author meant to write later. */
const reportToDo =
  (key: string) =>
  ({ value, place }: Located, report: Report): void => {
    const text = getOwn(value, key);
    if (typeof text !== 'string' || !isToDo(text)) return;
    report(place.at(key), `${quote(text)} is still to be done; write the real text`);
  };
const toDoInSummary = reportToDo('summary');
const toDoInLabel = reportToDo('x-ms-summary');
const toDoInDescription = reportToDo('description');

/** A wrong version, another language, or none at all. */
function checkVersion(root: Located, report: Report): void {
  const wrapped = wrappedDefinition(root.value);
  if (wrapped !== undefined) {
    const at = root.place.at(...wrapped);
    report(
      at,
      `the definition lies deeper in the file, at ${quote(at.pointer())}; make it the whole content of the file`,
    );
    return;
  }
  const version = getOwn(root.value, 'swagger');
  if (version === '2.0') return;
  const openapi = getOwn(root.value, 'openapi');
  const message =
    version !== undefined
      ? `the version of Swagger is ${quote(version)}; it must be the text "2.0"`
      : typeof openapi === 'string'
        ? `this is OpenAPI ${quote(openapi)}; connectors need Swagger 2.0, convert it with: pp-connector import FILE`
        : 'there is no "swagger"; add "swagger": "2.0"';
  report(root.place.at('swagger'), message);
}

/** Rules about the definition as a whole. */
export const family = defineFamily({ name: 'The definition as a whole', order: 20 }, [
  {
    id: 'swagger-version',
    title: 'The definition is Swagger 2.0.',
    why: 'Custom connectors are defined in Swagger 2.0 (OpenAPI 2.0) and in nothing else.',
    remedy: 'Write "swagger": "2.0"; convert OpenAPI 3 with: pp-connector import FILE',
    source: 'Certification validator rules; certification policy',
    official: 'SpecificationVersionIncorrect',
    policy: '5000.2.6.3',
    severity: 'E/E/E',
    on: {
      root: checkVersion,
      unsupported: checkVersion,
    },
    examples: {
      good: [{ name: 'the text 2.0', definition: { swagger: '2.0' } }],
      bad: [
        { name: 'a number', definition: { swagger: 2 }, expect: ['definition#/swagger'] },
        { name: 'missing', definition: { swagger: null }, expect: ['definition#/swagger'] },
        {
          name: 'wrapped, as in a template of Azure Resource Manager',
          ...withText(`{ "resources": [{ "properties": { "swagger": ${smallDefinition} } }] }`),
          expect: ['definition#/resources/0/properties/swagger'],
        },
        {
          name: 'OpenAPI 3',
          definition: { swagger: null, openapi: '3.0.3' },
          expect: ['definition#/swagger'],
          implies: ['root-unknown-property'],
        },
      ],
    },
  },
  {
    id: 'root-unknown-property',
    title: 'The definition has only the parts of Swagger 2.0 and extensions that start with x-.',
    why: 'The service refuses what it does not know, and a misspelled part has no effect.',
    remedy: 'Correct the spelling, or move the part to where it belongs.',
    source: 'Certification validator rules',
    official: 'ExtensionNameNotValid',
    policy: '5000.2.6.2',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        for (const key in root.value) {
          if (knownRootKeys.has(key) || key.startsWith('x-')) continue;
          const at = root.place.at(key);
          const meant = rootKeyByLowerCase.get(key.toLowerCase());
          if (meant !== undefined) {
            const free = getOwn(root.value, meant) === undefined;
            report(
              at,
              `${quote(key)} has no effect; write ${quote(meant)}`,
              free ? { op: 'rename', at, to: meant } : [],
            );
          } else if (key.startsWith('/')) {
            report(at, `the path ${quote(key)} is beside "paths"; move it into "paths"`);
          } else if (openApiKeys.has(key)) {
            report(
              at,
              `${quote(key)} belongs to OpenAPI 3, not to Swagger 2.0; convert with: pp-connector import FILE`,
            );
          } else {
            const remark = belongs(key, aroundDefinition);
            report(
              at,
              remark ?? `${quote(key)} is not part of Swagger 2.0; remove it, or let its name start with "x-"`,
            );
          }
        }
      },
    },
    examples: {
      good: [{ name: 'an extension', definition: { 'x-made-by': 'Contoso' } }],
      bad: [
        {
          name: 'lower case',
          definition: { basePath: null, basepath: '/v1' },
          expect: ['definition#/basepath'],
          fixed: { definition: { basePath: '/v1' } },
        },
        {
          name: 'what belongs into the other file',
          definition: { scriptOperations: [] },
          expect: ['definition#/scriptOperations'],
        },
        { name: 'servers', definition: { servers: [] }, expect: ['definition#/servers'] },
        { name: 'a path beside paths', definition: { '/winds': {} }, expect: ['definition#/~1winds'] },
      ],
    },
  },
  {
    id: 'root-empty-section',
    title: 'The definition has no empty definitions, parameters or responses.',
    why: 'The submission guide asks to remove what is empty.',
    remedy: 'Remove the empty object.',
    source: 'Certification submission guide',
    severity: '-/I/I',
    fix: 'safe',
    on: {
      root: (root, report) => {
        for (const key of ['definitions', 'parameters', 'responses']) {
          const section = getOwn(root.value, key);
          if (!isObject(section) || Object.keys(section).length > 0) continue;
          const at = root.place.at(key);
          report(at, `${quote(key)} is empty; remove it`, { op: 'remove', at });
        }
      },
    },
    examples: {
      good: [{ name: 'no shared parameters', definition: {} }],
      bad: [
        {
          name: 'two empty objects',
          definition: { parameters: {}, responses: {} },
          expect: ['definition#/parameters', 'definition#/responses'],
          fixed: { definition: {} },
        },
      ],
    },
  },
  {
    id: 'paths-not-empty',
    title: 'The connector has at least one operation.',
    why: 'A connector without operations can do nothing.',
    remedy: 'Add a path with an operation.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.4.5',
    severity: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        if (connector.operations.length > 0) return;
        report(root.place.at('paths'), 'there is no operation; add a path with at least one');
      },
    },
    examples: {
      good: [{ name: 'several operations', definition: {} }],
      bad: [
        {
          name: 'no paths',
          ...withText(smallDefinition.replace(/"paths": \{[\s\S]*?\n {4}\},/, '"paths": {},')),
          expect: ['definition#/paths'],
        },
      ],
    },
  },
  {
    id: 'definitions-unused',
    title: 'Every definition is used by some operation.',
    why: 'Unused definitions only count against the size limits.',
    remedy: 'Remove the definition.',
    source: 'Practice of published connectors',
    severity: 'I/I/I',
    fix: 'safe',
    on: {
      root: (root, report, connector) => {
        const definitions = getOwn(root.value, 'definitions');
        if (!isObject(definitions)) return;
        const section = root.place.at('definitions');
        const used = usedDefinitions(connector);
        const unused = Object.keys(definitions).filter((name) => !used.has(name));
        const all = unused.length === Object.keys(definitions).length;
        for (const name of unused) {
          const at = section.at(name);
          report(at, `no operation uses the definition ${quote(name)}; remove it`, {
            op: 'remove',
            // an empty section would be the next finding
            at: all ? section : at,
          });
        }
      },
    },
    examples: {
      good: [
        {
          name: 'used through another one',
          definition: {
            definitions: {
              Station: { properties: { region: { $ref: '#/definitions/Region' } } },
              Region: { type: 'object', properties: { id: field } },
            },
          },
        },
      ],
      bad: [
        {
          name: 'two that only use each other',
          definition: {
            definitions: {
              Wind: { type: 'object', properties: { gust: { $ref: '#/definitions/Gust' } } },
              Gust: { type: 'object', properties: { wind: { $ref: '#/definitions/Wind' } } },
            },
          },
          expect: ['definition#/definitions/Wind', 'definition#/definitions/Gust'],
          fixed: { definition: {} },
        },
        {
          name: 'the only one',
          ...withText(
            smallDefinition.replace('"paths"', '"definitions": { "Wind": { "type": "object" } },\n    "paths"'),
          ),
          expect: ['definition#/definitions/Wind'],
          fixed: withText(smallDefinition),
        },
      ],
    },
  },
  {
    id: 'placeholder-values',
    title: 'Nothing is left of the template that the definition started from.',
    why: 'Sample sentences and blanks to be filled in are shown to makers, and reviewers send the connector back.',
    remedy: 'Write the real value.',
    source: "The repository's connector templates",
    severity: 'W/E/E',
    on: {
      root: checkAuthorTexts,
      operation: (operation, report) => {
        toDoInSummary(operation, report);
        toDoInDescription(operation, report);
      },
      keyword: { 'x-ms-summary': toDoInLabel, description: toDoInDescription },
    },
    examples: {
      good: [
        {
          name: 'the word in a sentence',
          definition: { info: { description: 'Keeps your list of TODO items in step with Contoso.' } },
        },
      ],
      bad: [
        {
          name: 'something to do',
          definition: { info: { description: 'TODO: say what the connector does for people.' } },
          expect: ['definition#/info/description'],
        },
        {
          name: 'something to do, of an operation and a property',
          definition: {
            paths: { '/stations': { get: { description: 'TODO: describe what it returns.' } } },
            definitions: { Station: { properties: { name: { description: 'The name. TODO: its length.' } } } },
          },
          expect: [
            'definition#/paths/~1stations/get/description',
            'definition#/definitions/Station/properties/name/description',
          ],
        },
        {
          name: 'underscores',
          definition: { info: { contact: { name: '________' } } },
          expect: ['definition#/info/contact/name'],
        },
        {
          name: 'the sample sentence',
          definition: {
            info: { description: 'Short description of the connecting service, between 30 and 500 characters.' },
          },
          expect: ['definition#/info/description'],
        },
      ],
    },
  },
  {
    id: 'operations-max',
    title: `The connector has at most ${maxOperations} operations.`,
    why: 'The service refuses more.',
    remedy: 'Leave out operations that nobody needs, or split the connector.',
    source: 'FAQ; certification validator rules',
    official: 'TotalOperationsCountExceedsMaxAllowed',
    severity: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        const count = connector.operations.length;
        if (count <= maxOperations) return;
        report(root.place.at('paths'), `there are ${count} operations; at most ${maxOperations} are allowed`);
      },
    },
    examples: {
      good: [{ name: 'a handful', definition: {} }],
      bad: [{ name: 'too many', definition: { paths: manyOperations(maxOperations) }, expect: ['definition#/paths'] }],
    },
  },
  {
    id: 'body-schema-count-max',
    title: `A body holds at most ${maxBodySchemas} schemas, references followed.`,
    why: 'The service refuses more.',
    remedy: 'Leave out properties, or describe deep parts as free objects.',
    source: 'FAQ; certification validator rules',
    official: 'BodySchemaCountExceedsMaxAllowed',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report, connector) => {
        if (parameter.in !== 'body') return;
        const count = schemaCounter(connector).count(getOwn(parameter.value, 'schema'));
        if (count <= maxBodySchemas) return;
        report(
          parameter.place.at('schema'),
          `the body holds ${count} schemas, references followed; at most ${maxBodySchemas} are allowed`,
        );
      },
    },
    examples: {
      good: [{ name: 'as many as are allowed', definition: stationBody(maxBodySchemas - 1) }],
      bad: [
        {
          name: 'one too many',
          definition: stationBody(maxBodySchemas),
          expect: ['definition#/paths/~1stations/post/parameters/0/schema'],
        },
      ],
    },
  },
  {
    id: 'operation-schema-count-max',
    title: `An operation holds at most ${maxOperationSchemas} schemas, references followed.`,
    why: 'The service refuses more.',
    remedy: 'Leave out properties, or describe deep parts as free objects.',
    source: 'FAQ; certification validator rules',
    official: 'OperationSchemaCountExceedsMaxAllowed',
    severity: 'E/E/E',
    on: {
      operation: (operation, report, connector) => {
        const counter = schemaCounter(connector);
        let count = 0;
        for (const parameter of operation.parameters) count += counter.count(getOwn(parameter.value, 'schema'));
        for (const response of operation.responses) count += counter.count(getOwn(response.value, 'schema'));
        if (count <= maxOperationSchemas) return;
        report(
          operation.place,
          `the operation holds ${count} schemas, references followed; at most ${maxOperationSchemas} are allowed`,
        );
      },
    },
    examples: {
      good: [{ name: 'a shared definition, used often', definition: stationAnswer(100) }],
      bad: [
        {
          name: 'every field has many fields',
          definition: stationAnswer(130),
          expect: ['definition#/paths/~1stations/get'],
        },
      ],
    },
  },
]);
