import { join, sep } from 'node:path';
import { expect } from 'chai';
import { specProblem, toolSpec } from '../../src/repository/tool-spec.ts';
import { version } from '../../src/version.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** A folder in which npm has installed this package. @param resolved what npm remembers of where it came from */
function installation(resolved: string | undefined, files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const lock = { packages: { 'node_modules/generator-pp-connector': { version, resolved } } };
  writeTree(folder, { ...files, 'tools/node_modules/.package-lock.json': JSON.stringify(lock) });
  return { folder, from: join(folder, 'tools', 'node_modules', 'generator-pp-connector') };
}

describe('how a new repository names this package', () => {
  it('by its version, when it comes from a registry', () => {
    const { folder, from } = installation('https://registry.npmjs.org/generator-pp-connector/-/g.tgz');
    expect(toolSpec(join(folder, 'new'), from)).to.equal(`^${version}`);
  });

  it('by the path of the tarball that npm or npx has installed', () => {
    const { folder, from } = installation('file:../archives/pp.tgz', { 'archives/pp.tgz': '' });
    expect(toolSpec(join(folder, 'a', 'new'), from)).to.equal('file:../../archives/pp.tgz');
  });

  it('by its version, when the tarball is gone, or nothing is remembered', () => {
    const gone = installation('file:../archives/pp.tgz');
    expect(toolSpec(gone.folder, gone.from)).to.equal(`^${version}`);
    const { folder } = installation(undefined);
    expect(toolSpec(folder, [folder, 'node_modules', 'generator-pp-connector'].join(sep))).to.equal(`^${version}`);
    writeTree(folder, { 'tools/node_modules/.package-lock.json': '{' });
    expect(toolSpec(folder, join(folder, 'tools', 'node_modules', 'x'))).to.equal(`^${version}`);
  });

  it('by the path of a checkout', () => {
    const folder = temporaryFolder();
    expect(toolSpec(join(folder, 'new'), join(folder, 'checkout'))).to.equal('file:../checkout');
  });

  it('and says who cannot install it', () => {
    expect(specProblem('file:../pp.tgz', true)).to.match(/colleagues and workflows can't install it/);
    expect(specProblem('file:../pp.tgz', false)).to.match(/colleagues can't install it/);
    expect(specProblem('next', true)).to.equal(undefined);
  });
});
