import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { exampleDefinition } from '../../../src/rules/examples/example-files.ts';
import { cli } from '../../support/cli.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';

/** A definition that leads to itself through so many objects inside each other. @param required of each */
function nested(levels: number, required: string[]): JsonObject {
  let schema: JsonObject = { $ref: '#/definitions/Nested' };
  for (let level = 0; level < levels; level += 1) schema = { type: 'object', required, properties: { part: schema } };
  return schema;
}

/** In a process of its own, which is ended after a minute: what doubles with each level never ends. */
function rulesOf(definition: JsonObject): string[] {
  const folder = writeTree(temporaryFolder(), { 'apiDefinition.json': JSON.stringify(definition) });
  const { stdout } = cli(['validate', join(folder, 'apiDefinition.json'), '--quiet', '--format', 'json']);
  const [report] = (JSON.parse(stdout) as { connectors: { findings: { rule: string }[] }[] }).connectors;
  return report?.findings.map(({ rule }) => rule) ?? [];
}

describe('definitions that contain themselves', () => {
  const definitionWith = (schema: JsonObject): JsonObject => ({
    ...exampleDefinition,
    definitions: { Nested: schema },
  });

  it('are found through forty levels, also where each names its property twice as required', () => {
    for (const required of [['part'], ['part', 'part']]) {
      expect(rulesOf(definitionWith(nested(40, required)))).to.include('schema-no-required-loop');
    }
  });

  it('may do so where one level is not required', () => {
    const schema = { type: 'object', properties: { outer: nested(3, ['part', 'part']) } };
    expect(rulesOf(definitionWith(schema))).not.to.include('schema-no-required-loop');
  });
});
