import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { releasedBaseline, tagPrefix } from '../../src/git/baseline.ts';
import { GitRepository } from '../../src/git/repository.ts';
import { runGit } from '../../src/git/writer.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { commitAll, git, hasGit, initialise } from '../support/git.ts';
import { oddNames } from '../support/odd-names.ts';

const around = (folder: string): GitRepository => {
  const found = GitRepository.around(folder, thisPlatform());
  if (found === undefined) throw new Error(`${folder} is in no repository`);
  return found;
};

(hasGit ? describe : describe.skip)('GitRepository', () => {
  it('finds the repository around a folder, and none outside', () => {
    const folder = writeTree(temporaryFolder('Ünï code'), { 'a/b/c.txt': '1' });
    expect(GitRepository.around(join(folder, 'a'), thisPlatform())).to.equal(undefined);
    initialise(folder);
    const found = around(join(folder, 'a', 'b'));
    expect(found.root).to.equal(folder);
    expect(found.nameOf(join(folder, 'a', 'b'))).to.equal('a/b');
    expect(found.nameOf(folder)).to.equal('.');
    expect(GitRepository.around(folder, { platform: process.platform, env: { PATH: '' } })).to.equal(undefined);
  });

  it('tells what is not committed, below the paths that were asked for', () => {
    const folder = writeTree(temporaryFolder(), { 'a/old file.json': '1', 'a/gone.json': '2', 'b/c.json': '3' });
    initialise(folder);
    const found = around(folder);
    expect(found.uncommitted([folder])).to.deep.equal([]);
    writeTree(folder, { 'a/old file.json': '9', 'a/ümlaut.json': '1', 'b/c.json': '9' });
    git(folder, 'rm', '--quiet', 'a/gone.json');
    expect(found.uncommitted([join(folder, 'a')])).to.have.members(['a/gone.json', 'a/old file.json', 'a/ümlaut.json']);
    expect(found.changedSince('HEAD', [join(folder, 'b')])).to.deep.equal(['b/c.json']);
  });

  it('is not led to another repository by what a hook has set', () => {
    const folder = writeTree(temporaryFolder(), { 'a.json': '1' });
    const other = temporaryFolder('other');
    mkdirSync(join(other, 'x'));
    writeTree(other, { 'b.json': '1' });
    initialise(folder);
    initialise(other);
    const host = { platform: process.platform, env: { ...process.env, GIT_DIR: join(other, '.git') } };
    expect(GitRepository.around(folder, host)?.files('HEAD', '.')).to.deep.equal(['a.json']);
  });
});

(hasGit ? describe : describe.skip)('releasedBaseline', () => {
  it('is the newest version of those that HEAD contains', () => {
    const folder = writeTree(temporaryFolder(), { 'a.json': '1' });
    initialise(folder);
    const baseline = (given?: string) => releasedBaseline(join(folder, 'a.json'), thisPlatform(), given);
    expect(baseline()).to.equal(undefined);
    for (const tag of ['connector-values', 'connector-v1.9', 'connector-v1.10-preview']) git(folder, 'tag', tag);
    expect(baseline()).to.equal('connector-v1.10-preview');
    git(folder, 'tag', 'connector-v1.10');
    expect(baseline()).to.equal('connector-v1.10');
    git(folder, 'checkout', '--quiet', '-b', 'other');
    writeTree(folder, { 'a.json': '2' });
    commitAll(folder, 'Second');
    git(folder, 'tag', 'connector-v2.0');
    expect(baseline()).to.equal('connector-v2.0');
    git(folder, 'checkout', '--quiet', 'main');
    expect(baseline()).to.equal('connector-v1.10');
    expect(baseline('other')).to.equal('other');
    expect(() => baseline('nothing')).to.throw(/^--baseline nothing: there is no such branch, tag or commit$/);
    expect(() => baseline('--help')).to.throw(/no such branch/);
  });

  it('is that of one folder alone, whatever it is called', () => {
    const folder = writeTree(temporaryFolder(), { 'a.json': '1' });
    initialise(folder);
    const found = around(folder);
    const tags = oddNames.map((name) => `${tagPrefix(join(folder, name), found)}1.0`);
    expect(new Set(tags)).to.have.lengthOf(oddNames.length);
    // git refuses what can't be the name of a tag
    const orders = tags.map((tag) => `verify refs/tags/${tag}\0\0`);
    runGit(found, ['update-ref', '--stdin', '-z'], { input: orders.join('') });
    expect(tags.filter((tag) => /^-|[*?[\\]/.test(tag))).to.deep.equal([]);
  });
});
