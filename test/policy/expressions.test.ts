import { expect } from 'chai';
import { connectionParametersIn, mayHavePath, unexpandedInSetProperty } from '../../src/policy/expressions.ts';

describe('expressions of policies', () => {
  it('finds connection parameters in both forms, with defaults and sets', () => {
    const text = `a @connectionParameters('one') @{connectionParameters("two",'x')} @ConnectionParameters('three',,'set')`;
    expect(connectionParametersIn(text)).to.deep.equal(['one', 'two', 'three']);
    expect(connectionParametersIn('ann@contoso.com (main)')).to.deep.equal([]);
  });

  for (const value of [
    "@connectionParameters('a')",
    "x @{connectionParameters('a')}",
    "{@headers('A')}",
    "@header('A')",
  ])
    it(`knows that a property can't be set to ${value}`, () => {
      expect(unexpandedInSetProperty(value)).not.to.equal(undefined);
    });

  for (const value of ['@body().a', '{@item().a} b', 'connectionParameters', 'ann@contoso.com', ''])
    it(`lets a property be set to ${JSON.stringify(value)}`, () => {
      expect(unexpandedInSetProperty(value)).to.equal(undefined);
    });

  for (const [address, has] of [
    ["https://@connectionParameters('site').contoso.com", false],
    ["https://@connectionParameters('site').contoso.com/", false],
    ["https://@connectionParameters('site')", false],
    ["https://@{connectionParameters('site')}", false],
    ["https://@connectionParameters('site').contoso.com/v2", true],
    ["@connectionParameters('url')", true],
    ["@connectionParameters('url')/v2", true],
    ["https://@connectionParameters('site','api.contoso.com/v2')", true],
    ["https://@connectionParameters('site','https://api.contoso.com')", false],
  ] as const)
    it(`${has ? 'sees' : 'misses'} a path in ${address}`, () => {
      expect(mayHavePath(address)).to.equal(has);
    });
});
