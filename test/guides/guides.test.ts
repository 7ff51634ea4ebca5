import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { listGuides, readGuide } from '../../src/guides/guides.ts';
import { onTerminal } from '../../src/guides/markdown-on-terminal.ts';
import { checkout } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

const plain = (markdown: string, width = 40) => onTerminal(markdown, { color: false, width });

describe('guides on a terminal', () => {
  it('are all that there are, the one for beginners first', () => {
    const names = listGuides().map(({ name }) => name);
    expect(names[0]).to.equal('first-connector');
    const files = readdirSync(join(checkout, 'docs', 'guides')).map((name) => name.replace(/\.md$/, ''));
    expect(names).to.have.members(files);
    for (const { name, title } of listGuides()) expect(title, name).to.match(/^\w.*\w$/);
  });

  for (const { name } of listGuides()) {
    it(`${name}: says all that it says, in lines that fit`, async () => {
      const markdown = readGuide(name);
      const shown = await plain(markdown, 80);
      // commands must stay whole, to be copied
      const prose = shown.split('\n').filter((line) => !/^ {2,}/.test(line));
      for (const line of prose) expect(line.length, line).to.be.at.most(line.includes(' ') ? 80 : 400);
      const words = (text: string): Set<string> => new Set(text.match(/[A-Za-z]{4,}/g));
      const after = words(shown);
      const lost = [...words(markdown.replaceAll(/\]\([^)]*\)|```\w*|<!--.*?-->/gs, ''))].filter(
        (word) => !after.has(word),
      );
      expect(lost).to.deep.equal([]);
    });
  }

  it('have headings, lists, code, tables and links', async () => {
    const text = [
      '# Title',
      'One [link](https://contoso.com) and [another](other.md) and `code`.',
      '1. first\n2. second, which is long enough to be broken into two lines\n   * inner',
      '```sh\nrun --this\n```',
      '| a | b |\n| --- | --- |\n| one | two |',
      '> said',
      '![A card](card.png)',
    ].join('\n\n');
    expect(await plain(text)).to.equal(
      [
        'Title',
        '',
        'One link (https://contoso.com) and',
        'another and code.',
        '',
        '1. first',
        '2. second, which is long enough to be',
        '   broken into two lines',
        '   * inner',
        '',
        '    run --this',
        '',
        'a; b:',
        '* one; two',
        '',
        '| said',
        '',
        '[Picture: A card]',
        '',
      ].join('\n'),
    );
    expect(await onTerminal('# A `b`', { color: true, width: 40 })).to.include('\u001b[1m');
  });

  it('are found by the command, also by a name that is nearly right', () => {
    expect(warmCli(['guide']).stdout).to.match(/first-connector {2}/);
    expect(warmCli(['guide', 'import', '--format', 'markdown']).stdout).to.equal(readGuide('import'));
    const { status, stderr } = warmCli(['guide', 'imports']);
    expect(status).to.equal(2);
    expect(stderr).to.match(/did you mean: pp-connector guide import/);
    expect(warmCli(['guide', '../../README']).status).to.equal(2);
  });
});
