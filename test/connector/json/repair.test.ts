import { expect } from 'chai';
import { findRepairs, repairJson } from '../../../src/connector/json/repair.ts';
import { decode, type JsonFile, parseJson } from '../../../src/connector/source-file.ts';

const read = (text: string): JsonFile =>
  parseJson(decode({ role: 'definition', path: '/example/apiDefinition.json', bytes: Buffer.from(text) }));

describe('slips in JSON', () => {
  for (const [name, text, repaired] of [
    ['a comma before a brace', '{"a": 1,}', '{"a": 1}'],
    ['a comma before a bracket on the next line', '{"a": [1,\n]}', '{"a": [1\n]}'],
    ['a comment after a value', '{\n  "a": 1 // one\n}', '{\n  "a": 1\n}'],
    ['a comment on a line of its own', '{\n  // one\n  "a": 1\n}', '{\n  "a": 1\n}'],
    ['a comment with line ends of Windows', '{\r\n  "a": 1 // one\r\n}', '{\r\n  "a": 1\r\n}'],
    ['a comment between values', '{"a": /* one */ 1}', '{"a":  1}'],
    ['a comma, then a comment', '{"a": 1, // one\n}', '{"a": 1\n}'],
    ['a raw tab and a raw line break', '{"a": "b\tc\nd"}', '{"a": "b\\tc\\nd"}'],
    ['what looks like a comment inside a string', '{"a": "http://b", }', '{"a": "http://b" }'],
    ['an escaped quote', '{"a": "\\"//,}",}', '{"a": "\\"//,}"}'],
  ] as const) {
    it(`repairs ${name}`, () => {
      expect(repairJson(text)).to.equal(repaired);
      expect(read(text)).to.deep.include({ value: JSON.parse(repaired), unreliable: false });
    });
  }

  for (const [name, text] of [
    ['a missing comma', '{"a": 1 "b": 2}'],
    ['a missing quote', '{"a: 1}'],
    ['two commas', '{"a": 1,,}'],
    ['text after the root', '{"a": 1} b'],
  ] as const) {
    it(`leaves ${name} to its author`, () => {
      expect(repairJson(text)).to.equal(undefined);
    });
  }

  it('says where they are', () => {
    expect(findRepairs('{"a": [1,],\n"b": "\t"} // c').map(({ offset }) => offset)).to.deep.equal([8, 18, 22]);
  });

  it('reads the first value where text follows the root', () => {
    const file = read('{"a": {"b": 1}},\n"c": {}');
    expect(file).to.deep.include({ value: { a: { b: 1 } }, unreliable: false });
    expect(file.problems).to.deep.equal([
      { offset: 15, message: 'text after the end of the JSON value', harmless: true },
    ]);
  });

  it('survives what is not JSON at all', () => {
    for (const text of [
      '{'.repeat(100_000),
      '}'.repeat(100_000),
      '"'.repeat(100_001),
      '/*'.repeat(100_000),
      ',\n'.repeat(100_000),
    ]) {
      expect(read(text).unreliable).to.equal(true);
    }
  });
});
