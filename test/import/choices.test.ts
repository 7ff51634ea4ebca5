import { expect } from 'chai';
import { asArray, asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { readJson, temporaryFolder, writeTree } from '../support/folders.ts';
import { codesOf, convert, openApi, operationOf, parametersOf, refusalOf, schemaErrors } from './convert.ts';
import { runImportCommand } from './run-command.ts';

/** What is done on demand only. */

const ok: JsonObject = { responses: { '200': { description: 'Fine.' } } };

describe('import: webhooks', () => {
  const document = openApi(
    {
      '/hooks': {
        post: {
          operationId: 'createHook',
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { hook: { type: 'object', properties: { url: { type: 'string' } } } },
                },
              },
            },
          },
          ...ok,
        },
      },
      '/parcels': { get: { operationId: 'listParcels', ...ok } },
    },
    {
      webhooks: {
        parcelArrived: {
          post: {
            requestBody: {
              content: {
                'application/json': { schema: { type: 'object', properties: { parcel: { type: 'string' } } } },
              },
            },
            ...ok,
          },
        },
        other: { post: ok },
      },
    },
  );
  const pair = (operation: string, name = 'parcelArrived') => [{ name, operation, property: 'hook.url' }];

  it('become triggers of the operations that they are paired with', async () => {
    const result = await convert(document, { webhooks: pair('createHook') });
    const trigger = operationOf(result, '/hooks/parcel-arrived', 'post');
    expect(trigger).to.include({ 'x-ms-trigger': 'single', summary: 'When a parcel has arrived' });
    expect(trigger).to.have.nested.property(
      'parameters[0].schema.properties.hook.properties.url.x-ms-notification-url',
      true,
    );
    expect(asObject(asObject(result.definition.paths)['/hooks/parcel-arrived'])).to.have.nested.property(
      'x-ms-notification-content.schema.properties.parcel.type',
      'string',
    );
    const unbound = result.report.entries.filter(({ code }) => code === 'webhook-unbound');
    expect(unbound.map(({ pointer }) => pointer)).to.deep.equal(['/webhooks/other']);
    expect(schemaErrors(result.definition)).to.deep.equal([]);
  });

  it('are refused with what is there when a name is wrong', async () => {
    expect(await refusalOf(convert(document, { webhooks: pair('createHook', 'gone') }))).to.equal('option-unknown');
    expect(await refusalOf(convert(document, { webhooks: pair('gone') }))).to.equal('option-unknown');
    expect(await refusalOf(convert(document, { webhooks: pair('listParcels') }))).to.equal('option-unknown');
    expect(await refusalOf(convert(document, { webhooks: pair('POST /hooks') }))).to.equal('accepted');
  });
});

describe('import: examples', () => {
  const document = openApi({
    '/a': {
      get: {
        parameters: [
          { name: 'size', in: 'query', description: 'How large.', example: 42, schema: { type: 'integer' } },
          { name: 'tone', in: 'query', schema: { type: 'string', examples: ['warm', 'cold'] } },
          { name: 'mode', in: 'query', schema: { type: 'string' }, examples: { one: { value: 'fast' } } },
          { name: 'text', in: 'query', example: 'x'.repeat(100), schema: { type: 'string' } },
        ],
        ...ok,
      },
    },
  });
  const texts = async (examples: boolean): Promise<unknown[]> =>
    parametersOf(operationOf(await convert(document, { examples }), '/a', 'get')).map(({ description }) => description);

  it('are quoted on demand only', async () => {
    expect(await texts(false)).to.deep.equal(['How large.', 'The tone.', 'The mode.', 'The text.']);
    expect(await texts(true)).to.deep.equal([
      'How large. For example 42.',
      'The tone. For example warm.',
      'The mode. For example fast.',
      'The text.',
    ]);
  });
});

describe('import: lists by a script', () => {
  it('are lists, and the script knows their names', async () => {
    const list = (name: string): JsonObject => ({
      name,
      in: 'query',
      schema: { type: 'array', items: { type: 'string' } },
    });
    const document = openApi({ '/a': { get: { operationId: 'a', parameters: [list('x'), list('y')], ...ok } } });
    const result = await convert(document, { arrays: 'script' });
    expect(result.routes).to.deep.equal([{ id: 'A', pattern: 'repeat-query', values: { lists: '["x","y"]' } }]);
    expect(parametersOf(operationOf(result, '/a', 'get'))[0]).to.include({ type: 'array' });
    expect(codesOf(result)).to.include('query-array-script').and.to.not.include('query-array-multi');
    expect((await convert(document)).routes).to.deep.equal([]);
  });
});

describe('import: --keep', () => {
  const kept = async (definition: JsonObject, profile: string): Promise<unknown> => {
    const folder = writeTree(temporaryFolder('keep'), { 'swagger.json': JSON.stringify(definition) });
    const flags = { output: 'made.json', keep: true, profile };
    const { status, err } = await runImportCommand(folder, 'swagger.json', { flags });
    expect(status, err).to.equal(0);
    expect(asArray(asObject(readJson(folder, 'made.report.json') as JsonObject).entries)).to.be.an('array');
    return readJson(folder, 'made.json');
  };

  it('takes a definition that passes all rules as it is', async () => {
    const definition = JSON.parse(JSON.stringify(exampleDefinition)) as JsonObject;
    expect(await kept(definition, 'custom')).to.deep.equal(definition);
  });

  it('converts any other', async () => {
    const definition = JSON.parse(JSON.stringify(exampleDefinition)) as JsonObject;
    const broken = { ...definition, schemes: ['http'], securityDefinitions: { key: { type: 'nonsense' } } };
    expect(await kept(broken, 'verified'))
      .to.have.property('schemes')
      .that.deep.equals(['https']);
  });
});
