import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asObject, isObject, type JsonObject } from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { compareConnectors } from '../../src/diff/compare-definitions.ts';
import { type Kind, ruleOfKind } from '../../src/diff/kinds.ts';
import type { Version } from '../../src/diff/version.ts';
import { defaultSeverity } from '../../src/rules/engine/run.ts';
import { family as breaking } from '../../src/rules/families/breaking.ts';
import { corpus } from '../support/folders.ts';
import { derivations, derive, isolate } from './derived-pairs.ts';
import { reversed } from './pairs.ts';

/** So many published connectors per kind of change: enough to meet every way in which people write them. */
const most = 8;

describe('updates of published connectors', () => {
  const source = join(corpus, 'connectors');
  if (!existsSync(source)) {
    it.skip(`needs the published connectors in ${source}`);
    return;
  }
  const names = readdirSync(source).flatMap((group) => readdirSync(join(source, group)).map((name) => [group, name]));
  const published = new Map<string, Version>();
  before(() => {
    for (const [group = '', name = ''] of names) {
      const { definition, properties } = loadConnector(join(source, group, name));
      if (definition === undefined || definition.unreliable || !isObject(definition.value)) continue;
      published.set(name, { definition: definition.value, properties: asObject(properties?.value) });
    }
  });

  it('derives a pair for every kind there is', () => {
    expect(derivations.map(({ kind }) => kind)).to.deep.equal(breaking.rules.map(({ id }) => id));
  });

  for (const derivation of derivations) {
    const { kind, also = [] } = derivation;
    it(kind, () => {
      let pairs = 0;
      for (const [name, version] of published) {
        const before = { ...version, definition: isolate(version.definition) };
        const after = derive(before, derivation);
        if (after === undefined) continue;
        const kinds = compareConnectors(before, after).map((change) => change.kind);
        expect(kinds, name).to.have.members([kind, ...also, ...advice(kind)]);
        pairs += 1;
        if (pairs === most) break;
      }
      expect(pairs, 'connectors that can be changed so').to.be.greaterThan(0);
    });
  }

  it('finds nothing where only order and layout have changed, within a second each', () => {
    for (const [name, { definition, properties }] of published) {
      const start = Date.now();
      const turned = {
        definition: reversed(definition) as JsonObject,
        properties: reversed(properties) as JsonObject,
      };
      expect(compareConnectors({ definition, properties }, turned), name).to.deep.equal([]);
      expect(Date.now() - start, `${name}: milliseconds`).to.be.lessThan(1000);
    }
  });

  it('compares every connector with a stranger', () => {
    const all = [...published.values()];
    for (const [index, version] of all.entries()) {
      const stranger = all[(index + 1) % all.length] ?? version;
      expect(compareConnectors(version, stranger)).to.not.be.empty;
    }
  });
});

/** What is an error for a verified connector comes with the advice to add a revision. */
const advice = (kind: Kind): string[] =>
  kind !== 'breaking-use-versioning' && defaultSeverity(ruleOfKind(kind), 'verified') === 'error'
    ? ['breaking-use-versioning']
    : [];
