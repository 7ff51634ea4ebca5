import { expect } from 'chai';
import { asArray, asObject, type Json, type JsonObject, valueAt } from '../../src/connector/json/value.ts';
import { readJson, snapshot, writeTree } from '../support/folders.ts';
import { exampleRepository, failure, findings, operation } from './support.ts';

const flags = {
  kind: 'webhook',
  path: '/shops/{shopId}/hooks',
  id: 'OnOrderCreated',
  notificationSample: 'order.json',
  unsubscribePath: '/shops/{shopId}/hooks/{hookId}',
};

const repository = (): string => writeTree(exampleRepository(), { 'order.json': '{ "id": "o-1" }' });

const parametersOf = (cwd: string, path: string, method: string): JsonObject[] => {
  const definition = readJson(cwd, 'connector/apiDefinition.json') as Json;
  return asArray(valueAt(definition, ['paths', path, method, 'parameters'])).map(asObject);
};

describe('the end of a subscription', () => {
  it('has variables of its own, and those that it shares with the trigger', async () => {
    const cwd = repository();
    const param = ['hookId:path:integer|Hook ID|Identifies the hook.', 'shopId:path:int64|Shop|Identifies the shop.'];
    await operation(cwd, { ...flags, param });
    const facts = (path: string, method: string): unknown[] =>
      parametersOf(cwd, path, method).map(({ name, type, format }) => [name, type, format]);
    expect(facts(flags.path, 'post')).to.deep.equal([
      ['shopId', 'integer', 'int64'],
      ['body', undefined, undefined],
    ]);
    expect(facts(flags.unsubscribePath, 'delete')).to.deep.equal([
      ['shopId', 'integer', 'int64'],
      ['hookId', 'integer', undefined],
    ]);
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
    const once = snapshot(cwd);
    await operation(cwd, { ...flags, param });
    expect(snapshot(cwd)).to.deep.equal(once);
  });

  it('has texts where nothing is said', async () => {
    const cwd = repository();
    await operation(cwd, flags);
    const types = parametersOf(cwd, flags.unsubscribePath, 'delete').map(({ name, type }) => [name, type]);
    expect(types).to.deep.equal([
      ['shopId', 'string'],
      ['hookId', 'string'],
    ]);
  });
});

describe('the status of success', () => {
  it('is another one after an edit', async () => {
    const cwd = repository();
    await operation(cwd, { ...flags, unsubscribeId: 'EndHook' });
    await operation(cwd, { edit: 'EndHook', status: '204', otherStatus: ['404|There is no such hook.'] });
    const definition = readJson(cwd, 'connector/apiDefinition.json') as Json;
    expect(valueAt(definition, ['paths', flags.unsubscribePath, 'delete', 'responses'])).to.deep.equal({
      204: { description: 'The subscription ended.' },
      404: { description: 'There is no such hook.' },
    });
  });
});

describe('a request body', () => {
  for (const [optionalBody, required] of [
    [true, false],
    [false, true],
  ]) {
    it(`${optionalBody ? 'may' : "can't"} be left out`, async () => {
      const cwd = repository();
      await operation(cwd, { method: 'post', path: '/orders', requestSample: 'order.json', optionalBody });
      expect(parametersOf(cwd, '/orders', 'post')[0]).to.include({ in: 'body', required });
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
    });
  }

  it('stays optional when it is described anew, until it is wanted otherwise', async () => {
    const cwd = repository();
    await operation(cwd, { method: 'post', path: '/orders', id: 'AddOrder', requestSample: 'order.json' });
    const required = () => parametersOf(cwd, '/orders', 'post')[0]?.required;
    await operation(cwd, { edit: 'AddOrder', optionalBody: true });
    expect(required()).to.equal(false);
    writeTree(cwd, { 'order.json': '{ "id": "o-1", "total": 12 }' });
    await operation(cwd, { edit: 'AddOrder', requestSample: 'order.json' });
    expect(required()).to.equal(false);
    await operation(cwd, { edit: 'AddOrder', optionalBody: false });
    expect(required()).to.equal(true);
  });

  it('that is not there is not optional', async () => {
    const cwd = repository();
    const add = operation(cwd, { path: '/orders', optionalBody: true });
    expect(await failure(add)).to.contain('--optional-body: the operation has no request body');
    await operation(cwd, { path: '/orders', id: 'ListOrders' });
    const edit = operation(cwd, { edit: 'ListOrders', optionalBody: true });
    expect(await failure(edit)).to.contain('--optional-body: the operation has no request body');
  });
});
