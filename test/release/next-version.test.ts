import { expect } from 'chai';
import { nextVersion, requireTaggable } from '../../src/release/next-version.ts';

describe('nextVersion', () => {
  it('counts up the number of the level, and starts those after it anew', () => {
    expect(nextVersion('1.2.3', 'major')).to.equal('2.0.0');
    expect(nextVersion('1.2.3', 'minor')).to.equal('1.3.0');
    expect(nextVersion('1.2.3', 'patch')).to.equal('1.2.4');
    expect(nextVersion('1.9.9', 'patch')).to.equal('1.9.10');
  });

  it('keeps the form', () => {
    expect(nextVersion('1.0', 'major')).to.equal('2.0');
    expect(nextVersion('1.0', 'minor')).to.equal('1.1');
    expect(nextVersion('1.0', 'patch')).to.equal('1.1');
    expect(nextVersion('3', 'patch')).to.equal('4');
    expect(nextVersion('1.2.3.4', 'minor')).to.equal('1.3.0.0');
    expect(nextVersion('1.0-preview', 'minor')).to.equal('1.1-preview');
  });

  it('refuses what has no number', () => {
    for (const version of ['first', '', 'v1.0']) {
      expect(() => nextVersion(version, 'minor'), version).to.throw(/nobody can tell what comes after/);
    }
  });
});

describe('requireTaggable', () => {
  it('takes what git takes in a tag, beginning with a number', () => {
    for (const version of ['1', '1.0', '1.2.3-preview.1', '2024-05-01', '1.0.0+5'])
      requireTaggable(version, '--version');
    for (const version of ['', 'v1', '1.0 beta', '1..0', '1.', '1.lock', '1~2', '1:2', '-1', '1/2', '1\n2']) {
      expect(() => requireTaggable(version, '--version'), version).to.throw(/^--version: .* can't be the version/s);
    }
  });
});
