import type { Rule } from '../rules/engine/rule.ts';
import { family as breaking, type ChangeKind, harmlessKinds } from '../rules/families/breaking.ts';

/** The id of a rule about changes (docs/rules/README.md#breaking-changes). */
export type Kind = ChangeKind;

const rules: ReadonlyMap<string, Rule> = new Map(breaking.rules.map((rule) => [rule.id, rule]));

/** What the catalogue says of a kind of change: severities, remedy, official name. */
export const ruleOfKind = (kind: Kind): Rule => rules.get(kind) as Rule;

/** Whether flows, apps or connections may stop working; how severe that is depends on the profile. */
export const stopsFlows = (kind: Kind): boolean => !harmlessKinds.has(kind);

/** All kinds, in the order of the catalogue. */
export const kindIds: readonly string[] = [...rules.keys()];

export const isKind = (text: string): text is Kind => rules.has(text);
