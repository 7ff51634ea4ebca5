import { expect } from 'chai';
import type { JsonObject } from '../../src/import/json.ts';
import { mergeImport } from '../../src/import/merge.ts';

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

describe('import: refresh', () => {
  it('keeps edits, takes additions, follows removals', () => {
    const ours = edit(({ paths }) => {
      (paths['/a'] as { get: JsonObject }).get.summary = 'List everything';
    });
    const theirs = edit(({ paths }) => {
      delete paths['/b'];
      paths['/c'] = { get: { summary: 'New' } };
      ((paths['/a'] as { get: JsonObject }).get.parameters as JsonObject[]).unshift({ name: 'new', in: 'query' });
    });
    const { merged, changes, conflicts } = mergeImport({ base, ours, theirs }, 'ours');
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
    const { conflicts } = mergeImport({ base, ours, theirs }, 'ours');
    expect(conflicts.map(({ pointer }) => pointer)).to.deep.equal(['/paths/~1a/get/summary', '/paths/~1b']);
    expect(mergeImport({ base, ours, theirs }, 'ours').merged).to.deep.equal(ours);
    expect(mergeImport({ base, ours, theirs }, 'theirs').merged).to.deep.equal(theirs);
    const mixed = mergeImport({ base, ours, theirs }, ({ pointer }) =>
      pointer.endsWith('summary') ? 'ours' : 'theirs',
    ).merged;
    expect(mixed).to.have.nested.property('paths./a.get.summary', 'Mine');
    expect(mixed).to.have.nested.property('paths./b.get.summary', 'Changed');
  });

  it('changes nothing the second time', () => {
    const theirs = edit(({ paths }) => {
      paths['/c'] = { get: { summary: 'New' } };
    });
    const { merged } = mergeImport({ base, ours: clone(), theirs }, 'ours');
    const again = mergeImport({ base: theirs, ours: merged, theirs }, 'ours');
    expect(again.merged).to.deep.equal(merged);
    expect(again.changes).to.deep.equal([]);
  });
});
