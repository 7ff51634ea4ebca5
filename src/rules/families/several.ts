import { defineFamily, type Rule } from '../engine/rule.ts';

type Declaration = Pick<Rule, 'id' | 'title' | 'why' | 'remedy' | 'severity'>;

/** Rules about the connectors of one repository. The code of each is in src/rules/engine/compare-several.ts. */
const declarations = [
  {
    id: 'several-same-title',
    title: 'Connectors of one repository have different titles.',
    why: 'Makers find connectors by their titles: two of the same can not be told apart, and deploying one by its title may meet the other.',
    remedy: 'Give each a title of its own, of what it is for.',
    severity: 'W/E/E',
  },
  {
    id: 'several-same-host',
    title: 'Connectors of one repository have different hosts or base paths.',
    why: 'One service is one connector in the eyes of reviewers; makers look for all its operations in one place.',
    remedy: 'Unite them, or leave it where they are separate products.',
    severity: 'I/I/I',
  },
  {
    id: 'several-same-icon',
    title: 'Connectors of one repository have different icons.',
    why: 'Steps of a flow are told apart by their icons, and certification asks for an icon that no other connector has.',
    remedy: 'Draw an icon for each, of the same style if they belong together.',
    severity: 'I/W/W',
  },
  {
    id: 'several-same-color',
    title: 'Connectors of one repository have different brand colours.',
    why: 'In lists the colour is seen before the title is read.',
    remedy: 'Give each a shade of its own, or leave it where they are one brand.',
    severity: 'I/I/I',
  },
] as const satisfies readonly Declaration[];

/** What is compared between connectors. */
export type SeveralRule = (typeof declarations)[number]['id'];

export const family = defineFamily(
  { name: 'Several connectors in one repository', order: 480 },
  declarations.map((rule) => ({ source: 'This tool', ...rule, command: 'validate --all' })),
);
