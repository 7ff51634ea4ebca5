import { defineRules } from '../rule.ts';

export const securityRules = defineRules([]);
