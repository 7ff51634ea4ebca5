import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CommitOptions, decide, diffOf, type PlannedFile, summarise, write } from '../../src/files/commit.ts';
import { digest } from '../../src/files/digest.ts';
import { GeneratedFiles, generatedFilesName } from '../../src/files/generated-files.ts';
import { readJson, readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';

const planned = (
  root: string,
  name: string,
  contents: PlannedFile['contents'],
  kind: PlannedFile['kind'] = 'generated',
): PlannedFile => ({
  path: join(root, ...name.split('/')),
  contents,
  kind,
});

const optionsFor = (root: string, more: Partial<CommitOptions> = {}): CommitOptions => ({
  root,
  generated: GeneratedFiles.read(root),
  ...more,
});

async function commit(root: string, files: PlannedFile[], more: Partial<CommitOptions> = {}): Promise<string[]> {
  const options = optionsFor(root, more);
  const decisions = await decide(files, options);
  write(decisions, options);
  return decisions.map(({ outcome }) => outcome);
}

describe('committing planned files', () => {
  it('creates, leaves alone what is the same, changes what nobody edited, keeps what somebody edited', async () => {
    const root = temporaryFolder();
    const files = (text: string) => [planned(root, 'ours.txt', text), planned(root, 'theirs.txt', text)];
    expect(await commit(root, files('1'))).to.deep.equal(['create', 'create']);
    expect(await commit(root, files('1'))).to.deep.equal(['same', 'same']);
    writeFileSync(join(root, 'theirs.txt'), 'edited');
    expect(await commit(root, files('2'))).to.deep.equal(['change', 'keep']);
    expect([readText(root, 'ours.txt'), readText(root, 'theirs.txt')]).to.deep.equal(['2', 'edited']);
    // an edited file stays the author's, however often we look
    expect(await commit(root, files('3'))).to.deep.equal(['change', 'keep']);
  });

  it("takes a file that we never wrote for the author's", async () => {
    const root = temporaryFolder();
    writeTree(root, { 'mine.txt': 'mine' });
    expect(await commit(root, [planned(root, 'mine.txt', 'ours')])).to.deep.equal(['keep']);
    expect(await commit(root, [planned(root, 'mine.txt', 'ours')], { force: true })).to.deep.equal(['change']);
  });

  it("always writes the author's file with our change in it", async () => {
    const root = temporaryFolder();
    writeTree(root, { 'config.json': '{}' });
    expect(await commit(root, [planned(root, 'config.json', '{ }', 'edited')])).to.deep.equal(['change']);
  });

  it('asks about edited files only', async () => {
    const root = temporaryFolder();
    await commit(root, [planned(root, 'a.txt', '1'), planned(root, 'b.txt', '1')]);
    writeFileSync(join(root, 'b.txt'), 'edited');
    const asked: string[][] = [];
    const ask = async (...question: string[]) => {
      asked.push(question);
      return true;
    };
    expect(await commit(root, [planned(root, 'a.txt', '2'), planned(root, 'b.txt', '2')], { ask })).to.deep.equal([
      'change',
      'change',
    ]);
    expect(asked).to.deep.equal([['b.txt', 'edited', '2']]);
  });

  it('deletes, and forgets what it deleted', async () => {
    const root = temporaryFolder();
    await commit(root, [planned(root, 'a.txt', '1'), planned(root, 'b.txt', '1')]);
    expect(await commit(root, [planned(root, 'a.txt', null)])).to.deep.equal(['delete']);
    expect(readJson(root, generatedFilesName)).to.deep.equal({ files: { 'b.txt': digest('1') } });
    expect(await commit(root, [planned(root, 'never.txt', null)])).to.deep.equal(['same']);
  });

  it("lives with a damaged record: everything is the author's then", async () => {
    const root = temporaryFolder();
    await commit(root, [planned(root, 'a.txt', '1')]);
    writeTree(root, { [generatedFilesName]: '{ "files": ' });
    expect(await commit(root, [planned(root, 'a.txt', '2')])).to.deep.equal(['keep']);
  });

  it('says what happens in one line per file', async () => {
    const root = temporaryFolder();
    await commit(root, [planned(root, 'a.txt', '1'), planned(root, 'sub/b.txt', '1')]);
    writeFileSync(join(root, 'sub', 'b.txt'), 'edited');
    const decisions = await decide(
      [planned(root, 'a.txt', null), planned(root, 'sub/b.txt', '2'), planned(root, 'c.txt', '1')],
      optionsFor(root),
    );
    expect(summarise(decisions, root)).to.equal('  delete a.txt\n  keep sub/b.txt  (you edited it)\n  create c.txt\n');
    expect(summarise([], root)).to.equal('  nothing to change\n');
  });

  it('shows the difference and writes nothing', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'a.txt': 'one\ntwo\n', 'icon.png': Buffer.from([1, 0, 2]) });
    const before = snapshot(root);
    const decisions = await decide(
      [
        planned(root, 'a.txt', 'one\nthree\n', 'edited'),
        planned(root, 'new.txt', 'new\n'),
        planned(root, 'icon.png', Buffer.from([1, 0, 3, 4]), 'edited'),
      ],
      optionsFor(root),
    );
    const diff = await diffOf(decisions, root);
    expect(diff).to.contain('--- a/a.txt\n+++ b/a.txt\n').and.to.contain('-two\n+three\n');
    expect(diff).to.contain('--- /dev/null\n+++ b/new.txt\n').and.to.contain('+new\n');
    expect(diff).to.contain('change icon.png (binary, 4 bytes)\n');
    expect(snapshot(root)).to.deep.equal(before);
  });
});

describe('the digest of a file', () => {
  it('is the same with other line ends', () => {
    expect(digest('a\r\nb\r\n')).to.equal(digest('a\nb\n'));
    expect(digest(Buffer.from('a\r\nb'))).to.equal(digest('a\nb'));
  });

  it('is another one for another text, and for other bytes', () => {
    expect(digest('a')).to.not.equal(digest('b'));
    expect(digest(Buffer.from([0, 13, 10]))).to.not.equal(digest(Buffer.from([0, 10])));
  });
});
