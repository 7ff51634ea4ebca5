import { defineRules } from '../rule.ts';

export const secretsRules = defineRules([]);
