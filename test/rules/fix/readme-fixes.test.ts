import { expect } from 'chai';
import fc from 'fast-check';
import MarkdownParser from 'markdown-it';
import type { Connector } from '../../../src/connector/load.ts';
import { startSession } from '../../../src/rules/engine/validate-connector.ts';
import { exampleConnector } from '../../../src/rules/examples/example-connector.ts';
import { ruleById } from '../../../src/rules/families/catalogue.ts';
import { type FixResult, fixConnector } from '../../../src/rules/fix/fix-connector.ts';

const connectorWith = (readme: string, summary = 'List stations', description = 'Returns all stations.'): Connector =>
  exampleConnector({
    profile: 'independent',
    subject: 'folder',
    properties: { properties: { publisher: 'Contoso' } },
    definition: { paths: { '/stations': { get: { summary, description } } } },
    files: { 'readme.md': readme },
  });

async function fix(connector: Connector): Promise<FixResult & { readme: string }> {
  const { validate } = startSession(connector, { cwd: '/', profile: 'independent' });
  const wanted = (rule: string) => rule.startsWith('readme-') && ruleById.get(rule)?.fix === 'safe';
  const result = await fixConnector(connector, { validate, wanted });
  return { ...result, readme: result.connector.readme?.bytes.toString('utf8') ?? '' };
}

const rulesOf = ({ findings }: FixResult): string[] =>
  findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('readme-'));

describe('fixes of a README', () => {
  it('put a heading before the first section, not into a comment', async () => {
    const comment = '<!--\n## Installation\nto be written\n-->';
    const { readme } = await fix(connectorWith(`# Contoso Weather\nWords.\n\n${comment}\n\n## Methods\nSee below.\n`));
    expect(readme).to.contain(`${comment}\n\n## Publisher: Contoso\n\n## Methods`);
  });

  it('keep Windows line ends, underlined headings and metadata', async () => {
    const { readme } = await fix(
      connectorWith('---\r\nlang: en\r\n---\r\nOperations\r\n----------\r\n\r\nSee below.\r\n\r\nOther\r\n=====\r\n'),
    );
    expect(readme).to.match(/^---\r\nlang: en\r\n---\r\n/);
    expect(readme).to.match(/See below\.\r\n\r\n### List stations\r\n\r\nReturns all stations\.\r\n\r\n/);
    expect(readme.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  });

  it('take no text that cannot be written for another one', async () => {
    const first = await fix(
      connectorWith('# Contoso\n\n## Operations\n\nText.\n', 'Take \ud83d this & <that>', '# No heading'),
    );
    expect(rulesOf(first)).not.to.include('readme-operations-complete');
    expect(first.readme).to.contain('\\# No heading');
    expect((await fix(first.connector)).changes).to.deep.equal([]);
  });

  it('leave a heading in a list or a quotation, and what nobody has ended, alone', async () => {
    for (const end of [
      '> ## Operations\n',
      '* ## Operations\n',
      '## Operations\n\n```\ncode\n',
      '## Operations\n\n<!-- text\n',
    ]) {
      const text = `# Contoso\n\n## Publisher: Contoso\n\n${end}`;
      const result = await fix(connectorWith(text));
      expect(result.readme, end).to.equal(text);
      const left = result.findings.filter(({ rule }) => rule === 'readme-operations-complete');
      expect(left.length).to.be.greaterThan(0);
      expect(left.some(({ fixable }) => fixable)).to.equal(false);
    }
  });

  it('change no block that is there, and settle at once', async () => {
    const parser = new MarkdownParser({ html: true });
    /** All blocks but the headings and paragraphs that a fix may add. */
    const kept = (text: string): string[] =>
      parser
        .parse(text, {})
        .flatMap(({ type, content }) =>
          /^(?:fence|code_block|html_block|inline)$/.test(type)
            ? content.split('\n').map((line) => `${type} ${line}`)
            : [],
        );
    const document = fc.tuple(
      fc.array(fc.constantFrom(...fragments), { maxLength: 9 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('\n', '\n\n'),
    );
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...summaries), async ([parts, eol, gap], summary) => {
        const text = parts.join(gap).replaceAll('\n', eol);
        const first = await fix(connectorWith(text, summary, `${summary} <b>once</b>`));
        const before = kept(text).map(spaced);
        const after = kept(first.readme).map(spaced);
        let next = 0;
        for (const block of after) if (block === before[next]) next += 1;
        expect(before.slice(next), JSON.stringify(first.readme)).to.deep.equal([]);
        expect(
          first.findings.filter(
            ({ rule, fixable }) => fixable && ruleById.get(rule)?.fix === 'safe' && rule.startsWith('readme-'),
          ),
        ).to.deep.equal([]);
        expect((await fix(first.connector)).readme).to.equal(first.readme);
      }),
      { seed: 20_261_128, numRuns: 150, interruptAfterTimeLimit: 40_000 },
    );
  }).timeout(90_000);
});

/** A first line that lacks only the blank after its sign becomes a heading: the same words. */
const spaced = (block: string): string => block.replace(/^inline #/, 'inline ').trimEnd();

const fragments = [
  '# Contoso Weather',
  '#Contoso Weather',
  'Contoso\n=======',
  'Words about it.',
  '## Prerequisites',
  '## Supported Operations',
  'Supported Operations\n---',
  '### List',
  '<!--\n## Operations\n# A title\n-->',
  '<details>\n\n## Operations\n\n</details>',
  '<div>\n## Operations\n</div>',
  '```md\n# Title\n## Operations\n```',
  '~~~\n## Publisher: nobody',
  '    # indented\n    ## Operations',
  '> ## Operations\n> Text.',
  '* one\n* ## Operations\n  more',
  '1. ## Actions',
  '| a | b |\n|---|---|\n| # | ## |',
  '[x]: https://contoso.com "## Operations"',
  '---\ntitle: x\n---',
  '***',
  '<!-- nobody has ended this\n## Operations',
];

const summaries = [
  'List stations',
  'Take \ud83d this',
  'Less < more > less',
  '# 1 & *all*',
  '- one',
  '1. first',
  '`code`',
  'A\\B',
  'Two\nlines',
  '<!--',
];
