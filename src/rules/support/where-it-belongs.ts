import { methods } from '../../connector/facts/methods.ts';
import type { JsonObject } from '../../connector/json/value.ts';
import { definitionOrder, propertiesOrder, settingsOrder } from '../../connector/key-order.ts';

/** Where keys belong that people put elsewhere: a message about an unknown key says so. */

/** An object of a connector's files, and the keys that it alone has. */
interface Home {
  /** In the words of a message: `… belongs into WORDS`. */
  words: string;
  keys: readonly string[];
}

/** Keys that several objects have, such as description, tell nothing and are in none of the lists. */
const homes = {
  root: { words: 'the root of the definition', keys: definitionOrder },
  info: { words: 'info of the definition', keys: ['title', 'contact', 'license', 'termsOfService'] },
  pathItem: { words: 'a path of the definition', keys: methods },
  operation: { words: 'an operation, below its verb', keys: ['operationId', 'deprecated'] },
  schema: {
    words: 'the schema',
    keys: ['properties', 'items', 'additionalProperties', 'allOf', 'enum', 'type', 'format'],
  },
  properties: { words: 'apiProperties.json, below "properties"', keys: propertiesOrder },
  settings: { words: 'settings.json', keys: settingsOrder },
  oAuthSettings: {
    words: '"oAuthSettings" of the connection parameter',
    keys: ['identityProvider', 'clientId', 'clientSecret', 'scopes', 'redirectMode', 'redirectUrl', 'customParameters'],
  },
  uiDefinition: {
    words: '"uiDefinition" of the connection parameter',
    keys: ['displayName', 'tooltip', 'constraints'],
  },
  constraints: {
    words: '"constraints" of the uiDefinition',
    keys: ['tabIndex', 'clearText', 'hidden', 'allowedValues', 'required'],
  },
  policy: { words: 'a policy of policyTemplateInstances', keys: ['templateId'] },
} as const satisfies Record<string, Home>;

export type HomeName = keyof typeof homes;

/**
 * Where a key belongs that is not known where it is.
 *
 * @param candidates the homes that are near enough to be meant, the likeliest first
 * @returns `apiProperties.json, below "properties"`; undefined where nothing is certain
 */
export function whereItBelongs(key: string, candidates: readonly HomeName[]): string | undefined {
  const home = candidates.find((name) => (homes[name].keys as readonly string[]).includes(key));
  return home === undefined ? undefined : homes[home].words;
}

/** `; it belongs into …, move it there`, or nothing. */
export function belongs(key: string, candidates: readonly HomeName[]): string | undefined {
  const words = whereItBelongs(key, candidates);
  return words === undefined ? undefined : `"${key}" belongs into ${words}; move it there`;
}

/** The keys of an object that belong into another one: `"clientId" and "scopes" belong into …`. */
export function strays(value: JsonObject, home: HomeName): string | undefined {
  const keys = Object.keys(value).filter((key) => (homes[home].keys as readonly string[]).includes(key));
  if (keys.length === 0) return undefined;
  const names = keys.map((key) => `"${key}"`);
  const last = names.pop() ?? '';
  const all = names.length === 0 ? `${last} belongs` : `${names.join(', ')} and ${last} belong`;
  return `${all} into ${homes[home].words}; move ${keys.length === 1 ? 'it' : 'them'} there`;
}

/** Near the root of a definition. */
export const aroundDefinition: readonly HomeName[] = [
  'root',
  'info',
  'properties',
  'settings',
  'pathItem',
  'operation',
];
/** Near `properties` of apiProperties.json. */
export const aroundProperties: readonly HomeName[] = [
  'properties',
  'settings',
  'root',
  'info',
  'oAuthSettings',
  'uiDefinition',
  'policy',
];
