import type { Rule } from '../rules/engine/rule.ts';
import type { Finding } from '../rules/engine/run.ts';
import { iconRules } from '../rules/families/icon.ts';
import { infoRules } from '../rules/families/info.ts';
import { infoContactRules } from '../rules/families/info-contact.ts';
import { infoDescriptionRules } from '../rules/families/info-description.ts';
import { introRules } from '../rules/families/intro.ts';
import { metadataRules } from '../rules/families/metadata.ts';
import { operationTextsRules } from '../rules/families/operation-texts.ts';
import { parameterTextsRules } from '../rules/families/parameter-texts.ts';
import { propertyTextsRules } from '../rules/families/property-texts.ts';
import { readmeRules } from '../rules/families/readme.ts';
import { secretsRules } from '../rules/families/secrets.ts';

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
