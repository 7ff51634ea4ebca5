import { defineRules } from '../rule.ts';

export const policiesRules = defineRules([]);
