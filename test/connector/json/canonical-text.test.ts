import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalText, deepEqual, type Json } from '../../../src/connector/json/value.ts';

describe('canonical texts', () => {
  const small = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

  it('are equal exactly when the values are', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(canonicalText(a) === canonicalText(b)).to.equal(deepEqual(a, b));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("don't depend on the order of keys, but on that of lists", () => {
    expect(canonicalText({ a: [{ c: 1, d: 2 }], b: 0 })).to.equal(canonicalText({ b: 0, a: [{ d: 2, c: 1 }] }));
    expect(canonicalText([1, 2])).not.to.equal(canonicalText([2, 1]));
    expect(canonicalText('1')).not.to.equal(canonicalText(1));
  });
});
