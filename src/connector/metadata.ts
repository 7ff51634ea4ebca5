import { asArray, asString, getOwn, isObject, type JsonObject, setOwn } from './json/value.ts';

/** Entries of `x-ms-connector-metadata`, in the documented spelling and order. */
export const metadataNames = ['Website', 'Privacy policy', 'Categories'] as const;
export type MetadataName = (typeof metadataNames)[number];

const key = 'x-ms-connector-metadata';

/** The value of an entry; names are compared without case, as the service does. */
export function metadataValue(definition: JsonObject, name: MetadataName): string | undefined {
  return asString(getOwn(entryOf(definition, name) ?? {}, 'propertyValue'));
}

/** Sets an entry, in its usual place when it is new. */
export function setMetadataValue(definition: JsonObject, name: MetadataName, value: string): void {
  const entry = entryOf(definition, name);
  if (entry !== undefined) {
    setOwn(entry, 'propertyValue', value);
    return;
  }
  const list = asArray(getOwn(definition, key));
  const later = metadataNames.slice(metadataNames.indexOf(name) + 1);
  const at = list.findIndex((other) => isObject(other) && later.some((laterName) => isNamed(other, laterName)));
  list.splice(at < 0 ? list.length : at, 0, { propertyName: name, propertyValue: value });
  setOwn(definition, key, list);
}

const entryOf = (definition: JsonObject, name: MetadataName): JsonObject | undefined =>
  asArray(getOwn(definition, key)).find((entry): entry is JsonObject => isObject(entry) && isNamed(entry, name));

const isNamed = (entry: JsonObject, name: MetadataName): boolean =>
  asString(getOwn(entry, 'propertyName'))?.toLowerCase() === name.toLowerCase();
