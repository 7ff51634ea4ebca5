import { asObject, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { enumerate } from '../docs/markdown.ts';
import { digest } from '../files/digest.ts';

/** A file that a sign-off is about: when it changes, what was signed off has to be looked at again. */
export type FingerprintPart = 'definition' | 'properties' | 'script';

/** Digests of such files; one that isn't there has none. */
export type Fingerprint = Readonly<Partial<Record<FingerprintPart, string>>>;

/** What a test, a review or a publication was about. */
export const wholeConnector: readonly FingerprintPart[] = ['definition', 'properties', 'script'];

const names: Readonly<Record<FingerprintPart, string>> = {
  definition: 'the definition',
  properties: 'apiProperties.json',
  script: 'script.csx',
};

/** What the connector's files say: neither the layout of JSON, nor the order of keys, nor the version number counts. */
export function fingerprintOf(connector: Connector): Fingerprint {
  const { definition, properties, script } = connector;
  return {
    ...(definition && { definition: digestOf(definition, withoutVersion) }),
    ...(properties && { properties: digestOf(properties) }),
    ...(script && { script: digest(script.text) }),
  };
}

/** The parts of a ground, for the memory. */
export const pick = (fingerprint: Fingerprint, parts: readonly FingerprintPart[]): Fingerprint =>
  Object.fromEntries(parts.flatMap((part) => (fingerprint[part] === undefined ? [] : [[part, fingerprint[part]]])));

/** What has changed since, in words; undefined: nothing. */
export function changedSince(
  before: Fingerprint,
  now: Fingerprint,
  parts: readonly FingerprintPart[],
): string | undefined {
  const changed = parts.filter((part) => before[part] !== now[part]);
  if (changed.length === 0) return undefined;
  return `${enumerate(changed.map((part) => names[part]))} ${changed.length === 1 ? 'has' : 'have'} changed since`;
}

function digestOf(file: JsonFile, meaning: (value: JsonObject) => JsonObject = (value) => value): string {
  return isObject(file.value) ? digest(JSON.stringify(sorted(meaning(file.value)))) : digest(file.text);
}

/** A release counts the version up; that alone makes no other connector. */
function withoutVersion(definition: JsonObject): JsonObject {
  const { version: _, ...info } = asObject(definition.info);
  return { ...definition, info };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, sorted(item)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
