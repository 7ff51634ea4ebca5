import { expect } from 'chai';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { inline, paragraph } from '../src/docs/markdown.ts';
import { errorText, UserError } from '../src/errors.ts';
import { onOneLine, shown, shownBytes, shownJson } from '../src/shown.ts';

const seed = 20261128;

/** Texts made of what terminals, build machines and Markdown take for more than text, among ordinary characters. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '::error::x',
          '::',
          ':',
          '##vso[task.x]y',
          '##[',
          '#',
          '[',
          ']',
          '(',
          ')',
          '!',
          '<',
          '>',
          '\\',
          '`',
          '*',
          '-',
          '|',
        ],
        ...[
          '\n',
          '\r',
          '\r\n',
          '\t',
          ' ',
          '\u0085',
          '\u2028',
          '\u001b[2J',
          '\u001b]0;x\u0007',
          '\u009b31m',
          '\u202e',
          '\u2066',
        ],
        ...[
          '\u200f',
          '\u061c',
          '\u0000',
          '\ud800',
          'http://a.example',
          'javascript:a',
          '<!-- pp-connector:begin title -->',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** What no line may have, whoever shows it. */
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const command = /^\s*::|##[\w.-]*\[/m;

const holds = (check: (text: string) => unknown): void =>
  fc.assert(
    fc.property(hostile, (text) => {
      check(text);
    }),
    { seed, numRuns: 3000 },
  );

describe('shown text', () => {
  it('steers no terminal and gives no commands, whatever is in it', () =>
    holds((text) => {
      for (const result of [shown(text), shown(`note: ${text}\n`), shownBytes(Buffer.from(text)).toString()]) {
        expect(result).to.not.match(steering);
        expect(result).to.not.match(command);
      }
    }));

  it('of somebody else stays on its line', () =>
    holds((text) => {
      expect(onOneLine(text)).to.not.match(/[\n\t]/);
      expect(onOneLine(text)).to.not.match(steering);
      expect(onOneLine(text)).to.not.match(/##[\w.-]*\[/);
      expect(errorText(new UserError(text, { hint: text })).split('\n')).to.have.length(3);
    }));

  it('is the same when it is shown twice', () => holds((text) => expect(shown(shown(text))).to.equal(shown(text))));

  it('keeps our own colours only', () => {
    expect(shown('\u001b[31mred\u001b[0m \u001b[8mhidden', { color: true })).to.equal(
      '\u001b[31mred\u001b[0m \ufffd[8mhidden',
    );
    expect(shown('\u001b[31mred')).to.equal('\ufffd[31mred');
  });

  it('leaves ordinary texts and our own commands as they are', () => {
    for (const text of ['## Heading\n', 'a::b, ::1 inside\n', '# [a]\n', 'ümläut 👍\t…\n', 'a\nb  c\n']) {
      expect(shown(text)).to.equal(text);
    }
    expect(shown('::error file=a::b\n', { commands: true })).to.equal('::error file=a::b\n');
  });

  it('as JSON has the same values', () =>
    holds((text) => {
      const json = JSON.stringify({ text }, null, 2);
      expect(JSON.parse(shownJson(json))).to.deep.equal(JSON.parse(json));
      expect(shownJson(json)).to.not.match(steering);
      expect(shownJson(json)).to.not.match(command);
    }));

  it('takes linear time', () => {
    for (const part of ['#', ':', ' ', '##a', '\u001b[', '::\n']) shown(onOneLine(part.repeat(200_000)));
  });
});

describe('texts in Markdown', () => {
  const live = new Set([
    'image',
    'link_open',
    'html_inline',
    'html_block',
    'heading_open',
    'hr',
    'list_item_open',
    'blockquote_open',
  ]);
  const parser = new MarkdownIt({ html: true });
  const typesOf = (markdown: string): string[] =>
    parser.parse(markdown, {}).flatMap((token) => [token.type, ...(token.children ?? []).map(({ type }) => type)]);

  it('neither show pictures nor link, nor are they more than a paragraph', () =>
    holds((text) => {
      const definition = '\n\n[a]: https://other.example\n';
      const found = typesOf(`${paragraph(text)}${definition}`).filter((type) => live.has(type) && type !== 'link_open');
      expect(found, JSON.stringify(paragraph(text))).to.deep.equal([]);
      expect(parser.render(`Words ${inline(text)}`)).to.not.match(/<img|<script|href="javascript/);
    }));

  it('never make a marker of ours', () => holds((text) => expect(paragraph(text)).to.not.match(/^[ \t]*<!--/m)));

  it('leave an escape as it is', () => {
    expect(inline('a \\<b> \\](c)')).to.equal('a \\<b> \\](c)');
    expect(inline('a \\\\<b>')).to.equal('a \\\\\\<b>');
  });
});
