import type { Rule } from '../validate/rule.ts';
import { iconRules } from '../validate/rules/icon.ts';
import { infoRules } from '../validate/rules/info.ts';
import { infoContactRules } from '../validate/rules/info-contact.ts';
import { infoDescriptionRules } from '../validate/rules/info-description.ts';
import { introRules } from '../validate/rules/intro.ts';
import { metadataRules } from '../validate/rules/metadata.ts';
import { operationTextsRules } from '../validate/rules/operation-texts.ts';
import { parameterTextsRules } from '../validate/rules/parameter-texts.ts';
import { propertyTextsRules } from '../validate/rules/property-texts.ts';
import { readmeRules } from '../validate/rules/readme.ts';
import { secretsRules } from '../validate/rules/secrets.ts';
import type { Finding } from '../validate/run.ts';

/** What a finding is about, by the step that it keeps open. */
const parts = ['assets', 'texts', 'icon', 'readme', 'intro', 'secrets', 'redirect-mode'] as const;
export type Part = (typeof parts)[number];

const ids = (...families: readonly (readonly Rule[])[]): string[] => families.flat().map(({ id }) => id);

const rulesOf: Readonly<Record<Exclude<Part, 'assets'>, readonly string[]>> = {
  texts: [
    ...ids(infoRules, infoDescriptionRules, infoContactRules, metadataRules),
    ...ids(operationTextsRules, parameterTextsRules, propertyTextsRules),
    'publisher-required',
    'publisher-charset',
    'publisher-placeholder',
    'publisher-vs-stack-owner',
    'stack-owner-required',
  ],
  icon: ids(iconRules),
  readme: ids(readmeRules),
  intro: ids(introRules),
  secrets: [
    ...ids(secretsRules),
    'oauth-client-id-placeholder',
    'oauth-no-client-secret',
    'oauth-client-secret-real',
    'settings-no-live-ids',
  ],
  'redirect-mode': ['oauth-redirect-mode', 'oauth-redirect-mode-value', 'oauth-redirect-url'],
};

const partOf: ReadonlyMap<string, Part> = new Map(
  Object.entries(rulesOf).flatMap(([part, rules]) => rules.map((rule) => [rule, part as Part] as const)),
);

/** The findings of each part; what belongs to no other one is about the files as such. */
export function findingsByPart(findings: readonly Finding[]): Record<Part, Finding[]> {
  const grouped = Object.fromEntries(parts.map((part) => [part, [] as Finding[]])) as Record<Part, Finding[]>;
  for (const finding of findings) grouped[partOf.get(finding.rule) ?? 'assets'].push(finding);
  return grouped;
}
