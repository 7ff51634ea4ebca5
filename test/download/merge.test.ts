import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { mergeJson } from '../../src/download/merge-json.ts';
import { mergeText } from '../../src/download/merge-text.ts';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

describe('download: merge of texts', () => {
  const base = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');

  it('takes both sides when they changed different lines', async () => {
    const ours = base.replace('b\n', 'B\n');
    const theirs = base.replace('i\n', '').replace('j\n', 'j\nk\n');
    expect(await mergeText(base, ours, theirs)).to.equal(lines('a', 'B', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k'));
    expect(await mergeText(base, base, theirs)).to.equal(theirs);
    expect(await mergeText(base, ours, base)).to.equal(ours);
    expect(await mergeText(base, theirs, theirs)).to.equal(theirs);
  });

  it('gives up where both changed the same lines, or where a place is not certain', async () => {
    expect(await mergeText(base, base.replace('e', 'E'), base.replace('e', 'x'))).to.equal(undefined);
    expect(await mergeText(base, base.replace('e\n', ''), base.replace('e', 'x'))).to.equal(undefined);
    const block = lines('x', 'y', 'z', 'end');
    // ours puts the same lines in front: a patch alone would change the wrong ones
    expect(await mergeText(block, block + block, block.replace('y', 'Y'))).to.equal(undefined);
  });
});

describe('download: merge of JSON', () => {
  /** As the service has it: a text is trimmed, an empty list is added. */
  const base: JsonObject = { summary: 'List', tags: [], list: [1, 2] };
  const ours: JsonObject = { summary: 'List ', list: [1, 2], mine: true, produces: [] };

  it('brings nothing that the service made by itself', () => {
    const result = mergeJson({ base, ours, theirs: { ...base, required: [] }, isUnchanged: true }, 'ours');
    expect(result).to.deep.equal({ merged: ours, changes: [], conflicts: [] });
  });

  it('sees no conflict where the author has edited nothing since the deployment', () => {
    const theirs = { ...base, summary: 'Show' };
    expect(mergeJson({ base, ours, theirs, isUnchanged: true }, 'ours')).to.deep.equal({
      merged: { ...ours, summary: 'Show' },
      changes: [{ kind: 'updated', pointer: '/summary' }],
      conflicts: [],
    });
    const edited = mergeJson({ base, ours, theirs, isUnchanged: false }, 'ours');
    expect(edited.merged).to.deep.equal(ours);
    expect(edited.conflicts).to.deep.equal([{ pointer: '/summary', base: 'List', ours: 'List ', theirs: 'Show' }]);
    expect(edited.changes).to.deep.equal([]);
    const taken = mergeJson({ base, ours, theirs, isUnchanged: false }, 'theirs');
    expect(taken.changes).to.deep.equal([{ kind: 'updated', pointer: '/summary' }]);
    expect(taken.merged).to.include({ summary: 'Show' });
  });

  it("sees no edit in an author's empty list, which says the same as none", () => {
    const mine = { ...ours, scriptOperations: [] };
    const theirs = { ...base, scriptOperations: ['List'] };
    expect(mergeJson({ base, ours: mine, theirs, isUnchanged: false }, 'ours')).to.deep.equal({
      merged: { ...mine, scriptOperations: ['List'] },
      changes: [{ kind: 'added', pointer: '/scriptOperations' }],
      conflicts: [],
    });
  });

  it('has a conflict for every difference without a base, also for what only one side has', () => {
    const theirs = { summary: 'List', list: [1, 2], new: 1, tags: [] };
    const kept = mergeJson({ base: undefined, ours, theirs, isUnchanged: false }, 'ours');
    expect(kept.conflicts.map(({ pointer }) => pointer)).to.have.members(['/summary', '/new', '/mine']);
    expect(kept.merged).to.deep.equal(ours);
    expect(kept.changes).to.deep.equal([]);
    const taken = mergeJson({ base: undefined, ours, theirs, isUnchanged: false }, 'theirs');
    // the empty list says nothing, and stays
    expect(taken.merged).to.deep.equal({ summary: 'List', list: [1, 2], new: 1, produces: [] });
    expect(taken.changes).to.have.deep.members([
      { kind: 'updated', pointer: '/summary' },
      { kind: 'added', pointer: '/new' },
      { kind: 'removed', pointer: '/mine' },
    ]);
  });
});
