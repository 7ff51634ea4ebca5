import type { JsonObject } from '../connector/json/value.ts';
import { type Profile, profiles, type Severity } from '../connector/profile.ts';
import type { Example, Rule } from './engine/rule.ts';
import { defaultSeverity } from './engine/run.ts';
import { showExample } from './examples/show-example.ts';
import { pagesOf } from './source-pages.ts';

/** The catalogue for scripts: what `rules --format json` prints. */
export function describeRules(rules: readonly Rule[]): JsonObject {
  return {
    rules: rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      why: rule.why,
      remedy: rule.remedy,
      severity: { ...severitiesOf(rule) },
      fixable: rule.fix !== undefined,
      source: rule.source,
      pages: pagesOf(rule.source),
      page: pageOf(rule),
      ...(rule.official === undefined ? {} : { official: rule.official }),
      ...(rule.policy === undefined ? {} : { policy: rule.policy }),
      command: rule.command ?? 'validate',
      check: rule.manual ? 'manual' : 'automatic',
    })),
  };
}

/** The page of a rule in the documentation, relative to the project. */
export const pageOf = ({ id }: Rule): string => `docs/rules/${id}.md`;

export const severitiesOf = (rule: Rule): Record<Profile, Severity | 'off'> =>
  Object.fromEntries(profiles.map((profile) => [profile, defaultSeverity(rule, profile)])) as Record<
    Profile,
    Severity | 'off'
  >;

/** Who checks by the rule, in words. */
export function checkedBy({ manual, command = 'validate' }: Rule): string {
  if (manual) return 'you: it cannot be checked from the files';
  return `pp-connector ${command}`;
}

/** Who corrects it. */
export const fixedBy = ({ fix }: Rule): string => (fix === undefined ? 'you' : fixers[fix]);

const fixers = {
  safe: 'pp-connector validate --fix',
  unsafe: 'pp-connector validate --fix-unsafe, before the first release: flows refer to what it changes',
  deletion: 'pp-connector validate --fix-unsafe, which deletes the file',
  package: 'pp-connector package',
  release: 'pp-connector release',
} as const satisfies Record<NonNullable<Rule['fix']>, string>;

/** What to write into config.json of a repository so that the rule is silent there. */
export const switchedOff = ({ id }: Rule): string =>
  `"rules": { "${id}": { "severity": "off", "reason": "why it does not matter here" } }`;

/** Only what `validate` finds can be switched off. */
export const canBeSwitchedOff = ({ manual, command = 'validate' }: Rule): boolean =>
  command.startsWith('validate') && !manual;

/** One rule on the terminal: what, why, what to do, who says so, and how it looks. */
export function explainRule(rule: Rule): string {
  const severity = Object.entries(severitiesOf(rule)).map(([profile, level]) => `${profile} ${level}`);
  const facts: Fact[] = [
    ['Severity', severity.join(', ')],
    ['Why', rule.why],
    ['Remedy', rule.remedy],
    ['Source', rule.source],
    ...pageFacts(pagesOf(rule.source)),
    ['Page', `${pageOf(rule)} of the project`],
    ...(rule.official === undefined ? [] : [['Validator', `${rule.official}, the service's own name for it`] as const]),
    ...(rule.policy === undefined ? [] : [['Policy', rule.policy] as const]),
    ['Checked by', checkedBy(rule)],
    ['Fixed by', fixedBy(rule)],
    ...(canBeSwitchedOff(rule) ? [['Switch off', `in config.json: ${switchedOff(rule)}`] as const] : []),
  ];
  const good = rule.examples?.good[0];
  const bad = rule.examples?.bad[0];
  return [
    `${rule.id}\n${wrap(rule.title, '')}\n`,
    ...factLines(facts),
    ...(good === undefined ? [] : ['', exampleText('Good', good)]),
    ...(bad === undefined ? [] : ['', exampleText('Bad', bad)]),
    '',
  ].join('\n');
}

const indent = ' '.repeat(12);

/** A line of an explanation. */
export type Fact = readonly [name: string, text: string];

export const factLines = (facts: readonly Fact[]): string[] =>
  facts.map(([name, text]) => `${name.padEnd(indent.length)}${wrap(text, indent)}`);

/** Each address on a line of its own: terminals open them. */
const pageFacts = (pages: readonly string[]): Fact[] =>
  pages.map((page, index) => [index === 0 ? 'Read' : '', page] as const);

function exampleText(kind: string, example: Example): string {
  const parts = showExample(example).map(({ file, text }) => `  ${file}\n${text.replaceAll(/^(?=.)/gm, '    ')}`);
  return [`${kind}: ${example.name}`, ...parts].join('\n');
}

const maxColumns = 80;

/** Breaks a text between words; what is in quotes or braces may be broken, too: it is for reading. */
export function wrap(text: string, before: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && before.length + line.length + 1 + word.length > maxColumns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${before}`);
}
