import { allRules } from '../src/rules/explain-catalogue.ts';
import { whyPublished } from './why-published.ts';

/** What `npm run measure` counts, relative to the checkout. */
export const measuredFile = 'scripts/measured.json';
export const publishedPage = 'docs/reference/published-connectors.md';

export interface Measured {
  /** The day, and the version of the rules. */
  day: string;
  version: string;
  corpora: { name: string; connectors: number }[];
  /** By rule, in the order of the corpora: connectors with findings, and those of them where one is an error. */
  rules: Record<string, { found: number[]; errors: number[] }>;
}

/** `17 of 80 (October 2024), 2 of 20 (2025)`. */
export const rateOf = (counts: readonly number[], { corpora }: Measured): string =>
  corpora.map(({ name, connectors }, index) => `${counts[index] ?? 0} of ${connectors} (${name})`).join(', ');

/** The page with all errors that published connectors have, and why each is one all the same. */
export function publishedConnectors(measured: Measured): string {
  const { corpora, rules, day, version } = measured;
  const rows = allRules.flatMap(({ id }) => {
    const errors = rules[id]?.errors ?? [];
    if (!errors.some((count) => count > 0)) return [];
    return [`| [${id}](../rules/${id}.md) | ${errors.join(' | ')} | ${whyPublished[id] ?? ''} |`];
  });
  const names = corpora.map(({ name, connectors }) => `${name} (${connectors})`);
  return `<!-- Written by scripts/sync.ts from scripts/measured.json and scripts/why-published.ts; do not edit, run: npm run sync -->

# Published connectors

What \`validate\` finds in connectors that Microsoft has published: samples of the repository PPC as it was in October 2024, and of the
connectors that were new in 2025. Measured on ${day} with version ${version}; each is validated with the profile of its folder.

A published connector with an error shows that the service lets it pass, or let it pass once. So each of these rules has a reason to be
an error all the same; where none was found, the rule became a warning. **C**

| rule | ${names.join(' | ')} | why it is an error |
| --- | ${names.map(() => '---').join(' | ')} | --- |
${rows.join('\n')}

The counts are connectors, not findings. How many connectors a rule finds anything in, whatever its severity, is on its page.
`;
}
