import { expect } from 'chai';
import { asObject, getOwn, type JsonObject } from '../../src/connector/json/value.ts';
import { readJson, temporaryFolder } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { exampleRepository, operation } from './support.ts';

const definitionOf = (cwd: string): JsonObject => asObject(readJson(cwd, 'connector/apiDefinition.json'));
const namesIn = (cwd: string): string[] => Object.keys(asObject(getOwn(definitionOf(cwd), 'definitions')));

describe('the definitions of an operation that is removed', () => {
  it('go as soon as no other operation uses them', async () => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, flags: { toolSpec: '^0.1.0' } });
    expect(namesIn(cwd)).to.deep.equal(['Item', 'ItemList', 'NewItem']);
    const log = await operation(cwd, { remove: ['ListItems'] });
    expect(log).to.contain('definitions that nothing else uses went with it: ItemList');
    expect(namesIn(cwd)).to.deep.equal(['Item', 'NewItem']);
    await operation(cwd, { remove: ['GetItem', 'CreateItem'] });
    expect(getOwn(definitionOf(cwd), 'definitions')).to.equal(undefined);
  });

  it("stay where they weren't in use before", async () => {
    const Spare = { type: 'object', properties: { id: { type: 'string' } } };
    const cwd = exampleRepository({ definition: { definitions: { Spare } } });
    await operation(cwd, { path: '/orders', id: 'ListOrders' });
    await operation(cwd, { remove: ['ListOrders'] });
    expect(namesIn(cwd)).to.include('Spare');
  });
});
