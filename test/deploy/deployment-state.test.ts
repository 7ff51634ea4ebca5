import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import {
  type DeploymentMemory,
  driftOf,
  memoryChange,
  memoryName,
  readMemory,
} from '../../src/deploy/deployment-state.ts';
import type { RemoteCopy } from '../../src/deploy/remote-copy.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const connectorId = '1c0ffee0-1234-4abc-8def-0123456789ab';
const target = 'https://contoso-dev.crm.dynamics.com';

const copy = (change: (copy: { definition: JsonObject; properties: JsonObject }) => void = () => {}): RemoteCopy => {
  const made = {
    definition: {
      swagger: '2.0',
      info: { title: 'Orders', version: '1.0' },
      paths: {
        '/orders': {
          get: {
            operationId: 'ListOrders',
            summary: 'List orders',
            parameters: [{ name: 'status', in: 'query', type: 'string' }],
            responses: { '200': { description: 'OK', schema: { $ref: '#/definitions/Order' } } },
          },
        },
      },
      definitions: { Order: { type: 'object', properties: { id: { type: 'string', default: '' } } } },
    } as JsonObject,
    properties: { properties: { connectionParameters: {}, iconBrandColor: '#112233', capabilities: [] } } as JsonObject,
  };
  change(made);
  return { ...made, script: undefined, icon: undefined };
};

const memory = (remote: RemoteCopy | undefined = copy()): DeploymentMemory => ({
  environment: { name: 'dev', target },
  connectorId,
  solution: 'Contoso',
  action: 'create',
  deployedAt: '2026-11-23T01:02:03.000Z',
  tool: 'generator-pp-connector 0.1.0',
  digests: { definition: 'aa', properties: 'bb', icon: 'cc' },
  ...(remote && { remote }),
});

/** Writes a memory as a deployment does. */
const remember = (root: string, value: DeploymentMemory): void => {
  const { path, contents } = memoryChange(root, value);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, contents ?? '');
};

describe('memory of deployments', () => {
  it('reads what it wrote', () => {
    const root = temporaryFolder();
    for (const value of [
      memory(),
      memory({ ...copy(), script: 'class {}', icon: 'ff' }),
      { ...memory(), remote: undefined },
    ]) {
      remember(root, value as DeploymentMemory);
      expect(JSON.stringify(readMemory(root, { name: 'dev', target }))).to.equal(JSON.stringify(value));
    }
  });

  it('remembers nothing of a damaged file, nor of another environment that once had this name', () => {
    const root = temporaryFolder();
    expect(readMemory(root, { name: 'dev', target })).to.equal(undefined);
    remember(root, memory());
    expect(readMemory(root, { name: 'dev', target: `${target}/` })).to.not.equal(undefined);
    expect(readMemory(root, { name: 'dev', target: 'https://other.crm.dynamics.com' })).to.equal(undefined);
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"connectorId":"x"}',
      `{"connectorId":"${connectorId}","action":"eat"}`,
    ]) {
      writeTree(root, { '.pp-connector/deployed.dev.json': text });
      expect(readMemory(root, { name: 'dev', target }), text).to.equal(undefined);
    }
    writeTree(root, {
      '.pp-connector/deployed.dev.json': JSON.stringify({ ...memory(), remote: { definition: 1, properties: [] } }),
    });
    const read = readMemory(root, { name: 'dev', target });
    expect(read).to.include({ connectorId }).and.not.have.property('remote');
  });

  it('has a name that every system takes, another one for every environment', () => {
    expect(memoryName({ name: 'dev', target })).to.equal('.pp-connector/deployed.dev.json');
    expect(memoryName({ target })).to.equal('.pp-connector/deployed.contoso-dev.crm.dynamics.com.json');
    expect(memoryName({ target: connectorId.toUpperCase() })).to.equal(`.pp-connector/deployed.${connectorId}.json`);
    expect(memoryName(undefined)).to.equal('.pp-connector/deployed.default.json');
    const awkward = ['a/b', 'a\\b', 'a:b', 'prüfung', '測試', '..', 'x'.repeat(300), 'x'.repeat(301), 'a b', '\u0000'];
    const names = awkward.map((name) => memoryName({ name, target }));
    expect(new Set(names).size).to.equal(awkward.length);
    for (const name of names) {
      expect(name).to.match(/^\.pp-connector\/deployed\.[\w.-]{1,80}\.json$/);
      expect(basename(name)).to.have.length.lessThan(100);
    }
  });

  describe('drift', () => {
    const drift = (change: Parameters<typeof copy>[0]): string[] => driftOf(memory(), copy(change));
    const operation = ({ definition }: { definition: JsonObject }): JsonObject =>
      (definition.paths as Record<string, Record<string, JsonObject>>)['/orders']?.get ?? {};

    it('is none when only the form differs', () => {
      expect(drift(() => {})).to.deep.equal([]);
      expect(
        drift((now) => {
          now.definition = Object.fromEntries(Object.entries(now.definition).reverse());
          Object.assign(operation(now), { tags: [], consumes: [], 'x-nothing': null });
          Object.assign(now.definition, { tags: [], parameters: {}, securityDefinitions: {} });
          delete (now.properties.properties as JsonObject).capabilities;
          Object.assign(now.properties.properties as JsonObject, { policyTemplateInstances: [], scriptOperations: [] });
        }),
      ).to.deep.equal([]);
    });

    it('tells empty values apart where they mean something', () => {
      expect(drift((now) => Object.assign(operation(now), { security: [] }))).to.deep.equal([
        'ListOrders: security added',
      ]);
      expect(
        drift(({ definition }) => {
          const order = (definition.definitions as Record<string, JsonObject>).Order as { properties: JsonObject };
          (order.properties.id as JsonObject).default = [];
        }),
      ).to.deep.equal(['schema Order: property id: default changed']);
    });

    it('is told in words', () => {
      const lines = drift((now) => {
        const { definition, properties } = now;
        Object.assign(operation(now), {
          summary: 'Show orders',
          parameters: [{ name: 'status', in: 'query', type: 'string', default: 'open' }],
        });
        (definition.paths as JsonObject)['/orders/{id}'] = {
          get: { operationId: 'GetOrder', responses: {} },
          delete: { operationId: 'DeleteOrder', responses: {} },
        };
        (definition.info as JsonObject).title = 'My orders';
        (definition.definitions as JsonObject).Item = { type: 'object' };
        Object.assign(properties.properties as JsonObject, {
          iconBrandColor: '#000000',
          connectionParameters: { token: { type: 'securestring' } },
        });
      });
      expect(lines).to.have.members([
        'title changed',
        'ListOrders: summary changed',
        'ListOrders: parameters changed',
        'operation GetOrder added',
        'operation DeleteOrder added',
        'schema Item added',
        'brand colour changed',
        'connection parameters added',
      ]);
      expect(
        drift(({ definition }) => {
          definition.paths = {};
        }),
      ).to.deep.equal(['operation ListOrders removed']);
    });

    it('sees custom code and the icon', () => {
      const then = memory({ ...copy(), script: 'a', icon: '1' });
      expect(driftOf(then, { ...copy(), script: 'b', icon: '2' })).to.deep.equal([
        'custom code (script.csx) changed',
        'icon changed',
      ]);
      expect(driftOf(then, { ...copy(), icon: '1' })).to.deep.equal(['custom code (script.csx) removed']);
    });

    it('is not known without the copy of then', () => {
      const { remote: _, ...facts } = memory();
      expect(driftOf(facts, copy())).to.deep.equal([]);
    });
  });
});
