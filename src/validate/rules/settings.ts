import { defineRules } from '../rule.ts';

export const settingsRules = defineRules([]);
