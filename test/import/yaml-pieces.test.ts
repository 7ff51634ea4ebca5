import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import type { Json } from '../../src/connector/json/value.ts';
import { readInPieces } from '../../src/import/read/yaml-pieces.ts';

const sizes = { small: 0, piece: 200 };

/** What the pieces are, and what they make together. */
function inPieces(text: string) {
  const pieces: string[] = [];
  const value = readInPieces(
    text,
    (piece) => {
      pieces.push(piece);
      try {
        return parse(piece) as Json;
      } catch {
        return undefined;
      }
    },
    sizes,
  );
  return { pieces, value };
}

const many = (name: string, make: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${name}${index}`, make(index)]));

const description = () => ({
  openapi: '3.0.3',
  info: {
    title: 'Things',
    description: '# Things\n\n- a list: with *stars*\n\n---\nlike a document\n',
    version: '1.10',
  },
  tags: [{ name: 'a' }, { name: 'b' }],
  paths: many('/things/', () => ({
    get: { summary: 'It\u2019s: here', responses: { 200: { description: 'x'.repeat(150) } } },
  })),
  components: {
    schemas: many('Thing', (index) => ({ type: 'object', properties: { type: { type: 'string', enum: [index] } } })),
  },
});

describe('YAML in pieces', () => {
  for (const [title, style] of Object.entries({
    'as it is written mostly': {},
    'with quoted keys and texts': { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' },
    'with lists at the margin of their keys': { indentSeq: false },
    'with an indentation of four': { indent: 4 },
  } as const)) {
    it(`is the whole: ${title}`, () => {
      const text = stringify(description(), style);
      const { pieces, value } = inPieces(text);
      expect(value).to.deep.equal(parse(text));
      expect(JSON.stringify(value)).to.equal(JSON.stringify(parse(text)));
      expect(pieces.length).to.be.greaterThan(10);
      expect(Math.max(...pieces.map(({ length }) => length))).to.be.lessThan(1000);
    });
  }

  const paths = stringify({ paths: description().paths });
  for (const [title, text] of Object.entries({
    JSON: JSON.stringify(description()),
    'several documents': `${paths}---\n${paths}`,
    'a list': stringify([description()]),
    'a key that occurs twice, far away': `${paths}${stringify({ info: 1 })}${paths}`,
    'an alias of an anchor that is far away': `x: &far\n  a: 1\n${paths}  /last: *far\n`,
    'a quoted text that is not closed': `${paths}x: "open\n${paths.replace('paths', 'more')}`,
  })) {
    it(`is not read so where the whole has more to say: ${title}`, () => {
      expect(inPieces(text).value).to.equal(undefined);
    });
  }

  it('keeps together what belongs together: merged keys, and a type with its values', () => {
    const schema = stringify({ type: 'string', enum: ['1.10'], ...many('x-', () => 'y'.repeat(60)) });
    expect(inPieces(schema).pieces).to.deep.equal([schema]);
  });
});
