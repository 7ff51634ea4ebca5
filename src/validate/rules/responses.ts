import { defineRules } from '../rule.ts';

export const responsesRules = defineRules([]);
