import type { JsonObject } from '../../connector/json/value.ts';

export const pet = (properties: JsonObject, more: JsonObject = {}): { definition: JsonObject } => ({
  definition: { definitions: { Pet: { type: 'object', properties, ...more } } },
});

export const inPet = (...keys: string[]): string => `definition#/definitions/Pet/${keys.join('/')}`;
