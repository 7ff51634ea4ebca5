import type { Family } from '../rules/engine/rule.ts';
import type { Finding } from '../rules/engine/run.ts';
import { family as derivedTexts } from '../rules/families/derived-texts.ts';
import { family as icon } from '../rules/families/icon.ts';
import { family as info } from '../rules/families/info.ts';
import { family as infoContact } from '../rules/families/info-contact.ts';
import { family as infoDescription } from '../rules/families/info-description.ts';
import { family as intro } from '../rules/families/intro.ts';
import { family as metadata } from '../rules/families/metadata.ts';
import { family as operationTexts } from '../rules/families/operation-texts.ts';
import { family as parameterTexts } from '../rules/families/parameter-texts.ts';
import { family as propertyTexts } from '../rules/families/property-texts.ts';
import { family as readme } from '../rules/families/readme.ts';
import { family as sample } from '../rules/families/sample.ts';
import { family as secrets } from '../rules/families/secrets.ts';

/** What a finding is about, by the step that it keeps open. */
const parts = [
  'assets',
  'sample',
  'texts',
  'derived',
  'icon',
  'readme',
  'intro',
  'secrets',
  'redirect-mode',
  'sign-in',
] as const;
export type Part = (typeof parts)[number];

const ids = (...families: readonly Family[]): string[] => families.flatMap(({ rules }) => rules.map(({ id }) => id));

const rulesOf: Readonly<Record<Exclude<Part, 'assets'>, readonly string[]>> = {
  texts: [
    ...ids(info, infoDescription, infoContact, metadata),
    ...ids(operationTexts, parameterTexts, propertyTexts),
    'publisher-required',
    'publisher-charset',
    'publisher-placeholder',
    'publisher-vs-stack-owner',
    'stack-owner-required',
  ],
  sample: ids(sample),
  derived: ids(derivedTexts),
  icon: ids(icon),
  readme: ids(readme),
  intro: ids(intro),
  secrets: [
    ...ids(secrets),
    'oauth-client-id-placeholder',
    'oauth-no-client-secret',
    'oauth-client-secret-real',
    'settings-no-live-ids',
  ],
  'sign-in': ['oauth-independent'],
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
