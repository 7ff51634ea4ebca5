import { expect } from 'chai';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { connectorFrom } from '../../src/connector/load.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import { routeImported } from '../../src/import/script-routes.ts';
import { addOperation } from '../../src/operation/add-operation.ts';
import { operationFrom } from '../../src/operation/from-answers.ts';
import { bare, convert, openApi, operationOf, parametersOf, refusalOf, schemaErrors } from './convert.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const text = { type: 'string' };
const body = {
  type: 'object',
  required: ['events'],
  properties: {
    endpoint: text,
    events: { type: 'array', items: { type: 'string', enum: ['parcel.sent', 'parcel.lost'] } },
  },
};
const paths = {
  '/hooks': {
    post: {
      operationId: 'subscribe',
      summary: 'Create a hook',
      requestBody: { required: true, content: json({ $ref: '#/components/schemas/NewHook' }) },
      responses: {
        '201': {
          description: 'The hook was created.',
          content: json({ type: 'object', properties: { id: text } }),
        },
      },
    },
  },
  '/hooks/{hook_id}': {
    delete: {
      operationId: 'unsubscribe',
      summary: 'Delete a hook',
      parameters: [{ name: 'hook_id', in: 'path', required: true, schema: text, description: 'The hook.' }],
      responses: { '204': { description: 'It is gone.' } },
    },
  },
};
const sent = { type: 'object', properties: { parcel: text, weight: { type: 'number' } } };
const webhooks = {
  'parcel.sent': { post: { requestBody: { content: json(sent) } } },
  'parcel.lost': { post: { description: 'Nobody knows where it is.', requestBody: { content: json(sent) } } },
};
const documentOf = (parts: { paths?: object; webhooks?: object } = {}): JsonObject =>
  JSON.parse(
    JSON.stringify(
      openApi((parts.paths ?? paths) as never, {
        webhooks: (parts.webhooks ?? webhooks) as never,
        components: { schemas: { NewHook: body } } as never,
      }),
    ),
  );
const pair = (name: string, property = 'endpoint') => ({ name, operation: 'subscribe', property });

const draftOf = (result: ImportResult): ConnectorDraft => {
  const draft = new ConnectorDraft(connectorFrom({ layout: 'file', root: '', assets: '', files: {}, others: [] }, []));
  Object.assign(draft.definition, structuredClone(result.definition));
  Object.assign(draft.connectorProperties, structuredClone(result.properties));
  return draft;
};

const codes = ({ report }: ImportResult): string[] =>
  report.entries.filter(({ severity }) => severity !== 'info').map(({ code }) => code);

describe('import: pairs of webhooks and operations', () => {
  it('make what `operation --kind webhook` makes', async () => {
    const imported = await convert(documentOf(), { webhooks: [pair('parcel.sent')] });
    const byImport = draftOf(imported);
    routeImported(byImport, imported, undefined);

    const plain = await convert(documentOf());
    const byHand = draftOf(plain);
    addOperation(
      byHand,
      operationFrom({
        answers: {
          kind: 'webhook',
          id: 'OnParcelSent',
          path: '/hooks/parcel-sent',
          apiPath: '/hooks',
          notificationUrl: 'endpoint',
          bodyValue: ['events=["parcel.sent"]'],
          location: 'script',
          unsubscribeId: 'Unsubscribe',
        },
        structured: {
          requestSchema: [body as never],
          notificationSchema: [sent as never],
          responseSchema: [{ type: 'object', properties: { id: text } }],
        },
        read: () => null,
      }),
    );
    const facts = (draft: ConnectorDraft): unknown => {
      const item = asObject(asObject(draft.definition.paths)['/hooks/parcel-sent']);
      const { summary, description, responses, parameters, ...post } = asObject(item.post);
      const status = Object.entries(asObject(responses)).map(([code, response]) => [
        code,
        bare(asObject(response).schema),
      ]);
      return {
        texts: [summary, description],
        post,
        parameters: bare(parameters ?? []),
        notification: bare(asObject(item['x-ms-notification-content']).schema),
        status,
        policies: draft.connectorProperties.policyTemplateInstances,
        scripted: draft.connectorProperties.scriptOperations,
        script: draft.script,
        operations: Object.entries(asObject(draft.definition.paths)).map(([path, value]) => [
          path,
          Object.keys(asObject(value)).sort(),
        ]),
      };
    };
    expect(facts(byImport)).to.deep.equal(facts(byHand));
    expect(byImport.script).to.contain('HandleOnParcelSentAsync').and.contain('/{hook_id}');
    expect(schemaErrors(byImport.definition)).to.deep.equal([]);
    expect(codes(imported)).to.deep.equal(['webhook-unbound']);
  });

  it('may be many for one operation, which stays an action', async () => {
    const result = await convert(documentOf(), { webhooks: [pair('parcel.sent'), pair('parcel.lost')] });
    expect(Object.keys(asObject(result.definition.paths))).to.deep.equal([
      '/hooks',
      '/hooks/{hook_id}',
      '/hooks/parcel-sent',
      '/hooks/parcel-lost',
    ]);
    expect(operationOf(result, '/hooks', 'post')).to.include({ operationId: 'Subscribe', summary: 'Create a hook' });
    const lost = operationOf(result, '/hooks/parcel-lost', 'post');
    expect(lost.description).to.equal('This operation triggers when a parcel is lost. Nobody knows where it is.');
    expect(parametersOf(lost)[0]).to.have.nested.property('schema.properties.events.default[0]', 'parcel.lost');
    expect(result.routes.map(({ id, pattern }) => [id, pattern])).to.deep.equal([
      ['OnParcelSent', 'location'],
      ['OnParcelLost', 'location'],
    ]);
    const derived = result.report.entries.filter(
      ({ pointer, code }) => pointer === '/webhooks/parcel.lost' && code === 'derived-text',
    );
    expect(derived).to.have.lengthOf(1);
    expect(result.derived['operation-description'].has(String(lost.description))).to.equal(false);
    expect(result.derived['operation-summary'].has('When a parcel is lost')).to.equal(true);
  });

  it('take the place of the action where only the definition is written, one each', async () => {
    const options = { definitionOnly: true, webhooks: [pair('parcel.sent')] };
    const result = await convert(documentOf(), options);
    expect(operationOf(result, '/hooks', 'post')).to.include({ operationId: 'OnParcelSent', 'x-ms-trigger': 'single' });
    expect(codes(result)).to.include.members(['webhook-in-place', 'webhook-location']);
    expect(result.routes).to.deep.equal([]);
    options.webhooks.push(pair('parcel.lost'));
    expect(await refusalOf(convert(documentOf(), options))).to.equal('option-unknown');
  });

  it('say what nobody can know: the event, and where the subscription ends', async () => {
    const { '/hooks': hooks } = paths;
    const result = await convert(
      documentOf({ paths: { '/hooks': hooks }, webhooks: { other: webhooks['parcel.sent'] } }),
      {
        webhooks: [pair('other')],
      },
    );
    expect(codes(result)).to.deep.equal(['webhook-no-delete']);
    expect(result.report.entries.map(({ code }) => code)).to.include('webhook-event');
    const missing = await convert(documentOf(), { webhooks: [pair('parcel.sent', 'gone')] });
    expect(codes(missing)).to.include('callback-location');
  });

  it('refuse what cannot subscribe', async () => {
    const {
      '/hooks': { post },
    } = paths;
    const document = documentOf({ paths: { '/hooks': { put: post } } });
    expect(await refusalOf(convert(document, { webhooks: [pair('parcel.sent')] }))).to.equal('option-unknown');
  });
});
