import { defineRules } from '../rule.ts';

export const triggersRules = defineRules([]);
