import { expect } from 'chai';
import fc from 'fast-check';
import {
  countByKind,
  derivedSites,
  followedRecord,
  recordFrom,
  textSites,
  updatedRecord,
} from '../../src/connector/derived-texts.ts';
import { clone, type JsonObject, valueAt } from '../../src/connector/json/value.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';

const definition = exampleDefinition as JsonObject;
const all = (): true => true;

describe('derived texts', () => {
  it('finds every text with its owner and place', () => {
    const sites = textSites(definition);
    for (const { path, text } of sites) expect(valueAt(definition, path)).to.equal(text);
    expect(
      sites.filter(({ owner }) => owner === '#/definitions/Station').map(({ names }) => names.join('.')),
    ).to.deep.equal(['id', 'name', 'kind', 'height', 'sensors']);
    const region = sites.find(({ kind, owner }) => kind === 'parameter-description' && owner === 'ListStations');
    expect(region).to.deep.include({ names: ['region'], text: 'Region whose stations are wanted.' });
    expect(sites.filter(({ owner }) => owner === 'OnWarning').map(({ text }) => text)).to.include(
      'The words of the warning.',
    );
  });

  it('remembers what was made, and forgets what somebody edits', () => {
    const record = updatedRecord(definition, undefined, ({ kind }) => kind === 'operation-summary');
    const count = derivedSites(definition, record).length;
    expect(count).to.equal(6);
    const edited = clone(definition);
    (valueAt(edited, ['paths', '/stations', 'get']) as JsonObject).summary = 'List weather stations';
    expect(derivedSites(edited, record)).to.have.lengthOf(count - 1);
    const next = updatedRecord(edited, record, () => false);
    expect(next.has('ListStations')).to.equal(false);
    expect(countByKind(derivedSites(edited, next))).to.deep.include({
      'operation-summary': count - 1,
      'property-description': 0,
    });
  });

  it('finds a text again wherever it moves, but not at another owner', () => {
    const record = updatedRecord(definition, undefined, all);
    const moved = clone(definition);
    const get = valueAt(moved, ['paths', '/stations', 'get']) as JsonObject;
    get.parameters = [{ name: 'first', in: 'query', type: 'string', description: 'New.' }, ...(get.parameters as [])];
    const texts = derivedSites(moved, record).map(({ text }) => text);
    expect(texts).to.include('Region whose stations are wanted.').and.not.include('New.');
    get.operationId = 'Other';
    expect(derivedSites(moved, record).some(({ owner }) => owner === 'Other')).to.equal(false);
  });

  it('follows made texts through a command, and takes new ones for made unless they were given', () => {
    const record = updatedRecord(definition, undefined, ({ owner }) => owner === 'ListStations');
    const changed = clone(definition);
    const get = valueAt(changed, ['paths', '/stations', 'get']) as JsonObject;
    const other = valueAt(changed, ['paths', '/stations/{stationId}', 'get']) as JsonObject;
    const description = String(get.description);
    Object.assign(get, { operationId: 'FindStations', summary: 'See stations' });
    Object.assign(other, { summary: 'Get one station', description: 'Written by the author.' });
    const next = followedRecord({ definition, record }, changed, (text) => text === 'See stations');
    expect(next.has('ListStations')).to.equal(false);
    expect(next.get('FindStations')).to.include(description).and.not.include('See stations');
    // what the author had written there stays the author's, however a command has changed it
    expect(next.has('GetStation')).to.equal(false);
    const empty = followedRecord({ definition: {}, record: undefined }, definition, () => true);
    expect(empty.size).to.equal(0);
  });

  it('takes any JSON for a definition', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (paths, definitions) => {
        const odd = { paths: paths as JsonObject, definitions: definitions as JsonObject };
        const record = updatedRecord(odd, undefined, all);
        expect(derivedSites(odd, record)).to.have.lengthOf(textSites(odd).length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('refuses a record that is none', () => {
    expect(() => recordFrom([])).to.throw(TypeError);
    expect([...recordFrom({ A: ['x', 1] })]).to.deep.equal([['A', new Set(['x'])]]);
  });
});
