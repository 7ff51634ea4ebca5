import { expect } from 'chai';
import { readDerived } from '../../src/connector/derived-texts.ts';
import { readJson, temporaryFolder, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';

/** Which texts of an operation count as made of names. */

const made = (cwd: string, owner: string): string[] => [...(readDerived(cwd)?.get(owner) ?? [])].sort();

const operation = (cwd: string, flags: Record<string, unknown>) => generate('operation', { cwd, flags });

describe('texts that operation makes', () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = temporaryFolder();
    await generate('app', { cwd });
    await operation(cwd, { dropSample: true });
  });

  it('are remembered, and those that are given are not', async () => {
    writeTree(cwd, { 'order.json': '{ "id": "a", "created_at": "2026-01-31T10:00:00Z" }' });
    await operation(cwd, {
      path: '/orders/{orderId}',
      description: 'Reads what a customer has ordered',
      param: ['since:query:date|Since|Orders of this day and later.'],
      responseSample: 'order.json',
    });
    expect(made(cwd, 'GetOrder')).to.include.members(['Get order', 'The ID of the order.']);
    expect(made(cwd, 'GetOrder').join()).to.not.match(/Reads what|Orders of this day/);
    expect(made(cwd, 'GetOrder')).to.have.lengthOf(4);
  });

  it('move with another id, stay made in a revision, and are forgotten when they are written', async () => {
    await operation(cwd, { path: '/orders', description: 'Reads all orders of the shop.' });
    expect(made(cwd, 'ListOrders')).to.deep.equal(['List orders']);
    await operation(cwd, { rename: 'ListOrders', to: 'FindOrders' });
    expect(made(cwd, 'ListOrders')).to.deep.equal([]);
    expect(made(cwd, 'FindOrders')).to.deep.equal(['List orders']);
    await operation(cwd, { revise: 'FindOrders', path: '/v2/orders' });
    expect(made(cwd, 'FindOrdersV2').join()).to.not.include('Reads all orders');
    await operation(cwd, { edit: 'FindOrders', summary: 'Find orders of the shop' });
    expect(made(cwd, 'FindOrders')).to.deep.equal([]);
  });

  it('are none where a text says what a thing is in every connector', async () => {
    await operation(cwd, { kind: 'agent-tool', path: '/mcp' });
    expect(readDerived(cwd)?.has('InvokeServer') ?? false).to.equal(false);
    await operation(cwd, { kind: 'download', path: '/files/{fileId}' });
    expect(made(cwd, 'GetFile').join()).to.not.include('The media type of the file.');
  });

  it('of the sample are made, and go with it', async () => {
    const fresh = temporaryFolder();
    await generate('app', { cwd: fresh });
    expect(made(fresh, 'ListItems')).to.include('Returns the items that match a search text.');
    await operation(fresh, { dropSample: true });
    expect(readDerived(fresh)).to.equal(undefined);
    expect(readJson(fresh, 'connector/apiDefinition.json')).to.not.have.property('definitions');
  });

  it('asks at the terminal whether the sample shall go, before the first own operation', async () => {
    const fresh = temporaryFolder();
    await generate('app', { cwd: fresh });
    const { questions } = await generate('operation', {
      cwd: fresh,
      flags: { path: '/items' },
      answers: { method: 'get', dynamic: 'no' },
    });
    expect(questions[0]).to.include({ name: 'dropSample', default: true });
    const { paths } = readJson(fresh, 'connector/apiDefinition.json') as { paths: Record<string, object> };
    expect(Object.keys(paths)).to.deep.equal(['/items']);
    expect(Object.keys(paths['/items'] ?? {})).to.deep.equal(['get']);
  });
});
