import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { GitRepository } from '../../src/git/repository.ts';
import { shellPath } from '../../src/process/command.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { commitAll, git, gitEnvironment, hasGit, initialise } from '../support/git.ts';

/** A git repository that came from a stranger with its configuration. Each planted program leaves a mark. */
interface Planted {
  folder: string;
  /** Path of what leaves the mark. */
  program: string;
  mark: string;
}

const hooks = [
  'post-index-change',
  'post-checkout',
  'reference-transaction',
  'pre-auto-gc',
  'pre-commit',
  'fsmonitor-watchman',
];

const plants: Readonly<Record<string, (planted: Planted) => void>> = {
  'a filter by info/attributes': ({ folder, program }) => {
    writeFileSync(join(folder, '.git', 'info', 'attributes'), '* filter=x\n');
    git(folder, 'config', 'filter.x.clean', program);
    git(folder, 'config', 'filter.x.smudge', program);
  },
  'a filter that is a process, by .gitattributes and an included file': ({ folder, program }) => {
    writeFileSync(join(folder, '.gitattributes'), '* filter=x\n');
    writeFileSync(join(folder, '.git', 'more'), `[filter "x"]\n\tprocess = ${program}\n\trequired = true\n`);
    git(folder, 'config', 'include.path', 'more');
  },
  'a monitor of the file system': ({ folder, program }) => git(folder, 'config', 'core.fsmonitor', program),
  hooks: ({ folder, program }) => {
    mkdirSync(join(folder, 'hooks'));
    for (const name of hooks) writeFileSync(join(folder, 'hooks', name), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    git(folder, 'config', 'core.hooksPath', 'hooks');
  },
  'an external diff and a converter of texts': ({ folder, program }) => {
    writeFileSync(join(folder, '.git', 'info', 'attributes'), '* diff=x\n');
    for (const key of ['diff.external', 'diff.x.command', 'diff.x.textconv']) git(folder, 'config', key, program);
  },
  'pagers, helpers, editors, shortcuts': ({ folder, program }) => {
    const keys = ['core.pager', 'pager.tag', 'pager.ls-tree', 'core.editor', 'core.askPass', 'core.sshCommand'];
    for (const key of [...keys, 'core.alternateRefsCommand', 'gpg.program']) git(folder, 'config', key, program);
    for (const key of ['credential.helper', 'alias.ls-files', 'alias.tag']) git(folder, 'config', key, `!${program}`);
  },
};

const around = (folder: string): GitRepository => {
  const found = GitRepository.around(folder, thisPlatform());
  if (found === undefined) throw new Error(`${folder} is in no repository`);
  return found;
};

function prepare(): Planted {
  const folder = writeTree(temporaryFolder(), { 'a.json': '1\n', 'sub/b.json': '2\n' });
  initialise(folder);
  git(folder, 'tag', 'connector-v1.0.0');
  const mark = join(temporaryFolder('marks'), 'ran');
  const program = join(temporaryFolder('programs'), 'program.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\ncat\n`, { mode: 0o755 });
  return { folder, program, mark };
}

/** All that is ever asked of it. */
function askEverything(folder: string): void {
  const found = around(folder);
  // as if it had been touched: git would look into it
  for (const name of ['a.json', 'sub/b.json']) appendFileSync(join(folder, ...name.split('/')), 'x');
  found.commit('HEAD');
  found.commit('connector-v1.0.0');
  found.tags('connector-v*');
  found.hasTag('connector-v1.0.0');
  found.files('HEAD', '.');
  found.read('HEAD', 'a.json');
  expect(found.uncommitted([folder])).to.include('a.json');
  expect(found.changedSince('HEAD', [join(folder, 'sub')])).to.deep.equal(['sub/b.json']);
}

const canRun = hasGit && process.platform !== 'win32';

(canRun ? describe : describe.skip)("a stranger's git repository", () => {
  for (const [what, plant] of Object.entries(plants)) {
    it(`runs nothing: ${what}`, () => {
      const planted = prepare();
      plant(planted);
      rmSync(planted.mark, { force: true });
      askEverything(planted.folder);
      expect(existsSync(planted.mark)).to.equal(false);
    });
  }

  it('runs what is planted where git is asked itself: the marks are real', () => {
    const ran = Object.entries(plants).filter(([, plant]) => {
      const planted = prepare();
      plant(planted);
      rmSync(planted.mark, { force: true });
      appendFileSync(join(planted.folder, 'a.json'), 'x');
      const options = { cwd: planted.folder, env: { ...process.env, ...gitEnvironment }, timeout: 5000 };
      for (const words of [['status'], ['diff', '--ext-diff'], ['add', '.'], ['-p', 'tag']])
        spawnSync('git', words, options);
      return existsSync(planted.mark);
    });
    // pagers need a terminal
    expect(ran.map(([what]) => what)).to.include.members(Object.keys(plants).slice(0, 5));
  });

  it('fetches nothing that a partial clone lacks', () => {
    const { folder, program, mark } = prepare();
    const blob = git(folder, 'rev-parse', 'HEAD:a.json');
    for (const [key, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.url', folder],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.uploadpack', program],
    ] as const) {
      git(folder, 'config', key, value);
    }
    const object = join(folder, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
    chmodSync(object, 0o600);
    rmSync(object);
    expect(around(folder).read('HEAD', 'a.json')).to.equal(undefined);
    askEverything(folder);
    expect(existsSync(mark)).to.equal(false);
    spawnSync('git', ['cat-file', 'blob', blob], { cwd: folder, timeout: 5000 });
    expect(existsSync(mark), 'git itself fetches').to.equal(true);
  });

  it('of another user is refused in the words of git, with its remedy', () => {
    const { folder } = prepare();
    const host = { ...thisPlatform(), env: { ...process.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } };
    const found = GitRepository.around(folder, host);
    expect(() => found?.commit('HEAD'))
      .to.throw(`${folder}: git refuses to work here, since the repository belongs to another user`)
      .with.property('hint', `if you trust it: git config --global --add safe.directory ${shellPath(folder)}`);
  });

  it('whose configuration names another working tree is refused', () => {
    const { folder } = prepare();
    git(folder, 'config', 'core.worktree', temporaryFolder('elsewhere'));
    expect(() => around(folder).uncommitted([folder])).to.throw('not the working tree of the git repository');
    expect(around(folder).files('HEAD', '.')).to.deep.equal(['a.json', 'sub']);
  });
});

(hasGit ? describe : describe.skip)('files compared with what git has', () => {
  const names = (folder: string): string[] => around(folder).uncommitted([folder]);

  it('are the same with the line ends of Windows', () => {
    const folder = writeTree(temporaryFolder(), { 'a.json': '{\n}\n', '.gitattributes': '* text=auto\n' });
    initialise(folder);
    writeTree(folder, { 'a.json': '{\r\n}\r\n' });
    expect(names(folder)).to.deep.equal([]);
    expect(around(folder).changedSince('HEAD', [folder])).to.deep.equal([]);
    writeTree(folder, { 'a.json': '{\r\n }\r\n' });
    expect(names(folder)).to.deep.equal(['a.json']);
  });

  it('agree with git about all that can happen to a file', () => {
    const folder = writeTree(temporaryFolder('Ünï code'), {
      ...Object.fromEntries(
        ['same', 'edited', 'gone', 'unstaged', 'staged', 'moved', 'back'].map((name) => [name, '1\n']),
      ),
      'icon.png': Buffer.from([0, 13, 10, 0]),
      '.gitignore': 'ignored\n',
    });
    initialise(folder);
    writeTree(folder, {
      edited: '2\n',
      staged: '2\n',
      new: '1\n',
      added: '1\n',
      ignored: '1\n',
      'sub/ü': '1\n',
      back: '2\n',
    });
    rmSync(join(folder, 'gone'));
    git(folder, 'add', 'staged', 'added', 'back');
    git(folder, 'rm', '--cached', '--quiet', 'unstaged');
    git(folder, 'mv', 'moved', 'sub/moved');
    writeTree(folder, { back: '1\n' });
    const words = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'];
    const status = git(folder, ...words)
      .split('\0')
      .filter(Boolean);
    expect(names(folder)).to.have.members([...new Set(status.map((entry) => entry.slice(3)))]);
    const diff = git(folder, 'diff', '--name-only', '-z', '--no-renames', 'HEAD').split('\0').filter(Boolean);
    expect(around(folder).changedSince('HEAD', [folder]).sort()).to.deep.equal(
      // by git's index alone `unstaged` is deleted; here the file counts, which is as it was
      diff.filter((name) => name !== 'unstaged').sort(),
    );
  });

  it('are what Git LFS keeps for its pointers, and left out where they are not checked out', () => {
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 0\n`;
    const folder = writeTree(temporaryFolder(), { 'icon.png': pointer, 'far.json': '1' });
    initialise(folder);
    git(folder, 'update-index', '--skip-worktree', 'far.json');
    rmSync(join(folder, 'far.json'));
    writeTree(folder, { 'icon.png': '' });
    expect(names(folder)).to.deep.equal([]);
    writeTree(folder, { 'icon.png': 'x' });
    expect(names(folder)).to.deep.equal(['icon.png']);
    commitAll(folder, 'Second');
    expect(names(folder)).to.deep.equal([]);
  });

  it('may have names in SHA-256', function () {
    const folder = writeTree(temporaryFolder(), { a: '1' });
    if (spawnSync('git', ['init', '--quiet', '--object-format=sha256'], { cwd: folder }).status !== 0) this.skip();
    commitAll(folder, 'First');
    expect(names(folder)).to.deep.equal([]);
    writeTree(folder, { a: '2' });
    expect(names(folder)).to.deep.equal(['a']);
  });
});
