import { defineRules } from '../rule.ts';

export const scriptRules = defineRules([]);
