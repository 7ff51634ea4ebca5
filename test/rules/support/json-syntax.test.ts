import { expect } from 'chai';
import { duplicateKeys } from '../../../src/connector/json/duplicate-keys.ts';
import { decode, type JsonFile, parseJson } from '../../../src/connector/source-file.ts';

const read = (text: string): JsonFile =>
  parseJson(decode({ role: 'definition', path: '/example/apiDefinition.json', bytes: Buffer.from(text) }));

describe('duplicate keys', () => {
  for (const [name, text, expected] of [
    ['none', '{"a": {"b": 1}, "c": [{"b": 1}, {"b": 2}]}', []],
    ['in the root', '{"a": 1, "a": 2}', [{ path: ['a'], key: 'a', offsets: [1, 9] }]],
    ['below a list', '{"a": [0, {"b": 1, "b": 2}]}', [{ path: ['a', 1, 'b'], key: 'b', offsets: [11, 19] }]],
    ['with a blank before the colon', '{"a" : 1, "a" : 2}', [{ path: ['a'], key: 'a', offsets: [1, 10] }]],
    ['spelled with an escape', '{"a": 1, "\\u0061": 2}', [{ path: ['a'], key: 'a', offsets: [1, 9] }]],
    [
      'named __proto__',
      '{"__proto__": 1, "__proto__": 2}',
      [{ path: ['__proto__'], key: '__proto__', offsets: [1, 17] }],
    ],
    ['strings that look like keys', '{"a": "\\"b\\": 1, \\"b\\": 2"}', []],
    ['strings that start with a colon', '{"a": [":x", ":x"]}', []],
    ['keys that end in a backslash', '{"a\\\\": 1, "b": 2, "b": 3}', [{ path: ['b'], key: 'b', offsets: [11, 19] }]],
    ['beside a comment', '{"a": 1, /* "a": 0 */ "b": 2}', []],
    ['in broken text', '{"a": 1 "a": 2}', []],
  ] as const) {
    it(name, () => {
      expect(duplicateKeys(read(text))).to.deep.equal(expected);
    });
  }

  it('are found however deep the text is nested', () => {
    const depth = 100_000;
    const text = `${'{"a":'.repeat(depth)}{"b":1,"b":2}${'}'.repeat(depth)}`;
    expect(duplicateKeys(read(text)).map(({ key, path }) => [key, path])).to.deep.equal([['b', undefined]]);
  });
});
