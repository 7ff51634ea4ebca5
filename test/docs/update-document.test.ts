import { expect } from 'chai';
import type { Blocks } from '../../src/docs/model.ts';
import { updateDocument } from '../../src/docs/update-document.ts';
import { UserError } from '../../src/errors.ts';

const blocks: Blocks = new Map([
  ['title', '# Weather'],
  ['publisher', '## Publisher: Contoso'],
  ['operations', '### List\n\nLists.'],
  ['credentials', 'None.'],
  ['limits', '* 500'],
  ['deployment', ''],
]);

const update = (text: string) => updateDocument(text, blocks, { path: 'README.md' });
const insert = (text: string) => updateDocument(text, blocks, { path: 'README.md', insert: 'readme' });

const begin = (name: string) => `<!-- pp-connector:begin ${name} -->`;
const end = (name: string) => `<!-- pp-connector:end ${name} -->`;

describe('updateDocument', () => {
  it('replaces what is between markers and nothing else', () => {
    const text = `Mine  \n\n${begin('operations')}\nold\n${end('operations')}\n\t* also mine\n${begin('limits')}\n${end('limits')}`;
    expect(update(text)).to.equal(
      `Mine  \n\n${begin('operations')}\n\n### List\n\nLists.\n\n${end('operations')}\n\t* also mine\n${begin('limits')}\n\n* 500\n\n${end('limits')}`,
    );
  });

  it('changes nothing the second time', () => {
    const once = update(`${begin('operations')}\n${end('operations')}\n`);
    expect(update(once)).to.equal(once);
  });

  it('empties a block that has nothing to say', () => {
    expect(update(`${begin('deployment')}\nold\n${end('deployment')}\n`)).to.equal(
      `${begin('deployment')}\n${end('deployment')}\n`,
    );
  });

  it('keeps CRLF, a byte-order mark and a missing final newline', () => {
    const text = `\uFEFF${begin('operations')}\r\nold\r\n${end('operations')}\r\nmine`;
    expect(update(text)).to.equal(
      `\uFEFF${begin('operations')}\r\n\r\n### List\r\n\r\nLists.\r\n\r\n${end('operations')}\r\nmine`,
    );
  });

  it('accepts markers with other blanks, and keeps them', () => {
    const text = `  <!--pp-connector:begin limits-->\n<!--  pp-connector:end  limits  -->\n`;
    expect(update(text)).to.equal(
      `  <!--pp-connector:begin limits-->\n\n* 500\n\n<!--  pp-connector:end  limits  -->\n`,
    );
  });

  for (const text of ['', 'Mine alone.\n', `Markers look like \`${begin('operations')}\` here.\n`, '# No newline']) {
    it(`leaves a document without markers alone: ${JSON.stringify(text)}`, () => expect(update(text)).to.equal(text));
  }

  const broken: [string, string, RegExp][] = [
    ['no end', `\n${begin('operations')}\nold`, /^README\.md:2: the block "operations" has no end$/],
    ['no begin', `a\nb\n${end('operations')}`, /^README\.md:3: the block "operations" ends but never began$/],
    [
      'a doubled block',
      `${begin('limits')}\n${end('limits')}\n${begin('limits')}\n${end('limits')}`,
      /^README\.md:3: the block "limits" is there twice; it already began in line 1$/,
    ],
    [
      'a doubled begin',
      `${begin('limits')}\n${begin('limits')}\n${end('limits')}`,
      /^README\.md:2: the block "limits" begins inside/,
    ],
    [
      'crossed blocks',
      `${begin('limits')}\n${begin('title')}\n${end('limits')}\n${end('title')}`,
      /^README\.md:2: the block "title" begins inside the block "limits", which began in line 1$/,
    ],
    [
      'another end',
      `${begin('limits')}\n${end('title')}`,
      /^README\.md:2: the block "title" ends inside the block "limits"/,
    ],
    [
      'an unknown block',
      `${begin('operatoins')}\n${end('operatoins')}`,
      /^README\.md:1: .*did you mean "operations"\?$/,
    ],
    ['an unreadable marker', `<!-- pp-connector:start limits -->`, /^README\.md:1: .*can't be read$/],
    ['text after a marker', `${begin('limits')} mine`, /^README\.md:1: .*can't be read$/],
  ];
  for (const [name, text, message] of broken) {
    it(`refuses ${name}, with file and line`, () => {
      expect(() => update(text)).to.throw(UserError, message);
      expect(() => update(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).to.throw(UserError, message);
    });
  }

  describe('with insert', () => {
    const adopted =
      '# Old title\n\nOpening.\n\n## Supported Operations\n\n* mine\n\n## Notes\n\n```md\n## Credentials\n```\n';

    it('adds blocks below headings of the same content, else with a heading at the end', () => {
      expect(insert(adopted)).to.equal(
        [
          '# Old title\n\nOpening.\n',
          `${begin('publisher')}\n\n## Publisher: Contoso\n\n${end('publisher')}\n`,
          `## Supported Operations\n\n${begin('operations')}\n\n### List\n\nLists.\n\n${end('operations')}\n`,
          '* mine\n\n## Notes\n\n```md\n## Credentials\n```\n',
          `## Obtaining Credentials\n\n${begin('credentials')}\n\nNone.\n\n${end('credentials')}\n`,
          `## Known Issues and Limitations\n\n${begin('limits')}\n\n* 500\n\n${end('limits')}\n`,
        ].join('\n'),
      );
    });

    it('keeps every line of the author in order', () => {
      const lines = insert(adopted).split('\n');
      let at = 0;
      for (const line of adopted.split('\n')) {
        at = lines.indexOf(line, at);
        expect(at, line).to.be.at.least(0);
      }
    });

    it('changes nothing the second time, also with CRLF and without final newline', () => {
      for (const text of ['', 'No heading', adopted, adopted.replaceAll('\n', '\r\n'), '\uFEFF# Title']) {
        const once = insert(text);
        expect(insert(once)).to.equal(once);
        if (text.includes('\r\n')) expect(once.replaceAll('\r\n', '')).to.not.contain('\n');
      }
    });

    it('adds the title at the top where there is none', () => {
      expect(insert('Text.\n').startsWith(`${begin('title')}\n\n# Weather\n\n${end('title')}\n\nText.\n`)).to.equal(
        true,
      );
    });
  });
});
