import { expect } from 'chai';
import { commandNames } from '../src/cli/commands.ts';
import { nearest, nearestOf } from '../src/did-you-mean.ts';

describe('did you mean', () => {
  const meant: readonly (readonly [typed: string, meant: string])[] = [
    ['validat', 'validate'],
    ['vlaidate', 'validate'],
    ['VALIDATE', 'validate'],
    ['nwe', 'new'],
    ['ne', 'new'],
    ['tset', 'test'],
    ['docto', 'doctor'],
    ['oper', 'operation'],
    ['operations', 'operation'],
    ['enviroment', 'environment'],
    ['depoly', 'deploy'],
    ['relaese', 'release'],
  ];
  for (const [typed, word] of meant) {
    it(`${typed}: ${word}`, () => expect(nearest(typed, commandNames())).to.equal(word));
  }

  for (const typed of ['foo', 'bar', 'x', 'banana', 'git', 'zip', 'wat', '', '--', 'kubernetes', 'é'.repeat(200)]) {
    it(`${typed.slice(0, 20)}: nothing, it is another word`, () => {
      expect(nearest(typed, commandNames())).to.equal(undefined);
    });
  }

  it('names no word that goes on from what was typed where several do', () => {
    expect(nearest('desc', ['description', 'descriptor'])).to.equal(undefined);
  });

  it('lists what is near or holds what was typed', () => {
    expect(nearestOf('item', ['ListItems', 'GetItem', 'iten', 'Orders'])).to.deep.equal([
      'ListItems',
      'GetItem',
      'iten',
    ]);
    expect(nearestOf('foo', ['fix', 'for'])).to.deep.equal(['for']);
  });
});
