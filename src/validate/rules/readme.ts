import { defineRules } from '../rule.ts';

export const readmeRules = defineRules([]);
