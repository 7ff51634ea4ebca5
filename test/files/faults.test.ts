import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { Journal, undoInterrupted } from '../../src/files/journal.ts';
import { type Change, writeFiles } from '../../src/files/write.ts';
import { snapshot, temporaryFolder, testState, writeTree } from '../support/folders.ts';

interface Faults {
  install: (fault: { kind: string; at: number; below: readonly string[] }) => {
    calls: () => number;
    restore: () => void;
  };
}
const faults = createRequire(import.meta.url)('../support/faults.cjs') as Faults;

const before = { 'changed.json': '{ "a": 1 }', 'gone.txt': 'gone', 'deep/other.txt': 'old' };
const after = { 'changed.json': '{ "a": 2 }', 'deep/other.txt': 'new', 'made/folder/new.txt': 'made' };

const state = join(testState, 'pp-connector');

const prepare = (): string => {
  const root = temporaryFolder('fault');
  writeTree(root, before);
  return root;
};

const changesIn = (root: string): Change[] => [
  [join(root, 'changed.json'), after['changed.json']],
  [join(root, 'gone.txt'), null],
  [join(root, 'made', 'folder', 'new.txt'), after['made/folder/new.txt']],
  [join(root, 'deep', 'other.txt'), after['deep/other.txt']],
];

/** Writes with a fault, and returns how many calls were made until then; undefined error: it passed. */
function writeWith(kind: string, at: number, root: string): { calls: number; error: unknown } {
  const { calls, restore } = faults.install({ kind, at, below: [root, state] });
  try {
    writeFiles(changesIn(root), { root });
    return { calls: calls(), error: undefined };
  } catch (error) {
    return { calls: calls(), error };
  } finally {
    restore();
  }
}

const total = writeWith('count', 0, prepare()).calls;

describe('a write of several files', () => {
  it('succeeds without a fault, and leaves nothing behind', () => {
    const root = prepare();
    expect(writeWith('count', 0, root).error).to.equal(undefined);
    expect(snapshot(root)).to.deep.equal(after);
    expect(total).to.be.greaterThan(12);
  });

  for (let at = 1; at <= total; at += 1) {
    it(`is undone by the next command when the process is killed at call ${at} of ${total}`, () => {
      const root = prepare();
      expect(writeWith('kill', at, root).calls).to.equal(at);
      // whatever is there under its own name is whole: the old file or the new one
      const now = snapshot(root);
      for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const allowed = [before[name as keyof typeof before], after[name as keyof typeof after]];
        expect(allowed, name).to.include(now[name]);
      }
      undoInterrupted(root);
      const put = snapshot(root);
      expect([JSON.stringify(before), JSON.stringify(after)].map(sorted), JSON.stringify(put)).to.include(
        sorted(JSON.stringify(put)),
      );
      expect(undoInterrupted(root)).to.deep.equal([]);
      expect(writeWith('count', 0, root).error).to.equal(undefined);
      expect(snapshot(root)).to.deep.equal(after);
    });

    it(`changes nothing when the disk is full at call ${at}`, () => {
      const root = prepare();
      const { error } = writeWith('ENOSPC', at, root);
      if (error === undefined) return expect(snapshot(root)).to.deep.equal(after);
      expect(error)
        .to.have.property('message')
        .that.matches(/the disk is full$/);
      expect(error).to.have.property('hint').that.includes('nothing was changed');
      return expect(snapshot(root)).to.deep.equal(before);
    });

    it(`is whole in either way when call ${at} is refused`, () => {
      const root = prepare();
      const { error } = writeWith('EIO', at, root);
      // once all files are in place, a backup that can't be removed is not a reason to fail
      if (error === undefined) expect(withoutLitter(snapshot(root))).to.deep.equal(after);
      else expect(snapshot(root)).to.deep.equal(before);
    });
  }

  it('keeps what its author edited between the kill and the next command', () => {
    const root = prepare();
    const placed = Array.from({ length: total }, (_, index) => index + 1).find((at) => {
      const trial = prepare();
      writeWith('kill', at, trial);
      return snapshot(trial)['changed.json'] === after['changed.json'];
    });
    writeWith('kill', placed ?? 0, root);
    writeFileSync(join(root, 'changed.json'), '{ "a": 3 }');
    undoInterrupted(root);
    expect(snapshot(root)).to.deep.equal({ ...before, 'changed.json': '{ "a": 3 }' });
  });

  it('takes a journal that was cut off for a write that had not begun', () => {
    const root = prepare();
    writeFileSync(new Journal(root).path ?? '', '{ "files": [ { "pa');
    expect(undoInterrupted(root)).to.deep.equal([]);
    expect(snapshot(root)).to.deep.equal(before);
  });

  it('says which file a read-only folder holds', function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    const root = prepare();
    chmodSync(join(root, 'deep'), 0o500);
    try {
      expect(() => writeFiles(changesIn(root), { root })).to.throw(/other\.txt: it can't be written, no permission/);
      expect(existsSync(join(root, 'made'))).to.equal(false);
      expect(readdirSync(root).sort()).to.deep.equal(['changed.json', 'deep', 'gone.txt']);
    } finally {
      chmodSync(join(root, 'deep'), 0o700);
    }
  });
});

const sorted = (text: string): string => {
  const entries = Object.entries(JSON.parse(text) as Record<string, string>);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const withoutLitter = (tree: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tree).filter(([name]) => !name.endsWith('.bak')));
