import { defineRules } from '../rule.ts';

export const transportRules = defineRules([]);
