import { defineRules } from '../rule.ts';

export const fileRules = defineRules([]);
