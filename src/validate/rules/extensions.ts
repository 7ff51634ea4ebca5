import { defineRules } from '../rule.ts';

export const extensionsRules = defineRules([]);
