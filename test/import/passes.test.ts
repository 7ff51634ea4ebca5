import { expect } from 'chai';
import type { Conversion } from '../../src/import/conversion.ts';
import { passes } from '../../src/import/passes.ts';

/** What a conversion begins with, before any pass. */
const beginning: readonly (keyof Conversion)[] = ['source', 'options', 'report', 'model'];

describe('import: the passes', () => {
  it('need nothing that an earlier one has not left, and leave everything once', () => {
    const there = new Set<keyof Conversion>(beginning);
    for (const { name, needs, leaves } of passes) {
      expect(
        needs.filter((need) => !there.has(need)),
        `${name}: comes before what it needs`,
      ).to.deep.equal([]);
      expect(
        leaves.filter((left) => there.has(left)),
        `${name}: was there before`,
      ).to.deep.equal([]);
      for (const left of leaves) there.add(left);
    }
  });

  it('leave all that a result is made of', () => {
    const all: Record<Exclude<keyof Conversion, 'source' | 'options' | 'report' | 'model'>, true> = {
      selected: true,
      transport: true,
      info: true,
      authentication: true,
      ids: true,
      texts: true,
      definitions: true,
      triggers: true,
      converted: true,
      notifications: true,
      contents: true,
      subscriptions: true,
      schemas: true,
      definition: true,
      paging: true,
      fit: true,
    };
    expect(passes.flatMap(({ leaves }) => [...leaves]).sort()).to.deep.equal(Object.keys(all).sort());
  });

  it('have names of their own', () => {
    const names = passes.map(({ name }) => name);
    expect([...new Set(names)]).to.deep.equal(names);
  });
});
