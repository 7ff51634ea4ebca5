import { expect } from 'chai';
import { getOwn, type Json } from '../../../src/connector/json/value.ts';

describe('a property of its own', () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype);

  it('is none that every object inherits', () => {
    expect(inherited).to.include.members(['constructor', '__proto__', 'toString']);
    for (const name of inherited) expect(getOwn({}, name), name).to.equal(undefined);
  });

  it('is whatever JSON has under such a name, also null, false and nothing', () => {
    for (const name of [...inherited, 'title']) {
      for (const value of ['text', null, false, 0, '', [], {}] as Json[]) {
        const object = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
        expect(getOwn(object, name), name).to.deep.equal(value);
      }
    }
  });

  it('is nothing of other values', () => {
    for (const value of [undefined, null, 'text', 1, true, ['length']])
      expect(getOwn(value, 'length')).to.equal(undefined);
  });
});
