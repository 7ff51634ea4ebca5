import { defineRules } from '../rule.ts';

export const propertiesRules = defineRules([]);
