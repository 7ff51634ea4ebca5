import { expect } from 'chai';
import fc from 'fast-check';
import { clone, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import type { FormField, FormModel } from '../../src/runtime/form/form-model.ts';
import { formModel } from '../../src/runtime/form.ts';
import { inputPlace } from '../../src/runtime/inputs.ts';
import { findOperation } from '../../src/runtime/operation.ts';
import { previewFixture, previewNames } from '../preview/fixtures.ts';
import { isCorpusThere, publishedConnectors } from './published.ts';

/** Milliseconds, with room for a busy machine: a tenth of it is usual. */
const mostTime = 1000;
const mostMedian = 150;

describe('the forms of published connectors', function () {
  this.timeout(60_000);
  before(function () {
    if (!isCorpusThere) this.skip();
  });

  it('are made of all of them, quickly', () => {
    const times: number[] = [];
    const wrong: string[] = [];
    for (const { name, definition, inner, operationIds } of publishedConnectors()) {
      const start = performance.now();
      const model = formModel(definition, inner);
      times.push(performance.now() - start);
      if (model.operations.length !== operationIds.length) wrong.push(`${name}: operations are missing`);
      wrong.push(...faultsOf(model, definition).map((fault) => `${name}: ${fault}`));
    }
    expect(wrong.slice(0, 20)).to.deep.equal([]);
    times.sort((a, b) => a - b);
    expect(times.length).to.be.greaterThan(90);
    expect(times[times.length >> 1]).to.be.lessThan(mostMedian);
    expect(times.at(-1)).to.be.lessThan(mostTime);
  });
});

describe('the forms of damaged connectors', () => {
  it('are made of whatever can be read', () => {
    const odd = fc.constantFrom<Json>(
      null,
      7,
      true,
      '',
      'x',
      [],
      {},
      [null],
      { $ref: '#/definitions' },
      { $ref: '#' },
      '__proto__',
    );
    const changes = fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...previewNames), changes, (name, list) => {
        const { definition, inner } = previewFixture(name);
        const changed: JsonObject = { definition: clone(definition), inner: clone(inner) };
        for (const [at, value] of list) replace(changed, at, value);
        const model = formModel(
          isObject(changed.definition) ? changed.definition : {},
          isObject(changed.inner) ? changed.inner : {},
        );
        expect(JSON.stringify(model)).to.be.a('string');
      }),
      { seed: 16, numRuns: 500 },
    );
  });

  it('end where schemas add each other', () => {
    const both = { allOf: [{ $ref: '#/definitions/A' }, { $ref: '#/definitions/B' }] };
    const schema = { $ref: '#/definitions/A' };
    const post = {
      operationId: 'Op',
      parameters: [{ name: 'body', in: 'body', schema }],
      responses: { 200: { description: 'OK', schema } },
    };
    const definition = { paths: { '/x': { post } }, definitions: { A: both, B: both } };
    expect(formModel(definition, {}).operations).to.have.length(1);
  });

  it('say that there is more where a schema branches without end', () => {
    const names = Array.from({ length: 14 }, (_, index) => `d${index}`);
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }]));
    const definitions = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]));
    const schema = { $ref: '#/definitions/d0' };
    const get = {
      operationId: 'Op',
      parameters: [{ name: 'body', in: 'body', schema }],
      responses: { 200: { description: 'OK', schema } },
    };
    const [operation] = formModel({ paths: { '/x': { get } }, definitions }, {}).operations;
    expect(operation?.fields.length).to.be.lessThan(2000);
    expect(operation?.moreOutputs).to.equal(true);
  });
});

/** Every key is one that `invoke` takes; required fields come first; nothing internal is shown. */
function faultsOf({ operations }: FormModel, definition: JsonObject): string[] {
  return operations.flatMap(({ id, fields, outputs }) => {
    const operation = findOperation(definition, id);
    const faults = fields.flatMap((field) => refusal(() => inputPlace(operation, field.key)));
    const order = fields.map((field: FormField) => (field.required ? 0 : field.shown === 'always' ? 1 : 2));
    if (order.some((rank, index) => rank < (order[index - 1] ?? 0))) faults.push('fields are out of order');
    if (fields.some(({ label }) => label === '')) faults.push('a field has no label');
    if (outputs.some(({ key }) => !key.startsWith('body'))) faults.push('an output is not in the body');
    return faults.map((fault) => `${id}: ${fault}`);
  });
}

function refusal(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Puts a value in the place of one that is counted out. */
function replace(root: JsonObject, at: number, value: Json): void {
  const places: [container: JsonObject | Json[], key: string][] = [];
  const collect = (node: Json): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as JsonObject, key]);
      collect((node as JsonObject)[key] ?? null);
    }
  };
  collect(root);
  const [container, key] = places[at % places.length] ?? [];
  if (container !== undefined && key !== undefined) (container as JsonObject)[key] = value;
}
