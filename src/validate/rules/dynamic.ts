import { defineRules } from '../rule.ts';

export const dynamicRules = defineRules([]);
