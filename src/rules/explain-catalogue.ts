/**
 * The rules with the texts that explain them. The bundle keeps those apart (scripts/lean-rules.mjs): a validation that
 * prints findings only never loads them.
 */
export { allRules, families, ruleById } from './families/catalogue.ts';
