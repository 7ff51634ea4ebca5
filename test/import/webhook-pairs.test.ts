import { expect } from 'chai';
import { convert, openApi, refusalOf } from './convert.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const hooks = {
  post: {
    operationId: 'subscribe',
    requestBody: { content: json({ type: 'object', properties: { url: { type: 'string' } } }) },
    responses: { '201': { description: 'Subscribed.' } },
  },
};
const webhooks = {
  sent: { post: { requestBody: { content: json({ type: 'object' }) } } },
  lost: { post: { requestBody: { content: json({ type: 'object' }) } } },
};
const document = JSON.parse(
  JSON.stringify(openApi({}, { paths: { '/hooks': hooks } as never, webhooks: webhooks as never })),
);
const pair = (name: string) => ({ name, operation: 'subscribe', property: 'url' });

describe('import: pairs of webhooks and operations', () => {
  it('are one per operation: a second one is refused, never ignored', async () => {
    const options = { webhooks: [pair('sent'), pair('lost')] };
    expect(await refusalOf(convert(document, options))).to.equal('option-unknown');
    expect(await refusalOf(convert(document, { webhooks: [pair('sent')] }))).to.equal('accepted');
  });
});
