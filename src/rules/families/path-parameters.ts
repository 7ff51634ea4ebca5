import { isPath, pathVariables, templateProblem } from '../../connector/facts/path-template.ts';
import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Operation, Parameter, PathItem, Schema } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import { listedParameters } from '../support/parameter-places.ts';

const isParameter = (node: Schema | Parameter): node is Parameter => 'operations' in node;

/** Path parameters that the path has no variable for. */
function reportStrangers(owner: Operation | PathItem, report: Report, connector: ConnectorModel): void {
  if (!isPath(owner.path)) return;
  let variables: string[] | undefined;
  const list = listedParameters(owner);
  for (let index = 0; index < list.length; index += 1) {
    const value = connector.deref(list[index]);
    if (getOwn(value, 'in') !== 'path') continue;
    const name = getOwn(value, 'name');
    variables ??= pathVariables(owner.path);
    if (typeof name !== 'string' || variables.includes(name)) continue;
    // what the variables of a broken template are, nobody knows
    if (templateProblem(owner.path) !== undefined) return;
    report(
      owner.place.at('parameters', index, 'name'),
      `the path ${quote(owner.path)} has no variable "{${name}}"; add it to the path, or remove the parameter`,
    );
  }
}

function reportMissing(operation: Operation, report: Report): void {
  if (!operation.path.includes('{')) return;
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const missing = pathVariables(operation.path).filter((name) => !inPath.some((parameter) => parameter.name === name));
  if (missing.length === 0 || templateProblem(operation.path) !== undefined) return;
  for (const name of new Set(missing)) {
    const lower = name.toLowerCase();
    const meant = inPath.find((parameter) => parameter.name.toLowerCase() === lower);
    const at = meant?.place.at('name');
    report(
      operation.place.at('parameters'),
      `the variable "{${name}}" of the path ${quote(operation.path)} has no path parameter; declare one of that name, "in": "path"`,
      // a parameter that several operations share may be right for the others
      at === undefined || meant?.operations.length !== 1 ? [] : { op: 'set', at, value: name },
    );
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
const stationId = (patch: JsonObject): JsonObject => ({
  name: 'stationId',
  in: 'path',
  required: true,
  type: 'string',
  'x-ms-summary': 'Station ID',
  description: 'Identifies the station.',
  'x-ms-url-encoding': 'single',
  ...patch,
});
/** The parameters of the operation that lists stations. */
const list = (...parameters: JsonObject[]): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { get: { parameters } } } },
});
/** The parameters of the operation that reads a station. */
const read = (...parameters: JsonObject[]): { definition: JsonObject } => ({
  definition: { paths: { '/stations/{stationId}': { get: { parameters } } } },
});
const listAt = (key: string): string => `definition#/paths/~1stations/get/parameters/${key}`;
const readAt = (key: string): string => `definition#/paths/~1stations~1{stationId}/get/parameters/${key}`;

const withoutEncoding = stationId({});
delete withoutEncoding['x-ms-url-encoding'];

/** Rules about the variables of paths, and how their values are encoded. */
export const family = defineFamily({ name: 'Path parameters', order: 150 }, [
  {
    id: 'path-parameter-defined',
    title: 'Every variable of a path has a path parameter.',
    why: "The platform fills the variable with the parameter's value.",
    remedy: 'Declare a parameter of exactly that name with "in": "path".',
    source: 'Swagger validator rules',
    official: 'OperationMissingPathParameter',
    severity: 'E/E/E',
    fix: 'safe',
    on: { operation: reportMissing },
    examples: {
      good: [
        {
          name: 'declared at the path',
          definition: {
            paths: { '/stations/{stationId}': { parameters: [stationId({})], get: { parameters: [] } } },
          },
        },
      ],
      bad: [
        { name: 'none', ...read(), expect: ['definition#/paths/~1stations~1{stationId}/get/parameters'] },
        {
          name: 'another case',
          ...read(stationId({ name: 'StationId' })),
          expect: ['definition#/paths/~1stations~1{stationId}/get/parameters'],
          fixed: read(stationId({})),
          implies: ['path-parameter-in-template'],
        },
      ],
    },
  },
  {
    id: 'path-parameter-in-template',
    title: 'Every path parameter is a variable of its path.',
    why: 'The platform would have nowhere to put its value.',
    remedy: 'Add "{name}" to the path, or send the parameter elsewhere.',
    source: 'Swagger validator rules',
    official: 'PathParameterNotDefinedInTemplate',
    severity: 'E/E/E',
    on: { pathItem: reportStrangers, operation: reportStrangers },
    examples: {
      good: [{ name: 'a variable', ...read(stationId({})) }],
      bad: [
        { name: 'no variable', ...list(stationId({})), expect: [listAt('0/name')] },
        {
          name: 'at the path',
          definition: { paths: { '/stations': { parameters: [stationId({})] } } },
          expect: ['definition#/paths/~1stations/parameters/0/name'],
        },
      ],
    },
  },
  {
    id: 'path-parameter-required',
    title: 'A path parameter is required.',
    why: 'Without a value there is no path.',
    remedy: 'Add "required": true.',
    source: 'Swagger validator rules',
    official: 'PathParameterMustBeRequired',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      parameter: (parameter, report) => {
        if (parameter.in !== 'path' || getOwn(parameter.value, 'required') === true) return;
        const at = parameter.place.at('required');
        report(at, `the path parameter ${quote(parameter.name)} must have "required": true`, {
          op: 'set',
          at,
          value: true,
        });
      },
    },
    examples: {
      good: [{ name: 'required', ...read(stationId({})) }],
      bad: [
        {
          name: 'optional',
          ...read(stationId({ required: false })),
          expect: [readAt('0/required')],
          fixed: read(stationId({})),
        },
      ],
    },
  },
  {
    id: 'path-parameter-encoding',
    title: 'A path parameter states its x-ms-url-encoding.',
    why: 'Values with "/", "?" or blanks break the path unless they are encoded.',
    remedy: 'Add "x-ms-url-encoding": "single", or "double" where values hold "/" or "%".',
    // The service looks at visible parameters only, as with texts.
    source: 'Swagger validator rules; pull request 1095',
    official: 'PathParameterMissingEncoding',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      parameter: (parameter, report) => {
        if (parameter.in !== 'path' || !parameter.visible) return;
        if (getOwn(parameter.value, 'x-ms-url-encoding') !== undefined) return;
        const at = parameter.place.at('x-ms-url-encoding');
        report(at, `the path parameter ${quote(parameter.name)} states no x-ms-url-encoding; add "single"`, {
          op: 'set',
          at,
          value: 'single',
        });
      },
    },
    examples: {
      good: [
        { name: 'double', ...read(stationId({ 'x-ms-url-encoding': 'double' })) },
        {
          name: 'an internal operation',
          definition: {
            paths: {
              '/stations/{stationId}': { get: { 'x-ms-visibility': 'internal', parameters: [withoutEncoding] } },
            },
          },
        },
      ],
      bad: [
        {
          name: 'none',
          ...read(withoutEncoding),
          expect: [readAt('0/x-ms-url-encoding')],
          fixed: read(stationId({})),
        },
      ],
    },
  },
  {
    id: 'url-encoding-value',
    title: 'x-ms-url-encoding is single or double.',
    why: 'The service refuses other values.',
    remedy: 'Write "single", or "double" where values hold "/" or "%".',
    source: 'OpenAPI extensions; published definition schema',
    severity: 'E/E/E',
    on: {
      keyword: {
        'x-ms-url-encoding': (node, report) => {
          const value = getOwn(node.value, 'x-ms-url-encoding');
          if (value === 'single' || value === 'double' || !isParameter(node)) return;
          report(
            node.place.at('x-ms-url-encoding'),
            `x-ms-url-encoding is ${quote(value)}; allowed are single and double`,
          );
        },
      },
    },
    examples: {
      good: [{ name: 'double', ...read(stationId({ 'x-ms-url-encoding': 'double' })) }],
      bad: [
        {
          name: 'triple',
          ...read(stationId({ 'x-ms-url-encoding': 'triple' })),
          expect: [readAt('0/x-ms-url-encoding')],
        },
      ],
    },
  },
  {
    id: 'url-encoding-path-only',
    title: 'x-ms-url-encoding is used at path parameters only.',
    why: 'Values of queries are always encoded once; elsewhere there is nothing to encode.',
    remedy: 'Remove x-ms-url-encoding.',
    source: 'OpenAPI extensions; swagger validator rules',
    official: 'QueryParameterEncodingNotSupported',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        'x-ms-url-encoding': (node, report) => {
          if (isParameter(node) && node.in === 'path') return;
          const at = node.place.at('x-ms-url-encoding');
          const where = isParameter(node) ? `${node.in} parameter ${quote(node.name)}` : 'schema';
          report(at, `the ${where} can't have x-ms-url-encoding, which is for path parameters; remove it`, {
            op: 'remove',
            at,
          });
        },
      },
    },
    examples: {
      good: [{ name: 'a path parameter', ...read(stationId({})) }],
      bad: [
        {
          name: 'a query',
          ...list(region({ 'x-ms-url-encoding': 'single' })),
          expect: [listAt('0/x-ms-url-encoding')],
          fixed: list(region({})),
        },
      ],
    },
  },
]);
