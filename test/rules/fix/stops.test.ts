import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { clone, isObject, type Json, type JsonObject } from '../../../src/connector/json/value.ts';
import { type Connector, connectorFrom, filesOf, loadConnector } from '../../../src/connector/load.ts';
import type { SourceFile } from '../../../src/connector/source-file.ts';
import { whatStops } from '../../../src/diff/what-stops.ts';
import { startSession } from '../../../src/rules/engine/validate-connector.ts';
import { exampleConnector } from '../../../src/rules/examples/example-connector.ts';
import { allRules, ruleById } from '../../../src/rules/families/catalogue.ts';
import { type FixResult, fixConnector } from '../../../src/rules/fix/fix-connector.ts';
import { corpus } from '../../support/folders.ts';

const isSafe = (rule: string): boolean => ruleById.get(rule)?.fix === 'safe';

async function fixSafely(connector: Connector): Promise<FixResult> {
  const { validate } = startSession(connector, { cwd: '/', profile: 'verified' });
  return fixConnector(connector, { validate, wanted: isSafe, stops: whatStops });
}

/** Safe fixes stop nothing, and a second time they find nothing to do. */
async function expectSafe(connector: Connector, name: string): Promise<void> {
  const first = await fixSafely(connector);
  expect(whatStops(connector, first.connector), name).to.deep.equal([]);
  expect((await fixSafely(first.connector)).changes, `${name}, again`).to.deep.equal([]);
}

describe('safe fixes stop nothing', () => {
  const examples = allRules.flatMap(({ id, fix, examples: all }) =>
    (fix === 'safe' ? (all?.bad ?? []) : [])
      .filter(({ fixed }) => fixed !== undefined)
      .map((example) => ({ ...example, name: `${id}: ${example.name}` })),
  );

  it('of what the examples of rules with safe fixes show', async () => {
    for (const example of examples) {
      const { profile = 'verified', subject = 'folder' } = example;
      await expectSafe(exampleConnector({ ...example, profile, subject }), example.name);
    }
  }).timeout(120_000);

  it('that people use already, and leave it for the unsafe ones', async () => {
    const definition = { paths: { '/hooks/{hookId}': { delete: { 'x-ms-visibility': 'advanced' } } } };
    const shown = exampleConnector({ profile: 'verified', subject: 'folder', definition });
    const { connector } = await fixSafely(shown);
    expect(connector.definition?.text).to.equal(shown.definition?.text);
  });

  it('and what is left because of that is not promised to be fixed by them', async () => {
    const schema = { properties: { kind: { enum: ['land', 'sea'] } } };
    const definition = { paths: { '/stations': { get: { responses: { '200': { schema } } } } } };
    const { held, findings } = await fixSafely(
      exampleConnector({ profile: 'verified', subject: 'folder', definition }),
    );
    expect(held.map(({ rule }) => rule)).to.deep.equal(['schema-type-missing']);
    expect(findings.filter(({ rule }) => rule === 'schema-type-missing')).to.have.length(1);
    expect(findings.filter(({ rule, fixable }) => fixable && isSafe(rule))).to.deep.equal([]);
  });

  const source = join(corpus, 'connectors');
  if (!existsSync(source)) {
    it.skip(`needs the published connectors in ${source}`);
    return;
  }
  const folders = readdirSync(source).flatMap((group) =>
    readdirSync(join(source, group)).map((name) => join(source, group, name)),
  );

  it('of published connectors that somebody has edited by half', async () => {
    // large ones take long; what they show, others show, too
    const small = folders.filter((folder) => (loadConnector(folder).definition?.text.length ?? 0) < 60_000);
    const arbitrary = fc.record({
      folder: fc.constantFrom(...small),
      edits: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...edits)), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ folder, edits: chosen }) => {
        await expectSafe(edited(loadConnector(folder), chosen), folder);
      }),
      { seed: 20_261_128, numRuns: 40, interruptAfterTimeLimit: 60_000 },
    );
  }).timeout(120_000);
});

/** What happens to a value: an object and the key in it. */
const edits: readonly ((parent: JsonObject, key: string) => void)[] = [
  (parent, key) => delete parent[key],
  (parent, key) => {
    parent[key] = null;
  },
  (parent, key) => {
    parent[key] = '';
  },
  (parent, key) => {
    parent[key] = [];
  },
  (parent, key) => {
    parent[key] = `${String(parent[key])} \ud83d`;
  },
  (parent, key) => {
    parent[`${key} copy`] = clone(parent[key] ?? null);
  },
];

/** The connector with some of its values changed: definition and properties in turn. */
function edited(connector: Connector, chosen: readonly (readonly [number, (typeof edits)[number]])[]): Connector {
  const roles = ['definition', 'properties'] as const;
  const values = new Map(roles.map((role) => [role, clone<Json>(connector[role]?.value ?? {})]));
  chosen.forEach(([number, edit], index) => {
    const places = placesIn(values.get(roles[index % 2] ?? 'definition') ?? {});
    const place = places[number % Math.max(1, places.length)];
    if (place !== undefined) edit(...place);
  });
  const files = filesOf(connector).map((file): SourceFile => {
    const { role, path } = file;
    const value = role === 'definition' || role === 'properties' ? values.get(role) : undefined;
    return value === undefined ? file : { role, path, bytes: Buffer.from(JSON.stringify(value, null, 2)) };
  });
  return connectorFrom(connector.location, files);
}

function placesIn(value: Json): [JsonObject, string][] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): [JsonObject, string][] => [[value, key], ...placesIn(inner)]);
}
