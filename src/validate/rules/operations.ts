import { defineRules } from '../rule.ts';

export const operationsRules = defineRules([]);
