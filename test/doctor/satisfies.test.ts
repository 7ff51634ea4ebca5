import { expect } from 'chai';
import manifest from '../../package.json' with { type: 'json' };
import { satisfies } from '../../src/doctor/satisfies.ts';

describe('satisfies', () => {
  const range = '^20.19.0 || >=22.12.0';
  for (const version of ['20.19.0', '20.20.2', '22.12.0', '24.0.0', '22.12.0-nightly']) {
    it(`${version} fits`, () => expect(satisfies(version, range)).to.equal(true));
  }
  for (const version of ['18.20.0', '20.18.3', '21.7.0', '22.11.9', '2.20.0']) {
    it(`${version} does not fit`, () => expect(satisfies(version, range)).to.equal(false));
  }

  it('understands the range of this package', () => {
    expect(satisfies(process.versions.node, manifest.engines.node)).to.equal(true);
  });

  it('refuses to guess', () => {
    expect(() => satisfies('1.0.0', '~1.0.0')).to.throw(/not a range/);
  });
});
