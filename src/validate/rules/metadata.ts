import { defineRules } from '../rule.ts';

export const metadataRules = defineRules([]);
