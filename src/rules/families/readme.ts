import { getOwn } from '../../connector/json/value.ts';
import { inline, paragraph } from '../../docs/markdown.ts';
import { quote } from '../../quote.ts';
import { defineFamily, type Fix, type Rule } from '../engine/rule.ts';
import type { Heading, MarkdownDocument, MarkdownFile } from '../parsers/markdown.ts';
import { addHeading, addTitle, addToSection, comparableText, inLine } from '../support/markdown-edits.ts';

/** Words by which a section is recognised, anywhere in a heading of any level. */
const sections = {
  publisher: ['publisher'],
  prerequisites: ['prerequisite', 'pre-requisite'],
  operations: ['operation', 'actions', 'triggers'],
  credentials: ['credential', 'authentication', 'authorization', 'api key'],
  knownIssues: ['known issues', 'limitation'],
  deployment: ['deployment', 'deploy'],
  getStarted: ['get started', 'getting started'],
} as const;

type Section = keyof typeof sections;

const sectionHeading = (document: MarkdownDocument, section: Section): Heading | undefined =>
  document.headings.find(({ text }) => {
    const lower = text.toLowerCase();
    return sections[section].some((word) => lower.includes(word));
  });

const stubLength = 50;

/** What the templates of the connector repository tell the author to write, after "Required." or "Optional.". */
const instructions: ReadonlySet<string> = new Set(
  [
    'One paragraph, two to three sentences about the service and the connector.',
    'It should be the company or organization name.',
    'For Independent-Publisher-Connector, it should be a first and last name of an individual or it can be a company name.',
    'Any plans or licenses, tools required from the connector.',
    'Describe actions, triggers, and other endpoints.',
    'Explain the authentication method and how to get the credentials.',
    'How to get started with your connector.',
    'Include any known issues and limitations a user may encounter.',
    'Include frequently asked questions by your customer.',
    'Add instructions on how to deploy this connector as custom connector.',
  ].map(comparableText),
);

/** Whether a line is, or begins with, an instruction of a template; an author's own "Required." is none. */
function isLeftover(line: string): boolean {
  const words = comparableText(line.replaceAll(/[*_]/g, ''));
  const [, rest] = /^(?:required|optional)\. (.*)$/.exec(words) ?? [];
  if (rest === undefined) return false;
  return [...instructions].some((instruction) => rest === instruction || rest.startsWith(`${instruction} `));
}

/** A README with some sections, to break one thing at a time. */
const readme = (without: RegExp): string =>
  [
    '# Contoso Weather',
    'Contoso runs weather stations on land and at sea. This connector reads what they measure.',
    '## Publisher: Contoso',
    '## Prerequisites',
    'A Contoso account.',
    '## Supported Operations',
    '### List stations',
    '### Create station',
    '### Get station',
    '### When a warning is given',
    '## Obtaining Credentials',
    'Create a key in the Contoso portal.',
    '## Known Issues and Limitations',
    'None.',
    '## Deployment Instructions',
    'Use the Power Platform CLI.',
  ]
    .filter((line) => !without.test(line))
    .join('\n\n');

/** A rule that the README has a section. */
function sectionRule(
  section: Section,
  heading: string,
  rule: Pick<Rule, 'id' | 'why' | 'severity' | 'fix'>,
  more: { fix?: (file: MarkdownFile, title: string) => Fix | undefined; fixed?: string } = {},
): Rule {
  return {
    title: `The README has a section "${heading}".`,
    remedy: `Add the heading "## ${heading}" and what belongs below it.`,
    source: 'Templates of the connector repository',
    ...rule,
    on: {
      readme: (file, report, connector) => {
        if (sectionHeading(file.document, section) !== undefined) return;
        const publisher = getOwn(connector.properties, 'publisher');
        const fix = more.fix?.(file, typeof publisher === 'string' ? publisher.trim() : '');
        report(
          { file, offset: 0 },
          `the README has no section "${heading}"; add the heading "## ${heading}" and its text`,
          fix ?? [],
        );
      },
    },
    examples: {
      good: [{ name: 'there' }],
      bad: [
        {
          name: 'missing',
          files: { 'readme.md': readme(new RegExp(`^## ${heading.split(':')[0]}`)) },
          expect: ['readme'],
          ...(more.fixed === undefined ? {} : { fixed: { files: { 'readme.md': more.fixed } } }),
        },
      ],
    },
  };
}

/** Puts a heading in front of the first one below the title. */
function publisherFix(file: MarkdownFile, publisher: string): Fix | undefined {
  if (publisher === '') return undefined;
  const edit = addHeading(file.document, `Publisher: ${publisher}`);
  return edit && { op: 'text', file, edit };
}

/** Adds a sub-section for an operation at the end of the section about operations. */
function operationFix(file: MarkdownFile, summary: string, description: unknown): Fix | undefined {
  const heading = inline(inLine(summary));
  const body = typeof description === 'string' ? paragraph(inLine(description)) : '';
  const edit = addToSection(
    file.document,
    (document) => sectionHeading(document, 'operations'),
    (level) => [`${'#'.repeat(level)} ${heading}`, ...(body === '' ? [] : [body])],
  );
  return edit && { op: 'text', file, edit };
}

/** Rules about README.md. */
export const family = defineFamily({ name: 'README', order: 420 }, [
  {
    id: 'readme-present',
    title: 'The connector has a readme.md.',
    why: 'It is what people read before they use the connector, and reviewers ask for it first.',
    remedy: 'Write one: pp-connector readme makes it from the definition.',
    source: 'README of the connector repository; certification policy',
    policy: '5000.1.1.2',
    severity: 'I/E/E',
    appliesTo: ['repository', 'folder', 'package'],
    on: {
      connector: ({ files }, report) => {
        if (files.readme === undefined)
          report({ missing: 'readme.md' }, 'there is no readme.md; pp-connector readme writes one');
      },
    },
    examples: {
      good: [{ name: 'there', subject: 'folder' }],
      bad: [{ name: 'missing', subject: 'folder', files: { 'readme.md': null }, expect: ['readme'] }],
    },
  },
  {
    id: 'readme-not-empty',
    title: 'The README is more than a stub.',
    why: 'A heading alone helps nobody.',
    remedy: 'Fill in the sections of the template.',
    source: 'Templates of the connector repository',
    severity: 'I/E/E',
    on: {
      readme: (file, report) => {
        const { length } = file.text.trim();
        if (length < stubLength)
          report({ file, offset: 0 }, `the README has ${length} characters; fill in the sections of the template`);
      },
    },
    examples: {
      good: [{ name: 'a text' }],
      bad: [{ name: 'a title', files: { 'readme.md': '# Contoso Weather\n' }, expect: ['readme'] }],
    },
  },
  {
    id: 'readme-title',
    title: 'The README has a title.',
    why: 'It names the connector.',
    remedy: 'Begin with "# " and the name of the connector; the blank counts.',
    source: 'Templates of the connector repository',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      readme: (file, report, connector) => {
        if (file.document.headings.some(({ level }) => level === 1)) return;
        const info = getOwn(connector.definition, 'info');
        const title =
          typeof info === 'object' && info !== null && !Array.isArray(info) ? getOwn(info, 'title') : undefined;
        const isNamed = typeof title === 'string' && title.trim() !== '';
        const fix: Fix[] = isNamed ? [{ op: 'text', file, edit: addTitle(title) }] : [];
        report({ file, offset: 0 }, 'the README has no title; begin with "# " and the name of the connector', fix);
      },
    },
    examples: {
      good: [{ name: 'a title' }],
      bad: [
        {
          name: 'missing',
          files: { 'readme.md': readme(/^# /) },
          expect: ['readme'],
          fixed: { files: { 'readme.md': readme(/^$/) } },
        },
        {
          name: 'no blank',
          files: { 'readme.md': readme(/^$/).slice(0, 1) + readme(/^$/).slice(2) },
          expect: ['readme'],
          fixed: { files: { 'readme.md': readme(/^$/) } },
        },
      ],
    },
  },
  sectionRule(
    'publisher',
    'Publisher: name',
    { id: 'readme-publisher', why: 'It says whose connector this is.', severity: 'I/W/E', fix: 'safe' },
    { fix: publisherFix, fixed: readme(/^$/) },
  ),
  sectionRule('prerequisites', 'Prerequisites', {
    id: 'readme-prerequisites',
    why: 'Makers must know which plan or licence they need.',
    severity: 'I/W/E',
  }),
  sectionRule('operations', 'Supported Operations', {
    id: 'readme-operations',
    why: 'Makers look here whether the connector does what they want.',
    severity: 'I/W/E',
  }),
  {
    id: 'readme-operations-complete',
    title: 'The README names every visible operation.',
    why: 'What is not described is taken for missing.',
    remedy: 'Add a heading with the summary of the operation; pp-connector readme keeps them in step.',
    source: 'Templates of the connector repository',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      readme: (file, report, connector) => {
        let text: string | undefined;
        for (const operation of connector.operations) {
          const summary = getOwn(operation.value, 'summary');
          if (!operation.visible || typeof summary !== 'string' || summary.trim() === '') continue;
          text ??= comparableText(file.text);
          if (text.includes(comparableText(summary))) continue;
          const place = sectionHeading(file.document, 'operations');
          const fix = operationFix(file, summary, getOwn(operation.value, 'description'));
          report(
            { file, offset: place?.offset ?? 0 },
            `the README does not name the operation ${quote(summary)}`,
            fix ?? [],
          );
        }
      },
    },
    examples: {
      good: [{ name: 'all' }],
      bad: [
        {
          name: 'one is missing',
          files: { 'readme.md': readme(/When a warning/) },
          expect: ['readme'],
          fixed: {
            files: {
              'readme.md': readme(/^$/).replace(
                '### When a warning is given',
                '### When a warning is given\n\nThis operation triggers when a weather warning is given.',
              ),
            },
          },
        },
      ],
    },
  },
  sectionRule('credentials', 'Obtaining Credentials', {
    id: 'readme-credentials',
    why: 'Makers must know how to sign in; for OAuth, Microsoft registers its application by these steps.',
    severity: 'I/W/E',
  }),
  sectionRule('knownIssues', 'Known Issues and Limitations', {
    id: 'readme-known-issues',
    why: 'It saves makers from searching for what cannot work.',
    severity: 'I/W/E',
  }),
  sectionRule('deployment', 'Deployment Instructions', {
    id: 'readme-deployment',
    why: 'Anybody can deploy the published files as custom connector.',
    severity: 'I/W/I',
  }),
  {
    id: 'readme-template-leftovers',
    title: 'No instructions of the template are left in the README.',
    why: 'Lines such as "Required. …" tell the author what to write, not the reader.',
    remedy: 'Replace them with your own text.',
    source: 'Published connectors',
    severity: 'W/W/W',
    on: {
      readme: (file, report) => {
        for (const { text, offset } of file.document.lines) {
          if (!isLeftover(text)) continue;
          report({ file, offset }, `${quote(text.trim())} is an instruction of the template; write your own text`);
        }
      },
    },
    examples: {
      good: [{ name: 'own words' }],
      bad: [
        {
          name: 'left',
          files: {
            'readme.md': readme(/^$/).replace(
              'A Contoso account.',
              'Required. Any plans or licenses, tools required from the connector.',
            ),
          },
          expect: ['readme'],
        },
      ],
    },
  },
]);

/** The same for the intro that becomes the page of the documentation. */
export const introSection = sectionHeading;
