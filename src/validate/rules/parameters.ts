import { defineRules } from '../rule.ts';

export const parametersRules = defineRules([]);
