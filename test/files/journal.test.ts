import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Journal, othersJournals, undoInterrupted } from '../../src/files/journal.ts';
import { writeFiles } from '../../src/files/write.ts';
import { readTree, snapshot, temporaryFolder, testState, writeTree } from '../support/folders.ts';

const mark = '.0123abcd';

/** A repository and a folder beside it, which holds what must never be touched. */
function prepare(): { root: string; outside: string } {
  const outside = writeTree(temporaryFolder('home'), {
    kept: 'precious',
    [`kept${mark}.bak`]: 'written by a stranger',
  });
  return { root: writeTree(temporaryFolder(), { 'a.json': '1', payload: 'written by a stranger' }), outside };
}

/** What a process that was killed would have left: a journal of this user's on this machine. */
function journalOf(root: string, files: readonly object[], folders: readonly string[] = []): string {
  const journal = new Journal(root);
  journal.begin([], new Map(), []);
  const entry = JSON.parse(readFileSync(journal.path ?? '', 'utf8')) as object;
  writeFileSync(journal.path ?? '', JSON.stringify({ ...entry, files, folders }));
  return journal.path ?? '';
}

describe('a journal', () => {
  it('that comes with a repository does nothing, and is spoken of in one sentence', () => {
    const { root, outside } = prepare();
    const names = ['.pp-connector.interrupted.json', '.pp-connector.done.json'];
    const files = [
      { path: join(outside, 'kept'), temporary: 'none.tmp', backup: 'payload' },
      { path: '../home/kept', backup: 'payload' },
      { path: 'a.json', backup: join(outside, 'kept') },
    ];
    for (const name of names) writeTree(root, { [name]: JSON.stringify({ files, folders: [outside] }) });
    const before = [snapshot(root), snapshot(outside)];
    expect(undoInterrupted(root)).to.deep.equal([]);
    expect([snapshot(root), snapshot(outside)]).to.deep.equal(before);
    expect(othersJournals(root)).to.match(/^\.pp-connector\.interrupted\.json and \.pp-connector\.done\.json: ignored/);
    for (const name of names) rmSync(join(root, name));
    expect(othersJournals(root)).to.equal(undefined);
  });

  it('takes back only names that a write gives, beside the file', () => {
    const { root, outside } = prepare();
    const before = [snapshot(root), snapshot(outside)];
    const kept = join(outside, 'kept');
    for (const [path, temporary, backup] of [
      [join(root, 'a.json'), undefined, kept],
      [kept, undefined, join(root, 'payload')],
      [join(root, 'a.json'), kept, undefined],
      [join(root, 'a.json'), join(root, 'payload'), join(root, 'payload')],
      [join(root, 'a.json'), undefined, join(root, `payload${mark}.bak`)],
      [`${root}/../home/kept`, undefined, `${root}/../home/kept${mark}.bak`],
      ['a.json', undefined, `a.json${mark}.bak`],
    ]) {
      journalOf(root, [{ path, temporary, backup }], [outside]);
      expect(undoInterrupted(root)).to.deep.equal([]);
      expect([snapshot(root), snapshot(outside)], backup).to.deep.equal(before);
    }
  });

  it('of a finished write hides none of an interrupted one', () => {
    const { root } = prepare();
    const [path, backup] = [join(root, 'a.json'), join(root, `a.json${mark}.bak`)];
    const [other, old] = [join(root, 'payload'), join(root, `payload${mark}.bak`)];
    journalOf(root, [{ path: other, backup: old }]);
    new Journal(root).commit();
    journalOf(root, [{ path, backup }]);
    writeTree(root, { [`a.json${mark}.bak`]: '0', [`payload${mark}.bak`]: 'old' });
    rmSync(path);
    expect(undoInterrupted(root)).to.deep.equal(['a.json']);
    expect(readTree(root)).to.deep.equal({ 'a.json': Buffer.from('0'), payload: Buffer.from('written by a stranger') });
  });

  it('follows no link that has come since', function () {
    if (process.platform === 'win32') this.skip();
    const { root, outside } = prepare();
    mkdirSync(join(root, 'sub'));
    const path = join(root, 'sub', 'kept');
    journalOf(root, [{ path, backup: `${path}${mark}.bak` }]);
    rmSync(join(root, 'sub'), { recursive: true });
    symlinkSync(outside, join(root, 'sub'));
    const before = snapshot(outside);
    expect(undoInterrupted(root)).to.deep.equal([]);
    expect(snapshot(outside)).to.deep.equal(before);
    // a backup that is a link is none of ours
    symlinkSync(join(outside, 'kept'), join(root, `a.json${mark}.bak`));
    journalOf(root, [{ path: join(root, 'a.json'), backup: join(root, `a.json${mark}.bak`) }]);
    expect(undoInterrupted(root)).to.deep.equal([]);
    expect(readFileSync(join(root, 'a.json'), 'utf8')).to.equal('1');
  });

  it('of a folder that had this name before does nothing', () => {
    const { root } = prepare();
    const backup = join(root, `a.json${mark}.bak`);
    const path = journalOf(root, [{ path: join(root, 'a.json'), backup }]);
    renameSync(root, `${root}-old`);
    writeTree(root, { 'a.json': '2', [`a.json${mark}.bak`]: 'from a zip file' });
    const before = snapshot(root);
    expect(undoInterrupted(root)).to.deep.equal([]);
    expect(snapshot(root)).to.deep.equal(before);
    expect(existsSync(path)).to.equal(false);
  });

  it('never lies in the repository', () => {
    const { root } = prepare();
    expect(new Journal(root).path?.startsWith(join(testState, 'pp-connector'))).to.equal(true);
    process.env.XDG_STATE_HOME = root;
    try {
      expect(new Journal(root).path?.startsWith(root)).to.equal(false);
    } finally {
      process.env.XDG_STATE_HOME = testState;
    }
  });
});

describe('a write in a repository', () => {
  it('follows links inside, and none that lead out', function () {
    if (process.platform === 'win32') this.skip();
    const { root, outside } = prepare();
    writeTree(root, { 'docs/README.md': 'old' });
    symlinkSync('docs/README.md', join(root, 'README.md'));
    writeFiles([[join(root, 'README.md'), 'new']], { root });
    expect(snapshot(root)['docs/README.md']).to.equal('new');
    symlinkSync(join(outside, 'kept'), join(root, 'INTRO.md'));
    symlinkSync(outside, join(root, 'connector'));
    symlinkSync(join(outside, 'not yet there'), join(root, 'dangling.json'));
    const before = snapshot(outside);
    for (const name of ['INTRO.md', 'connector/kept', 'connector/new/settings.json', 'dangling.json']) {
      const write = () =>
        writeFiles(
          [
            [join(root, 'a.json'), '2'],
            [join(root, ...name.split('/')), 'x'],
          ],
          { root },
        );
      expect(write, name).to.throw(`${name}: this is a link, and it leads out of the folder`);
    }
    expect(snapshot(outside)).to.deep.equal(before);
    expect(snapshot(root)['a.json']).to.equal('1');
  });

  it('leaves the other name of a file that has two', function () {
    if (process.platform === 'win32') this.skip();
    const { root, outside } = prepare();
    linkSync(join(outside, 'kept'), join(root, 'linked.json'));
    writeFiles([[join(root, 'linked.json'), 'new']], { root });
    expect(readFileSync(join(outside, 'kept'), 'utf8')).to.equal('precious');
  });

  it('makes folders, and takes them away again where it fails', () => {
    const { root } = prepare();
    const path = join(root, 'a', 'b', 'c.json');
    expect(() =>
      writeFiles(
        [
          [path, 'x'],
          [join(root, 'a.json', 'below'), 'x'],
        ],
        { root },
      ),
    ).to.throw();
    expect(existsSync(join(root, 'a'))).to.equal(false);
  });
});
