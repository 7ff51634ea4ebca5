import { expect } from 'chai';
import fc from 'fast-check';
import { below } from '../../../src/connector/json/pointer.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject, setOwn } from '../../../src/connector/json/value.ts';
import { isAsDeclared, learn } from '../../../src/runtime/learn/learn.ts';
import type { Lesson, Observation } from '../../../src/runtime/learn/observation.ts';
import { Sampler } from '../../../src/runtime/mock.ts';
import { findOperation, type RuntimeOperation } from '../../../src/runtime/operation.ts';
import { isCorpusThere, publishedConnectors } from '../published.ts';

/** Answers to the operations of published connectors: as they promise, and as nobody promised. */

/** What an operation promises for each status. */
function promised(operation: RuntimeOperation): Observation[] {
  const { schemas } = operation;
  return Object.keys(asObject(getOwn(operation.value, 'responses'))).flatMap((status): Observation[] => {
    const response = schemas.view(getOwn(getOwn(operation.value, 'responses'), status), '');
    const schema = getOwn(response.node, 'schema');
    if (!/^\d+$/.test(status) || !isObject(schema)) return [];
    const view = schemas.view(schema, `/${status}`);
    if (schemas.isType(view, 'file') || schemas.keyword(view, 'format') === 'binary') return [];
    const value = new Sampler(schemas, { takesObjects: false }).value(view, []);
    return [{ status: Number(status), body: { kind: 'json', value } }];
  });
}

/** A value with one fault, at a place that the numbers choose. */
function spoilt(value: Json, choose: readonly number[]): Json {
  const [first = 0, ...rest] = choose;
  if (Array.isArray(value) && value.length > 0) return value.map((one) => spoilt(one, choose.slice(1)));
  const keys = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || keys.length === 0 || rest.length < 2)
    return [7, 'text', true, null, [1, 'a'], { inner: { deep: 1.5 } }, 2 ** 40, '2026-11-28'][first % 8] ?? null;
  const result: JsonObject = {};
  for (const key of keys) setOwn(result, key, getOwn(value, key) ?? null);
  const key = keys[first % keys.length] ?? '';
  if (first % 5 === 0) delete result[key];
  else if (first % 5 === 1) setOwn(result, 'brandNew', spoilt(null, rest));
  else setOwn(result, key, spoilt(getOwn(value, key) ?? null, rest));
  return result;
}

/** Places at which two values differ: the outermost ones. */
function differences(before: Json | undefined, after: Json | undefined, at: string): string[] {
  if (before === after) return [];
  const areObjects = typeof before === 'object' && typeof after === 'object' && before !== null && after !== null;
  if (!areObjects || Array.isArray(before) !== Array.isArray(after)) return [at];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const child = (value: object, key: string): Json | undefined =>
    Object.hasOwn(value, key) ? (value as Record<string, Json>)[key] : undefined;
  return [...keys].flatMap((key) => differences(child(before, key), child(after, key), below(at, key)));
}

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** Whether a lesson tells of a difference. Labels of values are beside the place. */
const tells = (lesson: Lesson, place: string): boolean => {
  if (lesson.kind === 'enum') return isWithin(place, lesson.pointer.replace(/\/enum\/\d+$/, ''));
  return (
    isWithin(place, lesson.pointer) || (isWithin(lesson.pointer, place) && /\/(?:properties|responses)$/.test(place))
  );
};

describe('learning from answers to published connectors', function () {
  this.timeout(120_000);
  before(function () {
    if (!isCorpusThere) this.skip();
  });

  it('changes nothing where they are what is promised', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const { name, definition, operationIds } of publishedConnectors()) {
      const before = JSON.stringify(definition);
      for (const id of operationIds) {
        const operation = findOperation(definition, id);
        const observed = promised(operation);
        count += observed.length;
        const { lessons } = learn(operation, observed);
        wrong.push(...lessons.map(({ pointer, message }) => `${name} ${id} ${pointer}: ${message}`));
      }
      if (JSON.stringify(definition) !== before && wrong.length === 0) wrong.push(`${name}: changed without a word`);
    }
    expect(wrong.slice(0, 20).join('\n')).to.equal('');
    expect(count).to.be.greaterThan(1000);
  });

  it('makes them fit, tells every change, and has nothing to do the second time', () => {
    const texts = publishedConnectors()
      .map(({ name, definition, operationIds }) => ({ name, text: JSON.stringify(definition), operationIds }))
      .filter(({ text }) => text.length < 200_000);
    const number = fc.nat({ max: 10_000 });
    const sample = fc.tuple(
      number,
      number,
      fc.array(fc.array(number, { minLength: 3, maxLength: 7 }), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(sample, ([which, operationAt, faults]) => {
        const { name, text, operationIds } = texts[which % texts.length] ?? { name: '', text: '{}', operationIds: [] };
        const definition = JSON.parse(text) as JsonObject;
        const id = operationIds[operationAt % operationIds.length] ?? '';
        const operation = findOperation(definition, id);
        const observed = promised(operation).flatMap(({ status, body }) =>
          faults.map(
            (choose): Observation => ({
              status,
              body: { kind: 'json', value: spoilt(body?.kind === 'json' ? body.value : null, choose) },
            }),
          ),
        );
        const { lessons, left } = learn(operation, observed);
        const place = `${name} ${id} ${JSON.stringify(observed)}`;
        const untold = differences(JSON.parse(text) as Json, definition, '').filter(
          (at) => !lessons.some((lesson) => tells(lesson, at)),
        );
        expect(untold, place).to.deep.equal([]);
        const after = JSON.stringify(definition);
        expect(learn(operation, observed).lessons, place).to.deep.equal([]);
        expect(JSON.stringify(definition), place).to.equal(after);
        if (left.length === 0)
          expect(
            observed.every((one) => isAsDeclared(operation, one)),
            place,
          ).to.equal(true);
      }),
      { numRuns: 400, seed: 15 },
    );
  });
});
