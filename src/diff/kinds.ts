import type { Rule } from '../rules/engine/rule.ts';
import { family as breaking } from '../rules/families/breaking.ts';

/** The id of a rule about changes (docs/rules/README.md#breaking-changes). */
export type Kind = string;

const kinds: ReadonlyMap<Kind, Rule> = new Map(breaking.rules.map((rule) => [rule.id, rule]));

/** What the catalogue says of a kind of change: severities, remedy, official name. */
export function ruleOfKind(kind: Kind): Rule {
  const rule = kinds.get(kind);
  if (rule === undefined) throw new Error(`${kind} is no kind of change`);
  return rule;
}

/** Kinds of which flows, apps and connections notice nothing that stops them. */
const harmless: ReadonlySet<Kind> = new Set([
  'breaking-required-input-default',
  'breaking-output-internal',
  'breaking-title',
  // another address of the same service stops nothing
  'breaking-host',
  'breaking-version-bump',
  'breaking-use-versioning',
  'minor-update-scope',
]);

/** Whether flows, apps or connections may stop working; how severe that is depends on the profile. */
export const stopsFlows = (kind: Kind): boolean => !harmless.has(kind);

/** All kinds, in the order of the catalogue. */
export const kindIds: readonly Kind[] = [...kinds.keys()];
