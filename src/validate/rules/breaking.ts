import { defineRules } from '../rule.ts';

export const breakingRules = defineRules([]);
