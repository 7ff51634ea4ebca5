import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  asObject,
  clone,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../../src/connector/json/value.ts';
import { type Connector, loadConnector } from '../../src/connector/load.ts';
import { driftOf } from '../../src/deploy/deployment-state.ts';
import { hideClients, type RemoteCopy } from '../../src/deploy/remote-copy.ts';
import { changedFiles } from '../../src/download/changed-files.ts';
import { mergeConnector } from '../../src/download/merge-connector.ts';
import { corpus } from '../support/folders.ts';

const folder = join(corpus, 'connectors');

/** Keys in another order, as a service may give them back. */
const reordered = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reordered);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value).reverse()) setOwn(copy, key, reordered(item));
  return copy;
};

/** What the service makes of a connector by itself: another order, texts without blanks around them, empty lists. */
function served({ definition, properties, script }: Connector): RemoteCopy {
  const copy = {
    definition: asObject(reordered(definition?.value ?? {})),
    properties: asObject(reordered(properties?.value ?? {})),
  };
  hideClients(copy.properties);
  copy.definition.tags ??= [];
  for (const operation of operationsOf(copy.definition)) {
    operation.tags ??= [];
    if (typeof operation.description === 'string') operation.description = ` ${operation.description} `;
  }
  return { ...copy, script: script?.text.replaceAll('\r\n', '\n'), icon: undefined };
}

const operationsOf = (definition: JsonObject): JsonObject[] =>
  Object.values(asObject(getOwn(definition, 'paths'))).flatMap((item) =>
    Object.values(asObject(item)).filter(
      (operation) => isObject(operation) && getOwn(operation, 'responses') !== undefined,
    ),
  ) as JsonObject[];

describe('download: published connectors', function () {
  this.timeout(120_000);
  before(function () {
    // they lie beside the checkout, on some machines only
    if (!existsSync(folder)) this.skip();
  });

  const usable = (): Connector[] =>
    readdirSync(folder)
      .flatMap((group) => readdirSync(join(folder, group)).map((name) => join(folder, group, name)))
      .filter((path) => statSync(path).isDirectory())
      .map((path) => loadConnector(path))
      .filter(
        ({ definition, properties }) =>
          definition?.problems.length === 0 && properties?.problems.length === 0 && isObject(properties.value),
      );

  it('stay byte for byte as they are when nobody edits them in the portal', async () => {
    const connectors = usable();
    expect(connectors.length).to.be.greaterThan(50);
    for (const ours of connectors) {
      const { root } = ours.location;
      const base = served(ours);
      const theirs = { copy: clone(base as unknown as JsonObject) as unknown as RemoteCopy, icon: undefined };
      const merged = await mergeConnector({ ours, base, theirs, unchanged: new Set(), overrides: {} }, () => 'theirs');
      expect(merged.changes, root).to.deep.equal([]);
      expect(merged.conflicts, root).to.deep.equal([]);
      expect(changedFiles(ours, merged, undefined), root).to.deep.equal([]);
    }
  });

  it('get one edit, and nothing else', async () => {
    for (const ours of usable()) {
      const { root } = ours.location;
      const base = served(ours);
      const now = clone(base as unknown as JsonObject) as unknown as RemoteCopy;
      const [operation] = operationsOf(now.definition);
      if (operation === undefined) continue;
      const isThere = typeof operation.summary === 'string';
      operation.summary = 'Edited in the portal';
      const sides = { ours, base, theirs: { copy: now, icon: undefined }, unchanged: new Set<never>(), overrides: {} };
      const merged = await mergeConnector(sides, () => 'ours');
      expect(merged.conflicts, root).to.deep.equal([]);
      expect(merged.changes, root).to.have.length(1);
      const facts = {
        remote: base,
        environment: {},
        connectorId: '',
        action: 'create',
        deployedAt: '',
        tool: '',
      } as const;
      expect(driftOf({ ...facts, digests: { definition: '', properties: '' } }, now), root).to.have.length(1);
      const [file, ...others] = changedFiles(ours, merged, undefined);
      expect(others, root).to.deep.equal([]);
      const before = ours.definition?.text.split('\n') ?? [];
      const after = String(file?.contents)
        .replace(/^\uFEFF/, '')
        .split('\n');
      const known = new Set(before);
      expect(after.filter((line) => !known.has(line)).length, root).to.be.lessThan(isThere ? 2 : 3);
      expect(Math.abs(after.length - before.length), root).to.be.lessThan(isThere ? 1 : 2);
    }
  });
});
