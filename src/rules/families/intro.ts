import { asObject, getOwn } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import { defineFamily, type Rule } from '../engine/rule.ts';
import type { MarkdownDocument, Paragraph } from '../parsers/markdown.ts';
import { sameText } from '../support/texts.ts';
import { introSection } from './readme.ts';

const intro = (without: RegExp): string =>
  [
    'Weather stations on land and at sea tell what they measure. Build flows that react to the weather.',
    '## Prerequisites',
    'A Contoso account.',
    '## How to get credentials',
    'Create a key in the Contoso portal.',
    '## Get started with your connector',
    'Choose a region and read its stations.',
    '## Known issues and limitations',
    'None.',
  ]
    .filter((line) => !without.test(line))
    .join('\n\n');

const withIntro = (text: string) => ({ files: { 'intro.md': text } });

/** A rule that the intro has a section. */
function sectionRule(
  section: Parameters<typeof introSection>[1],
  heading: string,
  rule: Pick<Rule, 'id' | 'why' | 'severity'>,
  more: { unlessAnonymous?: true } = {},
): Rule {
  return {
    title: `The intro has a section "${heading}".`,
    remedy: `Add the heading "## ${heading}" and what belongs below it.`,
    source: 'Guide to submitting for certification',
    ...rule,
    on: {
      intro: (file, report, connector) => {
        if (more.unlessAnonymous && connector.connectionParameters.length === 0) return;
        if (introSection(file.document, section) !== undefined) return;
        report(
          { file, offset: 0 },
          `the intro has no section "${heading}"; add the heading "## ${heading}" and its text`,
        );
      },
    },
    examples: {
      good: [
        { name: 'there' },
        ...(more.unlessAnonymous
          ? [
              {
                name: 'anonymous',
                definition: { securityDefinitions: { api_key: null }, security: [] },
                properties: { properties: { connectionParameters: { api_key: null } } },
                ...withIntro(intro(new RegExp(`^## ${heading}`))),
              },
            ]
          : []),
      ],
      bad: [{ name: 'missing', ...withIntro(intro(new RegExp(`^## ${heading}`))), expect: ['intro'] }],
    },
  };
}

const maxSentences = 8;

/** Ends of sentences: a full stop inside a name or number isn't followed by a blank and a capital. */
const sentences = (text: string): number => text.trim().split(/[.!?]["')\]]*\s+(?=["'(]*\p{Lu})/u).length;

/** The paragraph in front of the first section. */
function lead(document: MarkdownDocument): Paragraph | undefined {
  const [first] = document.paragraphs;
  const section = document.headings.find(({ level }) => level > 1);
  return first !== undefined && (section === undefined || first.offset < section.offset) ? first : undefined;
}

/** Rules about intro.md, which becomes a page of the connector documentation. */
export const family = defineFamily({ name: 'Intro', order: 430 }, [
  {
    id: 'intro-present',
    title: 'A connector that is certified has an intro.md.',
    why: 'The package is refused without it; it becomes the page of the documentation.',
    remedy: 'Write one: pp-connector readme makes it from the definition.',
    source:
      'Guide to submitting for certification; package validator of the connector repository; packages of independent publishers since autumn 2025',
    severity: '-/E/E',
    // it goes into the package, not into the pull request
    appliesTo: ['repository', 'package'],
    on: {
      connector: ({ files }, report) => {
        if (files.intro === undefined)
          report({ missing: 'intro.md' }, 'there is no intro.md; pp-connector readme writes one');
      },
    },
    examples: {
      good: [{ name: 'there' }],
      bad: [{ name: 'missing', files: { 'intro.md': null }, expect: ['intro'] }],
    },
  },
  sectionRule('prerequisites', 'Prerequisites', {
    id: 'intro-prerequisites',
    why: 'Makers must know which plan or licence they need.',
    severity: '-/W/W',
  }),
  sectionRule(
    'credentials',
    'How to get credentials',
    { id: 'intro-credentials', why: 'Makers must know how to sign in.', severity: '-/W/W' },
    { unlessAnonymous: true },
  ),
  sectionRule('getStarted', 'Get started with your connector', {
    id: 'intro-get-started',
    why: 'It leads to the first flow.',
    severity: '-/I/I',
  }),
  sectionRule('knownIssues', 'Known issues and limitations', {
    id: 'intro-known-issues',
    why: 'It saves makers from searching for what cannot work.',
    severity: '-/W/W',
  }),
  {
    id: 'intro-no-operations',
    title: 'The intro does not list actions or triggers.',
    why: 'The documentation lists them itself, from the definition.',
    remedy: 'Delete the section.',
    source: 'Guide to submitting for certification',
    severity: '-/W/W',
    on: {
      intro: (file, report) => {
        for (const { text, offset } of file.document.headings) {
          if (!/\b(operations|actions|triggers)\b/i.test(text)) continue;
          report({ file, offset }, `the section ${quote(text)} lists what the documentation lists itself; delete it`);
        }
      },
    },
    examples: {
      good: [{ name: 'no list' }],
      bad: [
        {
          name: 'a list',
          ...withIntro(`${intro(/^$/)}\n\n## Supported Operations\n\n* Get station\n`),
          expect: ['intro'],
        },
      ],
    },
  },
  {
    id: 'intro-lead',
    title: 'The intro begins with a paragraph of its own, of at most eight sentences.',
    why: 'It is under the description of the connector, which it must not repeat.',
    remedy: 'Say in a few other words what the service does and who needs the connector.',
    source: 'Guide to submitting for certification',
    severity: '-/I/I',
    on: {
      intro: (file, report, connector) => {
        const paragraph = lead(file.document);
        if (paragraph === undefined) {
          report(
            { file, offset: 0 },
            'the intro has no opening paragraph; say in a few sentences what the connector is for',
          );
          return;
        }
        const at = { file, offset: paragraph.offset };
        const count = sentences(paragraph.text);
        if (count > maxSentences) {
          report(at, `the opening paragraph of the intro has ${count} sentences; at most ${maxSentences} are wanted`);
        }
        const description = getOwn(asObject(getOwn(connector.definition, 'info')), 'description');
        if (typeof description === 'string' && sameText(description, paragraph.text)) {
          report(at, "the intro begins with the connector's description, under which it is; write something else");
        }
      },
    },
    examples: {
      good: [{ name: 'own words' }],
      bad: [
        {
          name: 'the description again',
          ...withIntro(
            intro(/^$/).replace(
              /^.*/,
              'Reads current measurements of the Contoso weather stations and tells about warnings.',
            ),
          ),
          expect: ['intro'],
        },
        { name: 'nine sentences', ...withIntro(intro(/^$/).replace(/^.*/, 'It works. '.repeat(9))), expect: ['intro'] },
      ],
    },
  },
]);
