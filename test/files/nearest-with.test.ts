import { chownSync, mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { expect } from 'chai';
import { nearestWith } from '../../src/files/nearest-with.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

describe('the nearest folder with a file that says what begins there', () => {
  const names = ['mark.json'];
  const { HOME: home, USERPROFILE: profile } = process.env;
  afterEach(() => {
    for (const [name, value] of Object.entries({ HOME: home, USERPROFILE: profile })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const marked = (): { root: string; deep: string } => {
    const root = writeTree(temporaryFolder(), { 'mark.json': '{}' });
    const deep = join(root, 'a', 'b');
    mkdirSync(deep, { recursive: true });
    return { root, deep };
  };

  it('is the folder itself, or one above it that has all of them', () => {
    const { root, deep } = marked();
    expect(nearestWith(root, names)).to.equal(root);
    expect(nearestWith(deep, names)).to.equal(root);
    expect(nearestWith(deep, [...names, 'other.json'])).to.equal(undefined);
    writeTree(deep, { 'mark.json': '{}' });
    expect(nearestWith(deep, names)).to.equal(deep);
  });

  it('is none above the git repository, or above the home folder of the user', () => {
    const { root, deep } = marked();
    mkdirSync(join(root, 'a', '.git'));
    expect(nearestWith(deep, names)).to.equal(undefined);
    const other = marked();
    for (const name of ['HOME', 'USERPROFILE']) process.env[name] = join(other.root, 'a');
    expect(nearestWith(other.deep, names)).to.equal(undefined);
    for (const name of ['HOME', 'USERPROFILE']) process.env[name] = other.root;
    expect(nearestWith(other.deep, names)).to.equal(other.root);
  });

  it('is not the root of a drive, unless that is where we work', () => {
    const { root } = parse(process.cwd());
    const there = [process.platform === 'win32' ? 'Windows' : 'tmp'];
    expect(nearestWith(join(root, 'nothing', 'here'), there)).to.equal(undefined);
    expect(nearestWith(root, there)).to.equal(root);
  });

  it('is none that another user has put above our folders', function () {
    if (process.getuid?.() !== 0) this.skip();
    const { root, deep } = marked();
    chownSync(join(root, 'mark.json'), 12_345, 12_345);
    expect(nearestWith(deep, names)).to.equal(undefined);
    // whoever works in it named it
    expect(nearestWith(root, names)).to.equal(root);
    // somebody else's repository, all of it
    chownSync(deep, 12_345, 12_345);
    expect(nearestWith(deep, names)).to.equal(root);
  });
});
