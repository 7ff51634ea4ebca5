import { expect } from 'chai';
import fc from 'fast-check';
import {
  lineAndColumn,
  linesAndColumns,
  locate,
  type Path,
  type Place,
  Search,
} from '../../../src/connector/json/locate.ts';
import { toPointer } from '../../../src/connector/json/pointer.ts';
import { asArray, isObject, type Json } from '../../../src/connector/json/value.ts';

const top: Place = { parent: undefined, key: '' };

const textAt = (text: string, path: Path): string => text.slice(locate(text, [path])[0]);

/** Every path of a value. */
function pathsOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  const children: [string | number, Json][] = isObject(value)
    ? Object.entries(value)
    : asArray(value).map((item, index) => [index, item]);
  return [path, ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

const at = (value: Json, path: Path): Json =>
  path.reduce<Json>((inner, key) => (inner as Record<string | number, Json>)[key] as Json, value);

describe('locating values in a JSON text', () => {
  it('finds every value of every text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('', '  ', '\t'), (random, indent) => {
        const text = JSON.stringify(random, null, indent);
        const value = JSON.parse(text) as Json;
        const paths = pathsOf(value);
        locate(text, paths).forEach((offset, index) => {
          const found = JSON.stringify(at(value, paths[index] ?? []), null, indent).slice(0, 1);
          expect(text[offset]).to.equal(found);
        });
      }),
    );
  });

  it('finds the same where it knows that no key repeats, and stops after the last value', () => {
    const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'x/y', '~'), fc.nat(2)), { maxLength: 4 });
    const random = fc.jsonValue({ maxDepth: 4 });
    const keyed = fc.letrec((tie) => ({
      value: fc.oneof(
        random,
        fc.dictionary(fc.constantFrom('a', 'b', 'x/y', '~'), tie('value')),
        fc.array(tie('value')),
      ),
    })).value as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(keyed, fc.array(path, { maxLength: 8 }), (value, others) => {
        const text = JSON.stringify(value, null, 1);
        const paths = [...others, ...pathsOf(value).filter((_, index) => index % 3 === others.length % 3)];
        const search = new Search();
        const spots = paths.map((keys) => search.want(keys.reduce<Place>((parent, key) => ({ parent, key }), top)));
        search.find(text, { repeats: false });
        expect(spots.map(({ offset }) => offset)).to.deep.equal(locate(text, paths));
        expect(spots.map(({ pointer }) => pointer)).to.deep.equal(paths.map(toPointer));
      }),
      { seed: 21, numRuns: 40 },
    );
    const search = new Search();
    const spot = search.want({ parent: top, key: 'a' });
    search.find('{"a": 1, "a": 2}', { repeats: false });
    expect(spot.offset).to.equal(6);
  });

  const text = '{ "a": { "b c": [10, {"x/y": "deep"}] }, "a\\u0062": 1, "twice": 1, "twice": 2 }';

  it('finds values after escapes, in lists, and the last of a key that occurs twice', () => {
    expect(textAt(text, ['a', 'b c', 1, 'x/y'])).to.match(/^"deep"/);
    expect(textAt(text, ['ab'])).to.match(/^1,/);
    expect(textAt(text, ['twice'])).to.match(/^2 \}/);
  });

  it('gives the nearest parent of what is absent', () => {
    expect(textAt(text, ['a', 'nothing', 'here'])).to.match(/^\{ "b c"/);
    expect(locate(text, [['nothing']])).to.deep.equal([0]);
    expect(textAt(text, ['a', 'b c', 7])).to.match(/^\[10/);
  });

  it('ends on broken text, somewhere inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', 'a', '\\', ' ') }), (broken) => {
        const [offset = -1] = locate(broken, [['a', 'a']]);
        expect(offset).to.be.within(0, broken.length);
      }),
    );
  });

  it('counts lines and columns from one, in any order of the questions', () => {
    const lines = 'ab\ncd\r\n\nef';
    expect(linesAndColumns(lines, [9, 0, 4, 2])).to.deep.equal([
      { line: 4, column: 2 },
      { line: 1, column: 1 },
      { line: 2, column: 2 },
      { line: 1, column: 3 },
    ]);
    expect(lineAndColumn('', 0)).to.deep.equal({ line: 1, column: 1 });
  });
});
