import { defineRules } from '../rule.ts';

export const packageRules = defineRules([]);
