import { expect } from 'chai';
import fc from 'fast-check';
import { detectStyle, formatJson, updateJsonText } from '../../../src/connector/json/edit.ts';
import type { Json, JsonObject } from '../../../src/connector/json/value.ts';

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a', 'b', '__proto__', 'constructor', '')), tie('json'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
}));

const layout = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t', ''),
  eol: fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n'),
});

const print = (value: Json, { indent, eol }: { indent: string; eol: string }): string =>
  JSON.stringify(value, null, indent).replaceAll('\n', eol);

describe('updating a JSON text', () => {
  it('gives a text that parses to the new value, whatever the old one was', () => {
    fc.assert(
      fc.property(json, json, layout, (before, after, style) => {
        expect(JSON.parse(updateJsonText(print(before, style), after))).to.deep.equal(after);
      }),
    );
  });

  it('keeps every character of a text that holds the value already', () => {
    fc.assert(
      fc.property(
        json,
        layout,
        fc.constantFrom('', '\n', '\r\n', ' \t'),
        fc.constantFrom('', '\uFEFF'),
        (value, style, end, mark) => {
          const text = mark + print(value, style) + end;
          expect(updateJsonText(text, value)).to.equal(text);
        },
      ),
    );
  });

  it('writes formatted what formatting would give, when something is added at the end', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), json, { minKeys: 1, noNullPrototype: true }),
        json,
        layout,
        (before, added, style) => {
          fc.pre(style.indent !== '');
          const after = { ...before, 'new key': added };
          expect(updateJsonText(print(before, style), after)).to.equal(print(after, style));
        },
      ),
    );
  });

  it('gives the same text when it is done twice', () => {
    fc.assert(
      fc.property(json, json, layout, (before, after, style) => {
        const once = updateJsonText(print(before, style), after);
        expect(updateJsonText(once, after)).to.equal(once);
      }),
    );
  });

  const text = '{ "b": 1.50e1,\n    "a": [ "\\u0041", {"x":  1} ],\n\n    "c": { "deep": true } }\n';

  it('keeps spelling, order and blanks of what stays', () => {
    const value = JSON.parse(text) as JsonObject;
    expect(updateJsonText(text, { ...value, c: { deep: false } })).to.equal(text.replace('true', 'false'));
    expect(updateJsonText(text, { ...value, a: ['A', { x: 2 }] })).to.equal(text.replace('"x":  1', '"x":  2'));
  });

  it('takes a key out with its line, first, middle and last', () => {
    const lines = '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n';
    expect(updateJsonText(lines, { b: 2, c: 3 })).to.equal('{\n  "b": 2,\n  "c": 3\n}\n');
    expect(updateJsonText(lines, { a: 1, c: 3 })).to.equal('{\n  "a": 1,\n  "c": 3\n}\n');
    expect(updateJsonText(lines, { a: 1, b: 2 })).to.equal('{\n  "a": 1,\n  "b": 2\n}\n');
    expect(updateJsonText(lines, {})).to.equal('{}\n');
  });

  it('puts a new key where it is in the new value, in the style of the file', () => {
    expect(updateJsonText('{\r\n\t"a": 1,\r\n\t"c": 3\r\n}', { a: 1, b: [2], c: 3 })).to.equal(
      '{\r\n\t"a": 1,\r\n\t"b": [\r\n\t\t2\r\n\t],\r\n\t"c": 3\r\n}',
    );
    expect(updateJsonText('{"a":1}', { a: 1, b: 2 })).to.match(/^\{"a":1, ?"b": ?2\}$/);
  });

  it('leaves a key that occurs twice alone, but for the value that counts', () => {
    expect(updateJsonText('{"a": 1, "a": 2}', { a: 3 })).to.equal('{"a": 1, "a": 3}');
  });

  it('inserts and removes items of a list without touching the others', () => {
    const list = '[\n  { "id":1 },\n  { "id":2 },\n  { "id":3 }\n]';
    expect(updateJsonText(list, [{ id: 1 }, { id: 3 }])).to.equal('[\n  { "id":1 },\n  { "id":3 }\n]');
    const added = updateJsonText(list, [{ id: 1 }, { id: 9 }, { id: 2 }, { id: 3 }]);
    expect(added).to.equal('[\n  { "id":1 },\n  {\n    "id": 9\n  },\n  { "id":2 },\n  { "id":3 }\n]');
  });

  it('writes a new file with two blanks, LF and a final newline', () => {
    expect(formatJson({ a: [1] })).to.equal('{\n  "a": [\n    1\n  ]\n}\n');
    expect(updateJsonText('', { a: 1 })).to.equal('{\n  "a": 1\n}\n');
  });

  it('recognises the style of a file', () => {
    expect(detectStyle('{\r\n\t"a": 1\r\n}')).to.deep.equal({ indent: '\t', eol: '\r\n' });
    expect(detectStyle('{"a":1}')).to.deep.equal({ indent: '  ', eol: '\n' });
  });
});
