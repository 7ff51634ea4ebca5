import { expect } from 'chai';
import { clone, type Json, type JsonObject, setOwn, valueAt } from '../../src/connector/json/value.ts';
import { differences, matches } from './differences.ts';
import { factsOf } from './structure.ts';

/** The comparison that the rebuilt connectors are judged by: what it sees, and what it doesn't. */

const definition: JsonObject = {
  swagger: '2.0',
  info: { title: 'Orders', description: 'Reads orders.' },
  host: 'api.contoso.com',
  paths: {
    '/orders/{id}': {
      put: {
        operationId: 'UpdateOrder',
        summary: 'Update order',
        'x-ms-visibility': 'important',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            type: 'string',
            'x-ms-summary': 'ID',
            'x-ms-dynamic-values': { operationId: 'ListOrders', parameters: { title: 'a' }, 'value-path': 'id' },
          },
          { name: 'size', in: 'query', type: 'string', enum: ['s', 'l'], default: 's' },
          {
            name: 'body',
            in: 'body',
            schema: { type: 'object', required: ['total'], properties: { total: { type: 'number', title: 'Total' } } },
          },
        ],
        responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/Order' } } },
      },
    },
    '/hooks': {
      'x-ms-notification-content': { description: 'An order.', schema: { $ref: '#/definitions/Order' } },
      post: { operationId: 'OnOrder', 'x-ms-trigger': 'single', responses: { 201: { description: 'Created' } } },
    },
  },
  definitions: {
    Order: {
      type: 'object',
      properties: { id: { type: 'string' }, parts: { type: 'array', items: { type: 'string' } } },
    },
  },
  securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ key: [] }],
};

const properties: JsonObject = {
  properties: {
    connectionParameters: {
      api_key: {
        type: 'securestring',
        uiDefinition: { displayName: 'Key', constraints: { tabIndex: 2, required: 'true' } },
      },
    },
    policyTemplateInstances: [
      {
        templateId: 'setheader',
        title: 'Version',
        parameters: {
          'x-ms-apimTemplateParameter.name': 'X-Version',
          'x-ms-apimTemplateParameter.value': '1',
          'x-ms-apimTemplate-operationName': ['UpdateOrder'],
        },
      },
    ],
    scriptOperations: ['UpdateOrder'],
    capabilities: [],
  },
};

/** Places of what differs when one value is another one; undefined removes it. */
function changed(path: (string | number)[], value: Json | undefined): string[] {
  const files = clone<JsonObject>({ definition, properties });
  const holder = valueAt(files, path.slice(0, -1)) as JsonObject;
  const key = String(path.at(-1));
  if (value === undefined) delete holder[key];
  else setOwn(holder, key, value);
  const ours = factsOf(files.definition as JsonObject, files.properties as JsonObject);
  return differences(ours, factsOf(definition, properties));
}

const operation = ['definition', 'paths', '/orders/{id}', 'put'];
const inner = ['properties', 'properties'];

const seen: [string, (string | number)[], Json | undefined, string[]][] = [
  ['the host', ['definition', 'host'], 'x.contoso.com', ['~ host = "x.contoso.com" (published: "api.contoso.com")']],
  [
    "a parameter's type",
    [...operation, 'parameters', 1, 'type'],
    'integer',
    ['~ operations/UpdateOrder/parameters/query:size type = "integer" (published: "string")'],
  ],
  [
    'a default',
    [...operation, 'parameters', 1, 'default'],
    undefined,
    ['- operations/UpdateOrder/parameters/query:size default = "s"'],
  ],
  [
    'an argument, whatever it is called',
    [...operation, 'parameters', 0, 'x-ms-dynamic-values', 'parameters', 'title'],
    'b',
    ['~ operations/UpdateOrder/parameters/path:id x-ms-dynamic-values/parameters/title = "b" (published: "a")'],
  ],
  [
    'a required body',
    [...operation, 'parameters', 2, 'required'],
    true,
    ['+ operations/UpdateOrder/body required = true'],
  ],
  [
    'a required property',
    [...operation, 'parameters', 2, 'schema', 'required'],
    [],
    ['- operations/UpdateOrder/body/total required = true'],
  ],
  [
    'a property, in the answer and in the notification',
    ['definition', 'definitions', 'Order', 'properties', 'parts', 'items', 'type'],
    'integer',
    [
      '~ operations/OnOrder/notification/parts[] type = "integer" (published: "string")',
      '~ operations/UpdateOrder/responses/200/parts[] type = "integer" (published: "string")',
    ],
  ],
  [
    'an extension',
    [...operation, 'x-ms-visibility'],
    undefined,
    ['- operations/UpdateOrder x-ms-visibility = "important"'],
  ],
  ['an applied key', ['definition', 'security'], [], ['- security apiKey header X-Key/applied = true']],
  [
    'a field of the connection',
    [...inner, 'connectionParameters', 'api_key', 'type'],
    'string',
    ['~ connection/api_key/type = "string" (published: "securestring")'],
  ],
  [
    'a policy',
    [...inner, 'policyTemplateInstances', 0, 'parameters', 'x-ms-apimTemplateParameter.value'],
    '2',
    ['~ policies/UpdateOrder/setheader[0]/value = "2" (published: "1")'],
  ],
  ['code', [...inner, 'scriptOperations'], [], ['~ scriptOperations = [] (published: ["UpdateOrder"])']],
];

const unseen: [string, (string | number)[], Json | undefined][] = [
  ['a summary', [...operation, 'summary'], 'Change order'],
  ["a parameter's label", [...operation, 'parameters', 0, 'x-ms-summary'], 'Order ID'],
  ["a property's title", [...operation, 'parameters', 2, 'schema', 'properties', 'total', 'title'], 'Sum'],
  ['a label in the form', [...inner, 'connectionParameters', 'api_key', 'uiDefinition', 'displayName'], 'API key'],
  ['a place in the form', [...inner, 'connectionParameters', 'api_key', 'uiDefinition', 'constraints', 'tabIndex'], 7],
  ["a policy's title", [...inner, 'policyTemplateInstances', 0, 'title'], 'Say the version'],
  ['the order of allowed values', [...operation, 'parameters', 1, 'enum'], ['l', 's']],
  ['an empty list', [...inner, 'capabilities'], undefined],
];

describe('the comparison of rebuilt connectors', () => {
  for (const [name, path, value, lines] of seen) {
    it(`sees ${name}`, () => expect(changed(path, value)).to.deep.equal(lines));
  }
  for (const [name, path, value] of unseen) {
    it(`doesn't see ${name}`, () => expect(changed(path, value)).to.deep.equal([]));
  }

  it('explains by the whole line', () => {
    expect(matches('+ a/b type = "x"', '+ a/* type = *')).to.equal(true);
    expect(matches('+ a/b type = "x"', 'a/*')).to.equal(false);
    expect(matches('+ a[0].b = 1', '+ a[0]xb = 1')).to.equal(false);
  });
});
