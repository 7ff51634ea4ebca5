import { defineRules } from '../rule.ts';

export const iconRules = defineRules([]);
