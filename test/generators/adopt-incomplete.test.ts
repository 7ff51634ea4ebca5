import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  asArray,
  asObject,
  asString,
  clone,
  getOwn,
  isObject,
  type JsonObject,
} from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { corpus, readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';

interface Variant {
  /** Identity provider, place of the key, and what became of it. */
  name: string;
  definition: string;
  properties: string;
}

/** So many take half a minute. */
const most = 90;

/** One variant of each name, evenly chosen. */
function sampled(all: readonly Variant[]): Variant[] {
  const distinct = [...new Map(all.map((variant) => [variant.name, variant])).values()];
  const step = Math.max(1, distinct.length / most);
  return distinct.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** What becomes of a key. A doubled one can't be said in values: its copy gets its name in the text. */
const edits: Readonly<Record<string, (parent: JsonObject, key: string) => void>> = {
  removed: (parent, key) => delete parent[key],
  null: (parent, key) => {
    parent[key] = null;
  },
  empty: (parent, key) => {
    parent[key] = '';
  },
  doubled: (parent, key) => {
    parent[`doubled ${key}`] = clone(parent[key] ?? null);
  },
};

const asText = (value: JsonObject): string => JSON.stringify(value, null, 4).replaceAll('"doubled ', '"');

function variantsIn(source: string): Variant[] {
  const folders = readdirSync(source).flatMap((kind) =>
    readdirSync(join(source, kind)).map((name) => join(source, kind, name)),
  );
  return folders.flatMap((folder) => {
    const { definition, properties } = loadConnector(folder);
    if (!isObject(definition?.value) || !isObject(properties?.value)) return [];
    return variantsOf(signInOf(definition.value), properties.value);
  });
}

/** How the definition says that one signs in, and nothing else: operations only take time. */
const signInOf = ({ swagger, info, host, securityDefinitions, security }: JsonObject): string =>
  JSON.stringify({ swagger, info, host, securityDefinitions, security, paths: {} }, null, 2);

function variantsOf(definition: string, properties: JsonObject): Variant[] {
  return Object.keys(edits).flatMap((name) =>
    placesIn(properties).map(([provider, path], index) => {
      const copy = clone(properties);
      const place = placesIn(copy)[index];
      if (place !== undefined) edits[name]?.(place[2], place[3]);
      return { name: `${provider} ${path} ${name}`, definition, properties: asText(copy) };
    }),
  );
}

/** Every key of OAuth settings, and of the objects in them. */
function placesIn(properties: JsonObject): [provider: string, path: string, parent: JsonObject, key: string][] {
  const inner = asObject(getOwn(properties, 'properties'));
  const sets = asArray(getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'values')).map((set) =>
    asObject(getOwn(asObject(set), 'parameters')),
  );
  const parameters = [asObject(getOwn(inner, 'connectionParameters')), ...sets].flatMap((all) => Object.values(all));
  return parameters.flatMap((parameter) => {
    const token = asObject(parameter);
    const settings = getOwn(token, 'oAuthSettings');
    if (!isObject(settings)) return [];
    const provider = asString(getOwn(settings, 'identityProvider')) ?? 'none';
    const below = (parent: JsonObject, path: string): [string, string, JsonObject, string][] =>
      Object.entries(parent).flatMap(([key, value]): [string, string, JsonObject, string][] => [
        [provider, `${path}${key}`, parent, key],
        ...(isObject(value) ? below(value, `${path}${key}.`) : []),
      ]);
    const self: [string, string, JsonObject, string] = [provider, 'oAuthSettings', token, 'oAuthSettings'];
    return [self, ...below(settings, '')];
  });
}

/** Sign-ins of published connectors that their author has left incomplete: what is missing is for validate to tell. */
describe('adopting an incomplete sign-in keeps every byte', () => {
  const sources = ['connectors', 'connectors-2025'].map((name) => join(corpus, name)).filter(existsSync);
  if (sources.length === 0) {
    it.skip(`needs the published connectors in ${corpus}`);
    return;
  }
  const variants = sampled(sources.flatMap(variantsIn));

  it('has enough of them', () => {
    expect(variants.length).to.be.greaterThan(60);
  });

  for (const { name, definition, properties } of variants) {
    it(name, async () => {
      const from = writeTree(temporaryFolder('source'), {
        'apiDefinition.swagger.json': definition,
        'apiProperties.json': properties,
      });
      const cwd = temporaryFolder();
      await generate('app', { cwd, flags: { from } });
      expect(readText(cwd, 'connector/apiDefinition.json')).to.equal(definition);
      expect(readText(cwd, 'connector/apiProperties.json')).to.equal(properties);
    });
  }
});
