import { defineRules } from '../rule.ts';

export const lifecycleRules = defineRules([]);
