import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { Schemas } from '../../src/diff/schema-view.ts';
import { schemaAt } from '../../src/operation/schemas.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { cli } from '../support/cli.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** Small definitions whose schemas lead to the same place by more ways than anybody can go, or by very long ones. */

const named = (count: number, make: (index: number) => [string, JsonObject]): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const to = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` });

const operation = (operationId: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  summary: 'Get tides',
  description: 'Gets the tides.',
  responses: { 200: { description: 'OK', schema: to('D0') } },
  ...more,
});

/** Thirty definitions, each of which holds the next four times. */
const doubling = (hold: (next: JsonObject) => JsonObject): JsonObject => ({
  ...named(30, (index) => [`D${index}`, { type: 'object', ...hold(to(`D${index + 1}`)) }]),
  D30: { type: 'string' },
});

const definitions: Readonly<Record<string, JsonObject>> = {
  'parts that contain themselves': {
    definitions: { D0: { type: 'object', allOf: [to('D0'), to('D0'), to('D0'), to('D0')] } },
    paths: {
      '/a': {
        get: operation('GetTides', {
          parameters: [
            {
              ...{ name: 'harbour', in: 'query', type: 'string' },
              'x-ms-dynamic-values': { operationId: 'GetTides', 'value-path': 'id', 'value-collection': 'value' },
            },
          ],
        }),
      },
    },
  },
  'the body of a webhook': {
    definitions: doubling((next) => ({ properties: named(4, (index) => [`p${index}`, next]) })),
    paths: {
      '/hooks': {
        post: operation('WhenTideRises', {
          'x-ms-trigger': 'single',
          parameters: [{ name: 'body', in: 'body', required: true, schema: to('D0') }],
        }),
      },
    },
  },
  'a chain of references': {
    definitions: { ...named(12_000, (index) => [`D${index}`, to(`D${index + 1}`)]), D12000: { type: 'string' } },
    paths: { '/a': { get: operation('GetTides') } },
  },
};

describe('schemas with many ways', () => {
  for (const [name, more] of Object.entries(definitions)) {
    it(`validate: ${name}`, () => {
      const text = JSON.stringify({ ...exampleDefinition, ...more });
      const path = join(writeTree(temporaryFolder(), { 'apiDefinition.json': text }), 'apiDefinition.json');
      // in a process of its own, which is ended after a minute
      const { status, stdout } = cli(['validate', path, '--quiet', '--format', 'json']);
      const [report] = (JSON.parse(stdout) as { connectors: { notJudged?: string }[] }).connectors;
      expect(status, report?.notJudged).to.be.oneOf([0, 1]);
    });
  }

  it('diff: parts of parts, and a notification URL that might be anywhere', () => {
    const count = 4000;
    const parts: JsonObject = {
      ...named(count, (index) => [`D${index}`, { allOf: [to(`D${index + 1}`)] }]),
      [`D${count}`]: { properties: { tide: { type: 'string' } } },
    };
    const long = new Schemas({ definitions: parts });
    expect([...long.view({ value: to('D0'), pointer: '' }).properties.keys()]).to.deep.equal(['tide']);

    const itself = { properties: named(300, (index) => [`p${index}`, to('D0')]) };
    const wide = new Schemas({ definitions: { D0: itself } });
    expect(wide.isFilledIn(wide.view({ value: to('D0'), pointer: '' }))).to.equal(false);
  });

  it('operation: a path into lists and parts that contain themselves', () => {
    const definition = {
      definitions: { List: { type: 'array', items: to('List') }, Part: { allOf: [to('Part'), to('Part')] } },
    };
    for (const name of ['List', 'Part']) expect(schemaAt(definition, to(name), 'tide')).to.equal(undefined);
  });
});
