import { defineRules } from '../rule.ts';

export const configRules = defineRules([]);
