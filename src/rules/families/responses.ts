import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Operation, OperationResponse } from '../engine/model.ts';
import { defineFamily } from '../engine/rule.ts';
import { isAgentTool } from '../support/agent-tools.ts';
import { isSuccess } from '../support/input-output-schemas.ts';
import { notificationUrls } from '../support/notification-urls.ts';
import { reportUnknownKeys } from '../support/unknown-keys.ts';

const isExtension = (code: string): boolean => code.startsWith('x-');

/** The responses of an operation, without the extensions beside them. */
const answers = (operation: Operation): OperationResponse[] =>
  operation.responses.filter((response) => !isExtension(response.code));

const hasSchema = (response: OperationResponse): boolean => getOwn(response.value, 'schema') !== undefined;

const isReference = (operation: Operation, { code }: OperationResponse): boolean =>
  getOwn(asObject(getOwn(asObject(getOwn(operation.value, 'responses')), code)), '$ref') !== undefined;

/** Where the schema of a response is, or the reference that leads there. */
const schemaPlace = (operation: Operation, response: OperationResponse): Location =>
  isReference(operation, response) ? response.place : response.place.at('schema');

/** Reason phrases of RFC 9110; not from `node:http`, which would take longer to load than all rules to run. */
const reasonPhrases: Readonly<Record<string, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** A plain description of a code. */
const standardDescription = (code: string): string | undefined =>
  code === 'default' ? 'Default response' : getOwn(reasonPhrases, code)?.toString();

const responseKeys: ReadonlySet<string> = new Set(['description', 'schema', 'headers', 'examples']);

/** Whether makers get anything out of an object: properties that are known now or when the flow is made. */
function hasContent(schema: JsonObject): boolean {
  const properties = getOwn(schema, 'properties');
  if (isObject(properties)) for (const _ in properties) return true;
  return (
    (getOwn(schema, 'additionalProperties') ?? false) !== false ||
    getOwn(schema, 'allOf') !== undefined ||
    getOwn(schema, 'x-ms-dynamic-schema') !== undefined ||
    getOwn(schema, 'x-ms-dynamic-properties') !== undefined
  );
}

/** What an operation returns doesn't come in its response: a notification does, or a server tells it. */
const hasNoAnswer = (operation: Operation, connector: ConnectorModel): boolean =>
  operation.webhook ||
  isAgentTool(operation) ||
  (getOwn(operation.pathItem.value, 'x-ms-notification-content') !== undefined &&
    notificationUrls(operation, connector).length > 0);

/** The MIME types that an operation produces, without their parameters; undefined when nothing says so. */
function producedBy(operation: Operation, connector: ConnectorModel): string[] | undefined {
  const types = getOwn(operation.value, 'produces') ?? getOwn(connector.definition, 'produces');
  return Array.isArray(types) && types.length > 0 ? types.map(mimeType) : undefined;
}

const mimeType = (type: Json): string => String(type).split(';', 1).join('').trim().toLowerCase();

/** The responses of the operation that reads one station, changed. */
const read = (responses: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations/{stationId}': { get: { responses } } } },
});
/** The only responses of that operation. */
const readOnly = (responses: JsonObject): { definition: JsonObject } => read({ 200: null, 404: null, ...responses });
const at = (...keys: string[]): string =>
  ['definition#/paths/~1stations~1{stationId}/get/responses', ...keys].join('/');

const station: JsonObject = { $ref: '#/definitions/Station' };
const said = { description: 'The station.' };

/** Rules about what operations answer. */
export const family = defineFamily({ name: 'Responses', order: 180 }, [
  {
    id: 'responses-required',
    title: 'An operation has at least one response.',
    why: 'Certification refuses the operation. The service itself deploys it: the maker portal writes an empty list for an MCP server.',
    remedy: 'Add the response of success, with a description.',
    source: 'Swagger validator rules; certification policy; mcsmcp issue 16 (June 2025)',
    official: 'OperationMustHaveResponse',
    policy: '5000.2.4.5',
    severity: 'W/E/E',
    fix: 'safe',
    on: {
      operation: (operation, report) => {
        const responses = getOwn(operation.value, 'responses');
        for (const code in asObject(responses)) if (!isExtension(code)) return;
        const at = operation.place.at('responses');
        const success = { description: reasonPhrases[200] ?? '' };
        report(
          at,
          `${quote(operation.id)} has no responses; add the one of success with a description`,
          isObject(responses) && Object.keys(responses).length > 0
            ? { op: 'set', at: at.at('200'), value: success }
            : { op: 'set', at, value: { 200: success } },
        );
      },
    },
    examples: {
      good: [{ name: 'one', ...read({ 404: null }) }],
      bad: [
        {
          name: 'an empty list',
          ...readOnly({}),
          expect: [at()],
          fixed: read({ 200: { description: 'OK', schema: null }, 404: null }),
        },
        {
          name: 'none',
          definition: { paths: { '/stations/{stationId}': { get: { responses: null } } } },
          expect: [at()],
        },
        { name: 'an extension only', ...readOnly({ 'x-note': 'none yet' }), expect: [at()] },
      ],
    },
  },
  {
    id: 'response-code',
    title: 'Responses are called by a three-digit HTTP code, or default.',
    why: 'The service refuses other names; "2XX" is OpenAPI 3.',
    remedy: 'Name the code.',
    source: 'Swagger validator rules',
    official: 'ResponseMustBeDefaultOrHttpStatusCode',
    severity: 'E/E/E',
    on: {
      operation: (operation, report) => {
        for (const code in asObject(getOwn(operation.value, 'responses'))) {
          if (code === 'default' || isExtension(code) || (code.length === 3 && /^[1-5]\d\d$/.test(code))) continue;
          report(
            operation.place.at('responses', code),
            `"${code}" is not an HTTP code; a response is called by three digits, such as 200, or default`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'default beside a code', ...read({ default: { description: 'A failure.' } }) }],
      bad: [{ name: 'a range', ...read({ '4XX': { description: 'A failure.' } }), expect: [at('4XX')] }],
    },
  },
  {
    id: 'response-description',
    title: 'A response has a description.',
    why: 'OpenAPI 2.0 requires it.',
    remedy: 'Say what comes back, or use the standard words of the code.',
    source: 'OpenAPI 2.0, response object',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      response: (response, report) => {
        if (typeof getOwn(response.value, 'description') === 'string') return;
        if (response.operation !== undefined && isExtension(response.code)) return;
        const place = response.place.at('description');
        report(place, `the response ${quote(response.code)} has no description; say what comes back`, {
          op: 'set',
          at: place,
          value: standardDescription(response.code) ?? 'Response',
        });
      },
    },
    examples: {
      good: [{ name: 'a word', ...read({ 404: { description: 'Nothing' } }) }],
      bad: [
        {
          name: 'none',
          ...read({ 404: { description: null } }),
          expect: [at('404', 'description')],
          fixed: read({ 404: { description: 'Not Found' } }),
        },
        {
          name: 'none, of a shared response',
          definition: { responses: { Nothing: { headers: {} } } },
          expect: ['definition#/responses/Nothing/description'],
          fixed: { definition: { responses: { Nothing: { headers: {}, description: 'Response' } } } },
        },
      ],
    },
  },
  {
    id: 'response-description-not-blank',
    title: "The description of a response isn't blank.",
    why: 'A required text that says nothing is none.',
    remedy: 'Say what comes back, or use the standard words of the code.',
    source: 'Swagger validator rules',
    official: 'RequiredValueEmpty',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      response: (response, report) => {
        const text = getOwn(response.value, 'description');
        if (typeof text !== 'string' || text.trim() !== '') return;
        const place = response.place.at('description');
        const value = standardDescription(response.code);
        report(
          place,
          `the description of the response ${quote(response.code)} is blank; say what comes back`,
          value === undefined ? [] : { op: 'set', at: place, value },
        );
      },
    },
    examples: {
      good: [{ name: 'a word', ...read({ 404: { description: 'Nothing' } }) }],
      bad: [
        {
          name: 'blank',
          ...read({ 200: { description: '' }, 404: { description: ' ' } }),
          expect: [at('200', 'description'), at('404', 'description')],
          fixed: read({ 200: { description: 'OK' }, 404: { description: 'Not Found' } }),
        },
        {
          name: 'blank, of a shared response',
          definition: { responses: { Nothing: { description: '' } } },
          expect: ['definition#/responses/Nothing/description'],
        },
      ],
    },
  },
  {
    id: 'response-success-required',
    title: 'An operation has a response of success, 2xx.',
    why: 'The designer takes from it what the action returns.',
    remedy: 'Name the code that the API answers with.',
    source: 'Swagger validator rules; coding standards',
    official: 'OperationShouldHaveSuccessfulResponse',
    // No fix: whether a lone default stands for 200, 201 or 202 is the API's to say.
    severity: 'W/W/W',
    on: {
      operation: (operation, report) => {
        const list = answers(operation);
        // no responses at all are an error of their own
        if (list.length === 0 || list.some((response) => isSuccess(response.code))) return;
        report(
          operation.place.at('responses'),
          `${quote(operation.id)} has no response of success; add the 2xx code that the API answers with`,
        );
      },
    },
    examples: {
      good: [{ name: 'accepted', ...readOnly({ 202: { description: 'It is on its way.' } }) }],
      bad: [
        {
          name: 'default only',
          ...readOnly({ default: { ...said, schema: station } }),
          expect: [at()],
        },
        { name: 'failures only', ...read({ 200: null }), expect: [at()] },
      ],
    },
  },
  {
    id: 'response-not-default-only',
    title: "default isn't the only response.",
    why: "It stands for failures that aren't foreseen; reviewers ask for the response of success beside it.",
    remedy: 'Name the code that the API answers with.',
    source: 'Coding standards; pull requests 1425 and 2551',
    severity: 'I/W/W',
    on: {
      operation: (operation, report) => {
        const [first, second] = answers(operation);
        if (first?.code !== 'default' || second !== undefined) return;
        report(first.place, `${quote(operation.id)} has no response but default; name the code of success`);
      },
    },
    examples: {
      good: [{ name: 'default beside a code', ...read({ default: { description: 'A failure.' } }) }],
      bad: [{ name: 'alone', ...readOnly({ default: said }), expect: [at('default')] }],
    },
  },
  {
    id: 'response-default-no-schema',
    title: 'The default response has no schema.',
    why: 'Schemas belong to answers that are expected. Half of the published connectors with a default response have one, but reviewers may refuse it.',
    remedy: 'Move the schema to the response of success.',
    source: 'Certification submission guide; certification policy; swagger validator rules; pull request 2551',
    official: 'DefaultResponseHasSchema',
    policy: '5000.2.4.2',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report) => {
        const response = operation.responses.find(({ code }) => code === 'default');
        if (response === undefined || !hasSchema(response)) return;
        const place = schemaPlace(operation, response);
        // without another schema this one is what makers see: where it belongs is the author's to say
        const removable =
          !isReference(operation, response) &&
          operation.responses.some((other) => isSuccess(other.code) && hasSchema(other));
        report(
          place,
          `the default response of ${quote(operation.id)} has a schema, which a reviewer may refuse; put schemas on the response of success`,
          removable ? { op: 'remove', at: place } : [],
        );
      },
    },
    examples: {
      good: [{ name: 'no schema', ...read({ default: { description: 'A failure.' } }) }],
      bad: [
        {
          name: 'beside the response of success',
          ...read({ default: { description: 'A failure.', schema: { type: 'string' } } }),
          expect: [at('default', 'schema')],
          fixed: read({ default: { description: 'A failure.' } }),
        },
        { name: 'alone', ...readOnly({ default: { ...said, schema: station } }), expect: [at('default', 'schema')] },
        {
          name: 'through a reference',
          definition: {
            responses: { Failure: { description: 'A failure.', schema: { type: 'string' } } },
            paths: { '/stations/{stationId}': { get: { responses: { default: { $ref: '#/responses/Failure' } } } } },
          },
          expect: [at('default')],
        },
      ],
    },
  },
  {
    id: 'response-200-201-schema',
    title: 'A visible operation has a schema on its response 200 or 201.',
    why: 'The designer takes from it what the action returns; a webhook, and an action that waits for a call, describe that in x-ms-notification-content, and an MCP server tells agents itself.',
    remedy: 'Describe what the API returns. An operation that returns nothing may stay as it is.',
    source:
      'Swagger validator rules; pull-request template; 102 of 119 published operations for MCP servers have none (2026)',
    official: 'SchemaDefinitionSetIncorrectly',
    severity: 'I/W/W',
    on: {
      operation: (operation, report, connector) => {
        if (!operation.visible || hasNoAnswer(operation, connector)) return;
        let success: OperationResponse | undefined;
        for (const response of operation.responses) {
          const expected = response.code === '200' || response.code === '201';
          if (expected && hasSchema(response)) return;
          if (expected || (success === undefined && isSuccess(response.code))) success = response;
        }
        report(
          success === undefined ? operation.place.at('responses') : schemaPlace(operation, success),
          `${quote(operation.id)} has no schema on a response 200 or 201; describe what the API returns`,
        );
      },
    },
    examples: {
      good: [
        { name: '201', ...readOnly({ 201: { ...said, schema: station } }) },
        {
          name: 'an internal operation',
          definition: { paths: { '/regions': { get: { responses: { 200: { schema: null } } } } } },
        },
        {
          name: 'an MCP server',
          definition: {
            paths: {
              '/stations': {
                post: { 'x-ms-agentic-protocol': 'mcp-streamable-1.0', responses: { 201: { schema: null } } },
              },
            },
          },
        },
        {
          name: 'an action that waits for a call',
          definition: {
            definitions: {
              Station: {
                properties: {
                  callback: {
                    type: 'string',
                    'x-ms-notification-url': true,
                    'x-ms-visibility': 'internal',
                    'x-ms-summary': 'Callback',
                    description: 'Where the answer goes.',
                  },
                },
              },
            },
            paths: {
              '/stations': {
                'x-ms-notification-content': { schema: { type: 'object', properties: { name: { type: 'string' } } } },
                post: { responses: { 201: { schema: null } } },
              },
            },
          },
        },
      ],
      bad: [
        { name: 'no schema', ...read({ 200: { schema: null } }), expect: [at('200', 'schema')] },
        { name: 'nothing', ...readOnly({ 204: { description: 'Done.' } }), expect: [at('204', 'schema')] },
        { name: 'default only', ...readOnly({ default: { ...said, schema: station } }), expect: [at()] },
      ],
    },
  },
  {
    id: 'response-schema-not-empty',
    title: "The schema of a response isn't empty.",
    why: 'Makers see one value that they can do nothing with. Many connectors pass with it, but reviewers refuse it.',
    remedy: 'Describe the properties, or make the schema dynamic; leave it out where nothing is returned.',
    source: 'Certification submission guide; certification policy; pull requests 1316, 1086 and 2145',
    policy: '5000.2.4.4',
    severity: 'I/W/W',
    on: {
      response: (response, report) => {
        const schema = getOwn(response.value, 'schema');
        if (!isObject(schema)) return;
        for (const _ in schema) return;
        report(
          response.place.at('schema'),
          `the schema of the response ${quote(response.code)} is empty, which a reviewer may refuse; describe what comes back`,
        );
      },
    },
    examples: {
      good: [{ name: 'no schema', ...read({ 404: { description: 'Nothing.' } }) }],
      bad: [{ name: 'empty', ...read({ 404: { schema: {} } }), expect: [at('404', 'schema')] }],
    },
  },
  {
    id: 'response-object-has-properties',
    title: 'An object that a successful call returns has properties.',
    why: 'Makers can use only what is described.',
    remedy: 'Describe the properties, allow additional ones, or make the schema dynamic.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.4.4',
    severity: 'I/W/W',
    on: {
      operation: (operation, report, connector) => {
        for (const response of operation.responses) {
          if (!isSuccess(response.code)) continue;
          const schema = connector.deref(getOwn(response.value, 'schema'));
          if (schema === undefined || getOwn(schema, 'type') !== 'object' || hasContent(schema)) continue;
          report(
            schemaPlace(operation, response),
            `the object that ${quote(operation.id)} returns with ${response.code} has no properties; describe them or make the schema dynamic`,
          );
        }
      },
    },
    examples: {
      good: [
        {
          name: 'a dynamic schema',
          ...readOnly({
            201: {
              ...said,
              schema: {
                type: 'object',
                'x-ms-dynamic-schema': { operationId: 'ListRegions', parameters: {}, 'value-path': 'items' },
                'x-ms-dynamic-properties': { operationId: 'ListRegions', parameters: {}, itemValuePath: 'items' },
              },
            },
          }),
        },
        {
          name: 'any properties',
          ...readOnly({ 201: { ...said, schema: { type: 'object', additionalProperties: {} } } }),
        },
        { name: 'a failure', ...read({ 404: { schema: { type: 'object' } } }) },
      ],
      bad: [
        {
          name: 'no properties',
          ...readOnly({ 201: { ...said, schema: { type: 'object', properties: {} } } }),
          expect: [at('201', 'schema')],
        },
        {
          name: 'through a reference',
          definition: {
            definitions: { Anything: { type: 'object' } },
            paths: { '/stations': { post: { responses: { 201: { schema: { $ref: '#/definitions/Anything' } } } } } },
          },
          expect: ['definition#/paths/~1stations/post/responses/201/schema'],
        },
      ],
    },
  },
  {
    id: 'response-single-schema',
    title: 'One response of an operation has a schema.',
    why: 'The designer uses one; the others are lost.',
    remedy: 'Keep the schema of success and remove the others.',
    source: 'Swagger validator rules',
    official: 'OperationHasManyResponsesWithSchema',
    severity: 'I/W/W',
    on: {
      operation: (operation, report) => {
        const codes: string[] = [];
        for (const response of operation.responses) if (hasSchema(response)) codes.push(response.code);
        if (codes.length < 2) return;
        report(
          operation.place.at('responses'),
          `the responses ${codes.join(', ')} of ${quote(operation.id)} have a schema; the designer uses one only`,
        );
      },
    },
    examples: {
      good: [{ name: 'one', ...read({ 404: { description: 'Nothing.' } }) }],
      bad: [{ name: 'two', ...read({ 404: { schema: { type: 'string' } } }), expect: [at()] }],
    },
  },
  {
    id: 'response-unknown-property',
    title: 'A response has a description, a schema, headers, examples and extensions only.',
    why: 'The service refuses other keys; "content" and "links" are OpenAPI 3.',
    remedy: 'Remove the key, correct its spelling, or start its name with "x-".',
    source: 'Swagger validator rules',
    official: 'AdditionalPropertyNotAllowed',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      response: (response, report) => {
        if (response.operation !== undefined && isExtension(response.code)) return;
        reportUnknownKeys(response, 'a response', responseKeys, report, ['schema', 'operation', 'root']);
      },
    },
    examples: {
      good: [{ name: 'an extension', ...read({ 404: { 'x-note': 'rare' } }) }],
      bad: [
        { name: 'content, as in OpenAPI 3', ...read({ 404: { content: {} } }), expect: [at('404', 'content')] },
        {
          name: 'another case',
          ...read({ 404: { Headers: {} } }),
          expect: [at('404', 'Headers')],
          fixed: read({ 404: { headers: {} } }),
        },
      ],
    },
  },
  {
    id: 'response-example-mime',
    title: 'Examples of a response are of MIME types that the operation produces.',
    why: "An example of another type can't be an answer of the operation.",
    remedy: 'Correct the type, or add it to "produces".',
    source: 'Swagger validator rules',
    official: 'ResponseExampleMustBeProducedByOperation',
    severity: 'W/W/W',
    on: {
      operation: (operation, report, connector) => {
        for (const response of operation.responses) {
          const examples = getOwn(response.value, 'examples');
          if (!isObject(examples)) continue;
          const produced = producedBy(operation, connector);
          if (produced === undefined) return;
          for (const type of Object.keys(examples)) {
            if (type.startsWith('x-') || produced.includes(mimeType(type))) continue;
            report(
              isReference(operation, response) ? response.place : response.place.at('examples', type),
              `${quote(operation.id)} produces no ${quote(type)}, but ${produced.join(', ')}; correct the example's type`,
            );
          }
        }
      },
    },
    examples: {
      good: [
        {
          name: 'a type with a charset',
          ...read({ 200: { examples: { 'application/json; charset=utf-8': { name: 'Kiel' } } } }),
        },
      ],
      bad: [
        {
          name: 'another type',
          ...read({ 200: { examples: { 'text/plain': 'Kiel' } } }),
          expect: [at('200', 'examples', 'text~1plain')],
        },
      ],
    },
  },
]);
