import { getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { isAscii } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Operation, Parameter, PathItem } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import { listedParameters, placeIn } from '../support/parameter-places.ts';
import { reportUnknownKeys } from '../support/unknown-keys.ts';

const positions: ReadonlySet<string> = new Set(['path', 'query', 'header', 'body', 'formData']);
const types: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'array', 'file']);

const parameterKeys: ReadonlySet<string> = new Set([
  'name',
  'in',
  'description',
  'required',
  'schema',
  'type',
  'format',
  'allowEmptyValue',
  'items',
  'collectionFormat',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
]);

/** A parameter that is not a body, as far as that is known. */
const isPlain = (parameter: Parameter): boolean => parameter.in !== 'body' && positions.has(parameter.in);

const isPayload = (parameter: Parameter): boolean => parameter.in === 'body' || parameter.in === 'formData';

function reportDuplicates(owner: Operation | PathItem, report: Report, connector: ConnectorModel): void {
  const list = listedParameters(owner);
  if (list.length < 2) return;
  const seen = new Set<string>();
  for (let index = 0; index < list.length; index += 1) {
    const value = connector.deref(list[index]);
    const name = getOwn(value, 'name');
    const position = getOwn(value, 'in');
    if (typeof name !== 'string' || typeof position !== 'string') continue;
    const key = `${position} ${name}`;
    if (seen.has(key)) {
      report(
        owner.place.at('parameters', index),
        `the ${position} parameter ${quote(name)} is there already; remove one of the two`,
      );
    }
    seen.add(key);
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
const body = (patch: JsonObject): JsonObject => ({
  name: 'body',
  in: 'body',
  required: true,
  schema: { $ref: '#/definitions/Station' },
  ...patch,
});
/** The parameters of the operation that lists stations. */
const list = (...parameters: JsonObject[]): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { get: { parameters } } } },
});
/** The parameters of the operation that creates a station. */
const create = (...parameters: JsonObject[]): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { post: { parameters } } } },
});
/** The parameters of the operation that reads a station. */
const read = (...parameters: JsonObject[]): { definition: JsonObject } => ({
  definition: { paths: { '/stations/{stationId}': { get: { parameters } } } },
});
const listAt = (key: string): string => `definition#/paths/~1stations/get/parameters/${key}`;
const createAt = (key: string): string => `definition#/paths/~1stations/post/parameters/${key}`;
const readAt = (key: string): string => `definition#/paths/~1stations~1{stationId}/get/parameters/${key}`;

/** Rules about the form of parameters: what OpenAPI 2.0 and the platform accept. */
export const family = defineFamily({ name: 'Parameters', order: 140 }, [
  {
    id: 'parameter-in',
    title: 'A parameter states where it is sent: path, query, header, body or formData.',
    why: 'Without it the platform can\'t build the request; "cookie" is OpenAPI 3.',
    remedy: 'Set "in" to one of the five.',
    source: 'OpenAPI 2.0, parameter object',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (positions.has(parameter.in)) return;
        const value = getOwn(parameter.value, 'in');
        report(
          parameter.place.at('in'),
          `${value === undefined ? 'the parameter has no "in"' : `"in" is ${quote(value)}`}; allowed are path, query, header, body and formData`,
        );
      },
    },
    examples: {
      good: [{ name: 'a header', ...list(region({ in: 'header' })) }],
      bad: [
        { name: 'a cookie', ...list(region({ in: 'cookie' })), expect: [listAt('0/in')] },
        {
          name: 'none',
          ...list({ name: 'region', type: 'string' }),
          expect: [listAt('0/in')],
          implies: ['parameter-summary-required', 'parameter-description-required'],
        },
      ],
    },
  },
  {
    id: 'parameter-name',
    title: 'A parameter has a name.',
    why: "Without it the platform can't build the request.",
    remedy: 'Set "name" to what the API expects.',
    source: 'OpenAPI 2.0, parameter object',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (parameter.name.trim() === '') {
          report(parameter.place.at('name'), 'the parameter has no name; set "name" to what the API expects');
        }
      },
    },
    examples: {
      good: [{ name: 'a name', ...list(region({ name: 'area' })) }],
      bad: [{ name: 'blank', ...list(region({ name: '' })), expect: [listAt('0/name')] }],
    },
  },
  {
    id: 'parameter-unknown-property',
    title: 'A parameter has only keys of OpenAPI 2.0 and extensions.',
    why: 'The service refuses what it doesn\'t know; "example", "style" and "content" are OpenAPI 3.',
    remedy: 'Remove the key, correct its spelling, or start its name with "x-".',
    source: 'Swagger validator rules',
    official: 'AdditionalPropertyNotAllowed',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      parameter: (parameter, report) => reportUnknownKeys(parameter, 'a parameter', parameterKeys, report, []),
    },
    examples: {
      good: [{ name: 'an extension', ...list(region({ 'x-note': 'two letters' })) }],
      bad: [
        { name: 'an example, as in OpenAPI 3', ...list(region({ example: 'north' })), expect: [listAt('0/example')] },
        {
          name: 'another case',
          ...list(region({ Default: 'north' })),
          expect: [listAt('0/Default')],
          fixed: list(region({ default: 'north' })),
        },
      ],
    },
  },
  {
    id: 'parameter-unique',
    title: 'An operation or a path declares each parameter once.',
    why: "Of two parameters with the same name and position the platform couldn't tell which counts.",
    remedy: 'Remove one of the two.',
    source: 'Swagger validator rules',
    official: 'OperationParametersContainDuplicateParameter',
    severity: 'E/E/E',
    on: {
      pathItem: reportDuplicates,
      operation: reportDuplicates,
    },
    examples: {
      good: [
        { name: 'the same name elsewhere', ...list(region({}), region({ in: 'header' })) },
        {
          name: 'an operation that replaces a parameter of its path',
          definition: {
            paths: { '/stations': { parameters: [region({ required: false })], get: { parameters: [region({})] } } },
          },
        },
      ],
      bad: [
        { name: 'twice', ...list(region({}), region({ type: 'integer' })), expect: [listAt('1')] },
        {
          name: 'through a reference',
          definition: {
            parameters: { Region: region({}) },
            paths: { '/stations': { get: { parameters: [region({}), { $ref: '#/parameters/Region' }] } } },
          },
          expect: [listAt('1')],
        },
        {
          name: 'twice at the path',
          definition: { paths: { '/stations': { parameters: [region({}), region({})] } } },
          expect: ['definition#/paths/~1stations/parameters/1'],
        },
      ],
    },
  },
  {
    id: 'parameter-type-required',
    title: "A parameter that isn't a body has a simple type.",
    why: 'The designer shows a field by its type, and only bodies can carry objects.',
    remedy: 'Set "type" to string, number, integer, boolean, array or file.',
    source: 'OpenAPI 2.0, parameter object; swagger validator rules',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        const type = getOwn(parameter.value, 'type');
        if (types.has(type) || !isPlain(parameter)) return;
        report(
          parameter.place.at('type'),
          `the ${parameter.in} parameter ${quote(parameter.name)} has ${type === undefined ? 'no type' : `the type ${quote(type)}`}; allowed are string, number, integer, boolean, array and file`,
        );
      },
    },
    examples: {
      good: [{ name: 'a number', ...list(region({ type: 'number' })) }],
      bad: [
        {
          name: 'none',
          ...list({ name: 'region', in: 'query', 'x-ms-summary': 'Region', description: 'Region to be read.' }),
          expect: [listAt('0/type')],
        },
        {
          name: 'an object',
          ...list(region({ type: 'object' })),
          expect: [listAt('0/type')],
        },
      ],
    },
  },
  {
    id: 'parameter-no-schema',
    title: 'Only body parameters have a schema.',
    why: 'Other parameters state their type beside their name; the service refuses a schema there.',
    remedy: 'Move type, format and the like out of "schema".',
    source: 'Swagger validator rules',
    official: 'NonBodyParameterSchemaNotValid',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (!isPlain(parameter) || getOwn(parameter.value, 'schema') === undefined) return;
        report(
          parameter.place.at('schema'),
          `the ${parameter.in} parameter ${quote(parameter.name)} has a schema, as in OpenAPI 3; put type and format beside its name`,
        );
      },
    },
    examples: {
      good: [{ name: 'a body', ...create(body({ schema: { $ref: '#/definitions/Station' } })) }],
      bad: [{ name: 'a query', ...list(region({ schema: { type: 'string' } })), expect: [listAt('0/schema')] }],
    },
  },
  {
    id: 'body-schema-required',
    title: 'A body parameter has a schema and no type.',
    why: 'The schema alone says what a body consists of.',
    remedy: 'Put the type into "schema".',
    source: 'Swagger validator rules',
    official: 'BodyParameterSchemaRequired',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (parameter.in !== 'body') return;
        if (!isObject(getOwn(parameter.value, 'schema'))) {
          report(
            parameter.place.at('schema'),
            `the body ${quote(parameter.name)} has no schema; say what it consists of`,
          );
        }
        if (getOwn(parameter.value, 'type') !== undefined) {
          report(parameter.place.at('type'), `the body ${quote(parameter.name)} has a type; put it into its schema`);
        }
      },
    },
    examples: {
      good: [{ name: 'a schema', ...create(body({})) }],
      bad: [
        { name: 'none', ...create({ name: 'body', in: 'body' }), expect: [createAt('0/schema')] },
        { name: 'a type', ...create(body({ type: 'object' })), expect: [createAt('0/type')] },
      ],
    },
  },
  {
    id: 'body-schema-not-empty',
    title: "The schema of a body isn't empty.",
    why: 'Makers see a bare text box and have to guess what belongs there.',
    remedy: 'Describe the properties of the body.',
    source: 'Certification policy',
    policy: '5000.2.4.6',
    severity: 'W/W/W',
    on: {
      parameter: (parameter, report) => {
        if (parameter.in !== 'body') return;
        const schema = getOwn(parameter.value, 'schema');
        if (!isObject(schema) || Object.keys(schema).length > 0) return;
        report(
          parameter.place.at('schema'),
          `the schema of the body ${quote(parameter.name)} is empty; describe the body`,
        );
      },
    },
    examples: {
      good: [{ name: 'a text', ...create(body({ schema: { type: 'string' }, 'x-ms-summary': 'Station' })) }],
      bad: [{ name: 'empty', ...create(body({ schema: {} })), expect: [createAt('0/schema')] }],
    },
  },
  {
    id: 'parameter-single-body',
    title: 'An operation has one body at most.',
    why: 'A request has one body; its parts are properties of one schema.',
    remedy: 'Put the parts into one schema.',
    source: 'Swagger validator rules',
    official: 'OperationParametersContainMultipleBodyParameters',
    severity: 'E/E/E',
    on: {
      operation: (operation, report, connector) => {
        let bodies = 0;
        for (const parameter of operation.parameters) {
          if (parameter.in !== 'body') continue;
          bodies += 1;
          if (bodies > 1) {
            report(
              placeIn(operation, parameter, connector),
              `the body ${quote(parameter.name)} isn't the first one; put both into one schema`,
            );
          }
        }
      },
    },
    examples: {
      good: [{ name: 'one body', ...create(body({})) }],
      bad: [{ name: 'two', ...create(body({}), body({ name: 'more' })), expect: [createAt('1')] }],
    },
  },
  {
    id: 'parameter-body-xor-form',
    title: 'An operation has a body or form fields, not both.',
    why: 'Form fields are the body of the request already.',
    remedy: "Put the fields into the body's schema, or the body's properties into form fields.",
    source: 'Swagger validator rules',
    official: 'ParameterListContainsFormDataAndBody',
    severity: 'E/E/E',
    on: {
      operation: (operation, report, connector) => {
        if (!operation.parameters.some((parameter) => parameter.in === 'body')) return;
        const field = operation.parameters.find((parameter) => parameter.in === 'formData');
        if (field === undefined) return;
        report(
          placeIn(operation, field, connector),
          `the operation has a body and the form field ${quote(field.name)}; use one of the two`,
        );
      },
    },
    examples: {
      good: [{ name: 'form fields only', ...create(region({ in: 'formData' })) }],
      bad: [
        { name: 'both', ...create(body({}), region({ in: 'formData' })), expect: [createAt('1')] },
        {
          name: 'a body of the path',
          definition: {
            paths: {
              '/stations/{stationId}': {
                parameters: [body({})],
                get: { parameters: [stationId({}), region({ in: 'formData' })] },
              },
            },
          },
          expect: [readAt('1')],
        },
      ],
    },
  },
  {
    id: 'fetch-no-body',
    title: 'A GET or HEAD operation sends no body and no form.',
    why: 'Such requests have no body. Custom code can turn them into a POST, which is why this is not an error.',
    remedy: 'Use query parameters, or another verb.',
    source: 'Swagger validator rules',
    official: 'BodyOrFormDataParameterInFetchOperationNotAllowed',
    severity: 'W/W/W',
    on: {
      operation: (operation, report, connector) => {
        if (operation.method !== 'get' && operation.method !== 'head') return;
        const payload = operation.parameters.find(isPayload);
        if (payload === undefined) return;
        report(
          placeIn(operation, payload, connector),
          `a ${operation.method.toUpperCase()} request can't send the ${payload.in} parameter ${quote(payload.name)}; use query parameters or another verb`,
        );
      },
    },
    examples: {
      good: [{ name: 'a body in a POST', ...create(body({})) }],
      bad: [{ name: 'a body in a GET', ...list(body({})), expect: [listAt('0')] }],
    },
  },
  {
    id: 'parameter-reserved-header',
    title: 'No header parameter is called Authorization.',
    why: 'The platform fills that header from the connection. Content-Type and Accept are published widely and allowed.',
    remedy: 'Remove the parameter and describe the authentication in securityDefinitions.',
    source: 'Swagger validator rules; published connectors',
    official: 'ReservedParameterIsUsed',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (parameter.in !== 'header' || parameter.name.trim().toLowerCase() !== 'authorization') return;
        report(
          parameter.place.at('name'),
          `the header ${quote(parameter.name)} is filled from the connection; remove the parameter`,
        );
      },
    },
    examples: {
      good: [{ name: 'Accept', ...list(region({ in: 'header', name: 'Accept' })) }],
      bad: [
        {
          name: 'Authorization',
          ...list(region({ in: 'header', name: 'authorization' })),
          expect: [listAt('0/name')],
        },
      ],
    },
  },
  {
    id: 'parameter-connection-id',
    title: 'No parameter is called connectionId.',
    why: 'The platform uses that name for the connection itself.',
    remedy: "Choose another name; a path parameter's name is free.",
    source: 'Swagger validator rules',
    official: 'ConnectionIdParameterNotAllowed',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (parameter.name !== 'connectionId') return;
        report(parameter.place.at('name'), 'no parameter may be called "connectionId"; choose another name');
      },
    },
    examples: {
      good: [{ name: 'another name', ...list(region({ name: 'connection' })) }],
      bad: [{ name: 'the reserved name', ...list(region({ name: 'connectionId' })), expect: [listAt('0/name')] }],
    },
  },
  {
    id: 'file-form-data',
    title: 'A parameter of type file is a form field.',
    why: 'Files are sent as parts of a form; elsewhere the service refuses the type.',
    remedy: 'Set "in": "formData", or send a body of type string, format binary.',
    source: 'Swagger validator rules',
    official: 'FileParameterMustBeInFormData',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (getOwn(parameter.value, 'type') !== 'file' || parameter.in === 'formData') return;
        report(
          parameter.place.at('type'),
          `the ${parameter.in} parameter ${quote(parameter.name)} can't be a file; only formData can`,
        );
      },
    },
    examples: {
      good: [{ name: 'a form field', ...create(region({ in: 'formData', type: 'file' })) }],
      bad: [{ name: 'a query', ...list(region({ type: 'file' })), expect: [listAt('0/type')] }],
    },
  },
  {
    id: 'form-name-ascii',
    title: 'Names of form fields are ASCII.',
    why: "Other characters don't survive in the headers of a form's parts.",
    remedy: 'Rename the field.',
    source: 'Swagger validator rules',
    official: 'InvalidFormDataParameterName',
    severity: 'E/E/E',
    on: {
      parameter: (parameter, report) => {
        if (parameter.in !== 'formData' || isAscii(parameter.name)) return;
        report(parameter.place.at('name'), `the name of the form field ${quote(parameter.name)} must be ASCII`);
      },
    },
    examples: {
      good: [{ name: 'ASCII', ...create(region({ in: 'formData' })) }],
      bad: [
        { name: 'an umlaut', ...create(region({ in: 'formData', name: 'h\u00f6he' })), expect: [createAt('0/name')] },
      ],
    },
  },
  {
    id: 'allow-empty-value',
    title: 'allowEmptyValue is used at query parameters and form fields only.',
    why: 'Elsewhere there is no such thing as a name without a value.',
    remedy: 'Remove allowEmptyValue.',
    source: 'Swagger validator rules',
    official: 'AllowEmptyValueOnlyValidForQueryFormData',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      keyword: {
        allowEmptyValue: (node, report) => {
          if (!('operations' in node) || node.in === 'query' || node.in === 'formData') return;
          const at = node.place.at('allowEmptyValue');
          report(at, `the ${node.in} parameter ${quote(node.name)} can't have allowEmptyValue; remove it`, {
            op: 'remove',
            at,
          });
        },
      },
    },
    examples: {
      good: [{ name: 'a query', ...list(region({ allowEmptyValue: true })) }],
      bad: [
        {
          name: 'a path parameter',
          ...read(stationId({ allowEmptyValue: true })),
          expect: [readAt('0/allowEmptyValue')],
          fixed: read(stationId({})),
        },
      ],
    },
  },
]);
