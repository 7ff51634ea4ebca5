import { type Profile, profiles } from '../src/connector/profile.ts';
import type { Example, Family, Rule } from '../src/rules/engine/rule.ts';
import { showExample } from '../src/rules/examples/show-example.ts';
import { canBeSwitchedOff, checkedBy, fixedBy, severitiesOf } from '../src/rules/explain.ts';
import { type Measured, rateOf } from './measured.ts';

/** First line of every page: who reads one must know where to change it. */
export const pageHeader = '<!-- Written by scripts/sync.ts from src/rules/families; do not edit, run: npm run sync -->';

/** The page of one rule. */
export function rulePage(rule: Rule, measured?: Measured): string {
  const severities = severitiesOf(rule);
  const facts: [string, string][] = [
    ...profiles.map((profile): [string, string] => [`Severity, ${profile}`, severities[profile]]),
    ...(rule.official === undefined ? [] : [['Name in the service', code(rule.official)] as [string, string]]),
    ...(rule.policy === undefined ? [] : [['Certification policy', rule.policy] as [string, string]]),
    ['Checked by', commandAsCode(checkedBy(rule))],
    ['Fixed by', commandAsCode(fixedBy(rule))],
    ['Source', rule.source],
    ...(measured === undefined || rule.manual || rule.command !== undefined
      ? []
      : [['Found in published connectors', publishedRate(rule, measured)] as [string, string]]),
  ];
  return page(`# ${rule.id}`, [
    plain(rule.title),
    table(
      ['', ''],
      facts.map(([name, value]) => [name, value]),
    ),
    `**Why.** ${plain(rule.why)}`,
    `**What to do.** ${plain(rule.remedy)}`,
    ...(rule.examples?.good ?? []).map((example) => exampleText('Good', example)),
    ...(rule.examples?.bad ?? []).map((example) => exampleText('Bad', example)),
    ...(canBeSwitchedOff(rule) ? [switchOff(rule)] : []),
    '[All rules](README.md)',
  ]);
}

/** How many connectors it finds something in, and where to read why that is an error all the same. */
function publishedRate({ id }: Rule, measured: Measured): string {
  const counts = measured.rules[id];
  const isError = counts?.errors.some((count) => count > 0) === true;
  const rate = rateOf(counts?.found ?? [], measured);
  return isError ? `${rate}; [why it is an error](../reference/published-connectors.md)` : rate;
}

/** The list of all pages, by family. */
export function indexPage(families: readonly Family[]): string {
  const filled = families.filter(({ rules }) => rules.length > 0);
  const rules = filled.flatMap((family) => family.rules);
  const sections = filled.map((family) => `## ${family.name}\n\n${familyTable(family)}`);
  return page('# Rules', [
    `${rules.length} rules. Severities are those for connectors of one's own (custom), of the owner of the service (verified) and of independent publishers (independent); – means that the rule does not apply. Fixes that are safe are made by \`pp-connector validate --fix\`, unsafe ones and the deletion of files by \`--fix-unsafe\`, the others by the command that is named. Explain one on the terminal with \`pp-connector rules ID\`.`,
    familiesTable(families),
    ...sections,
  ]);
}

/** One line per family. */
function familiesTable(families: readonly Family[]): string {
  const rows = families
    .filter(({ rules }) => rules.length > 0)
    .map(({ name, rules }) => [
      `[${plain(name)}](#${anchor(name)})`,
      String(rules.length),
      ...profiles.map((profile) => String(rules.filter((rule) => severitiesOf(rule)[profile] === 'error').length)),
      String(rules.filter(({ fix }) => fix !== undefined).length),
    ]);
  const sums = [1, 2, 3, 4, 5].map((column) => String(rows.reduce((sum, row) => sum + Number(row[column]), 0)));
  const head = ['Rules about', 'rules', ...profiles.map((profile) => `errors, ${profile}`), 'with a fix'];
  return table(head, [...rows, ['**all**', ...sums.map((sum) => `**${sum}**`)]]);
}

const familyTable = ({ rules }: Family): string =>
  table(
    ['Rule', 'What must hold', ...profiles, 'Fix'],
    rules.map((rule) => [
      `[${rule.id}](${rule.id}.md)`,
      plain(rule.title),
      ...profiles.map((profile) => levelText(rule, profile)),
      rule.fix ?? '',
    ]),
  );

function levelText(rule: Rule, profile: Profile): string {
  const level = severitiesOf(rule)[profile];
  return level === 'off' ? '–' : level;
}

const page = (title: string, parts: readonly string[]): string => `${[pageHeader, title, ...parts].join('\n\n')}\n`;

function exampleText(kind: string, example: Example): string {
  const files = showExample(example).map(({ file, language, text }) => {
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    return `${plain(file)}:\n\n${fence}${language}\n${text}\n${fence}`;
  });
  const profile = example.profile === undefined ? '' : ` (profile ${example.profile})`;
  const body = files.length === 0 ? ['The connector that all examples are changes of.'] : files;
  return [`## ${kind}: ${plain(example.name)}${profile}`, ...body].join('\n\n');
}

const switchOff = ({ id }: Rule): string => `## Where it does not matter

In \`config.json\`, for the whole connector or, with \`paths\` (JSON pointers, \`*\` for any one key), for a part of it:

\`\`\`json
{
  "rules": {
    "${id}": { "severity": "off", "reason": "why it does not matter here" }
  }
}
\`\`\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

/** A text of a rule as Markdown: what is in backquotes is code already, angle brackets elsewhere are not tags. */
const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll(/[*_[\]]/g, '\\$&')))
    .join('');

const code = (text: string): string => `\`${text}\``;

const commandAsCode = (text: string): string => text.replace(/^pp-connector [a-z]+(?: --[a-z-]+)?/, '`$&`');

/** The fragment that renderers make of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
