import { defineRules } from '../rule.ts';

export const schemasRules = defineRules([]);
