import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../src/errors.ts';
import { Journal } from '../../src/files/journal.ts';
import { type Change, writeFiles } from '../../src/files/write.ts';
import { readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';

describe('writing files', () => {
  it('writes, replaces and deletes, and makes folders', () => {
    const folder = temporaryFolder();
    writeTree(folder, { 'old.txt': 'old', 'gone.txt': 'gone' });
    writeFiles([
      [join(folder, 'old.txt'), 'new'],
      [join(folder, 'a', 'b', 'deep.txt'), Buffer.from('deep')],
      [join(folder, 'gone.txt'), null],
      [join(folder, 'never-there.txt'), null],
    ]);
    expect(snapshot(folder)).to.deep.equal({ 'a/b/deep.txt': 'deep', 'old.txt': 'new' });
  });

  it('keeps the mode of a file', function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    writeTree(folder, { 'run.sh': 'old' });
    chmodSync(join(folder, 'run.sh'), 0o750);
    writeFiles([[join(folder, 'run.sh'), 'new']]);
    expect(statSync(join(folder, 'run.sh')).mode & 0o777).to.equal(0o750);
  });

  it('names the journal where only that is refused', () => {
    const folder = temporaryFolder();
    const { path = '' } = new Journal(folder);
    mkdirSync(path, { recursive: true });
    const file = join(folder, 'made', 'one.txt');
    expect(() => writeFiles([[file, 'new']], { root: folder })).to.throw(UserError, `${path}: it can't be written`);
    expect(readdirSync(folder)).to.deep.equal([]);
    rmSync(path, { recursive: true });
  });

  describe('changes nothing and leaves nothing lying about', () => {
    const before = { 'one.txt': 'one', 'two.txt': 'two', file: 'no folder' };
    const failing = (changes: (folder: string) => Iterable<Change>): void => {
      const folder = temporaryFolder();
      writeTree(folder, before);
      expect(() => writeFiles(changes(folder))).to.throw();
      expect(snapshot(folder)).to.deep.equal(before);
    };

    it("when the folder of a later file can't be made", () => {
      failing((folder) => [
        [join(folder, 'one.txt'), 'new'],
        [join(folder, 'file', 'below.txt'), 'new'],
      ]);
    });

    it('when the program is stopped between two files', () => {
      failing(function* (folder): Generator<Change> {
        yield [join(folder, 'two.txt'), null];
        yield [join(folder, 'one.txt'), 'new'];
        throw new Error('stopped');
      });
    });

    it('when a folder is where a file must go', () => {
      const folder = temporaryFolder();
      writeTree(folder, before);
      mkdirSync(join(folder, 'three.txt'));
      const changes: Change[] = [
        [join(folder, 'one.txt'), 'new'],
        [join(folder, 'three.txt'), 'new'],
        [join(folder, 'two.txt'), 'new'],
      ];
      expect(() => writeFiles(changes)).to.throw();
      expect(readdirSync(folder).sort()).to.deep.equal(['file', 'one.txt', 'three.txt', 'two.txt']);
      expect([readText(folder, 'one.txt'), readText(folder, 'two.txt')]).to.deep.equal(['one', 'two']);
    });
  });
});
