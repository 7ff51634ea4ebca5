import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { mergeThreeWays } from '../../../src/connector/merge/merge.ts';

const base: JsonObject = {
  paths: {
    '/a': {
      get: {
        summary: 'List',
        parameters: [
          { name: 'q', in: 'query', description: 'Old.' },
          { name: 'r', in: 'query' },
        ],
      },
    },
    '/b': { get: { summary: 'See' } },
  },
};
const clone = (): JsonObject => JSON.parse(JSON.stringify(base)) as JsonObject;
const edit = (change: (value: { paths: Record<string, { get: JsonObject }> }) => void): JsonObject => {
  const copy = clone();
  change(copy as unknown as { paths: Record<string, { get: JsonObject }> });
  return copy;
};

describe('connector: three-way merge', () => {
  it('keeps edits, takes additions, follows removals', () => {
    const ours = edit(({ paths }) => {
      (paths['/a'] as { get: JsonObject }).get.summary = 'List everything';
    });
    const theirs = edit(({ paths }) => {
      delete paths['/b'];
      paths['/c'] = { get: { summary: 'New' } };
      ((paths['/a'] as { get: JsonObject }).get.parameters as JsonObject[]).unshift({ name: 'new', in: 'query' });
    });
    const { merged, changes, conflicts } = mergeThreeWays({ base, ours, theirs }, 'ours');
    expect(merged).to.have.nested.property('paths./a.get.summary', 'List everything');
    expect(Object.keys(merged.paths as JsonObject)).to.deep.equal(['/a', '/c']);
    expect(((merged.paths as JsonObject)['/a'] as JsonObject).get)
      .to.have.property('parameters')
      .with.length(3);
    expect(conflicts).to.deep.equal([]);
    expect(changes).to.deep.include({ kind: 'kept', pointer: '/paths/~1a/get/summary' });
    expect(changes).to.deep.include({ kind: 'removed', pointer: '/paths/~1b' });
    expect(changes).to.deep.include({ kind: 'added', pointer: '/paths/~1c' });
  });

  it('lists conflicts and resolves them as it is told, one by one', () => {
    const ours = edit(({ paths }) => {
      (paths['/a'] as { get: JsonObject }).get.summary = 'Mine';
      delete paths['/b'];
    });
    const theirs = edit(({ paths }) => {
      (paths['/a'] as { get: JsonObject }).get.summary = 'Theirs';
      (paths['/b'] as { get: JsonObject }).get.summary = 'Changed';
    });
    const { conflicts } = mergeThreeWays({ base, ours, theirs }, 'ours');
    expect(conflicts.map(({ pointer }) => pointer)).to.deep.equal(['/paths/~1a/get/summary', '/paths/~1b']);
    expect(mergeThreeWays({ base, ours, theirs }, 'ours').merged).to.deep.equal(ours);
    expect(mergeThreeWays({ base, ours, theirs }, 'theirs').merged).to.deep.equal(theirs);
    const mixed = mergeThreeWays({ base, ours, theirs }, ({ pointer }) =>
      pointer.endsWith('summary') ? 'ours' : 'theirs',
    ).merged;
    expect(mixed).to.have.nested.property('paths./a.get.summary', 'Mine');
    expect(mixed).to.have.nested.property('paths./b.get.summary', 'Changed');
  });

  it('changes nothing the second time', () => {
    const theirs = edit(({ paths }) => {
      paths['/c'] = { get: { summary: 'New' } };
    });
    const { merged } = mergeThreeWays({ base, ours: clone(), theirs }, 'ours');
    const again = mergeThreeWays({ base: theirs, ours: merged, theirs }, 'ours');
    expect(again.merged).to.deep.equal(merged);
    expect(again.changes).to.deep.equal([]);
  });
});

describe('connector: three-way merge of awkward names', () => {
  it('treats names of inherited members as data', () => {
    const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;
    const ours = parse('{"definitions":{"constructor":{"enum":["a"]},"__proto__":{"type":"object"}}}');
    const theirs = parse(
      '{"definitions":{"constructor":{"enum":["a","b"],"toString":["x"]},"__proto__":{"type":"string"}}}',
    );
    const { merged } = mergeThreeWays({ base: ours, ours, theirs }, 'ours');
    expect(JSON.stringify(merged)).to.equal(JSON.stringify(theirs));
    const lists = parse('{"constructor":["a"]}');
    const conflict = mergeThreeWays(
      { base: lists, ours: parse('{"constructor":["b"]}'), theirs: parse('{"constructor":["c"]}') },
      'ours',
    );
    expect(conflict.conflicts).to.have.length(1);
  });

  it('tells sets of connection parameters apart by their names', () => {
    const sets = (...labels: [string, string][]): JsonObject => ({
      connectionParameterSets: { values: labels.map(([name, label]) => ({ name, label })) },
    });
    const { merged, conflicts } = mergeThreeWays(
      {
        base: sets(['a', '1'], ['b', '1']),
        ours: sets(['a', '2'], ['b', '1']),
        theirs: sets(['a', '1'], ['b', '3'], ['c', '4']),
      },
      'ours',
    );
    expect(conflicts).to.deep.equal([]);
    expect(merged).to.deep.equal(sets(['a', '2'], ['b', '3'], ['c', '4']));
  });
});
