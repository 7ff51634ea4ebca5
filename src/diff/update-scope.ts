import {
  asObject,
  asString,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../connector/json/value.ts';
import { quote } from '../quote.ts';
import type { BeforeAfter } from './before-after.ts';
import type { ReportDifference } from './change.ts';

/** The kinds of changes that are found here. */
export type ScopeChange = 'breaking-version-bump' | 'minor-update-scope';

/** Both versions of the files; properties are undefined unless both versions have them. */
export interface Files {
  definition: JsonObject;
  properties: JsonObject | undefined;
}

/** How much an update changes: whether its version says so, and whether it is a minor one (guide to updates). */
export function compareScope({ before, after }: BeforeAfter<Files>, report: ReportDifference<ScopeChange>): void {
  if (same(before, after)) return;
  const old = versionText(before.definition);
  const now = versionText(after.definition);
  const shared = { operationId: undefined, file: 'definition' as const };
  if (!isRaised(old, now)) {
    const message = `the connector has changed, and ${notRaised(old, now)}: raise it (pp-connector release does), so that updates can be told apart`;
    report({ ...shared, kind: 'breaking-version-bump', pointer: '/info/version', message });
  }
  const rest = { before: without(before, minorKeys), after: without(after, minorKeys) };
  if (same(rest.before, rest.after)) {
    const message =
      'nothing but version, texts, contact, colour or publisher has changed: this can be submitted as a minor update';
    report({ ...shared, kind: 'minor-update-scope', pointer: '', message });
  }
}

function notRaised(old: string | undefined, now: string | undefined): string {
  if (now === undefined) return old === undefined ? 'there is no info.version' : `info.version ${quote(old)} is gone`;
  return now === old
    ? `info.version is still ${quote(now)}`
    : `info.version ${quote(now)} is not above ${quote(old ?? '')}`;
}

/** `info.version`. */
export const versionText = (definition: JsonObject): string | undefined => {
  const version = getOwn(asObject(getOwn(definition, 'info')), 'version');
  return typeof version === 'number' ? String(version) : asString(version);
};

/** By its numbers; a version that has none is raised when it is another one. */
export function isRaised(before: string | undefined, after: string | undefined): boolean {
  if (after === undefined || after === before) return false;
  const old = numbers(before ?? '');
  const now = numbers(after);
  if (old.length === 0 || now.length === 0) return true;
  for (let index = 0; index < Math.max(old.length, now.length); index += 1) {
    const difference = (now[index] ?? 0) - (old[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  // the same numbers: 1.0-preview has become 1.0, or 1.0 has become 1.0.0
  return now.length >= old.length;
}

const numberText = (version: string): string => /\d+(?:\.\d+)*/.exec(version)?.[0] ?? '';
const numbers = (version: string): number[] => numberText(version).split('.').filter(Boolean).map(Number);

/** The order of keys and of lists changes nothing for flows. */
const same = (a: Files, b: Files): boolean =>
  deepEqual(sorted(a.definition), sorted(b.definition)) &&
  deepEqual(sorted(a.properties ?? {}), sorted(b.properties ?? {}));

/** Deeper than any definition that the service takes: what is further down counts as the same. */
const deepest = 500;

function sorted(value: Json, depth = 0): Json {
  if (depth > deepest && typeof value === 'object') return null;
  if (Array.isArray(value)) {
    const items = value.map((item) => {
      const inner = sorted(item, depth + 1);
      return { inner, text: JSON.stringify(inner) };
    });
    return items.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ inner }) => inner);
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(getOwn(value, key) ?? null, depth + 1)]));
}

/** Keys that may differ. */
interface Ignored {
  /** Below `info` of the definition. */
  info: ReadonlySet<string>;
  /** Anywhere in the definition where a key isn't a name of the author's. */
  anywhere: ReadonlySet<string>;
  /** Of apiProperties.json. */
  properties: ReadonlySet<string>;
}

/** Texts, contact, colour, publisher, stack owner: guide to updates, criteria of a minor update. */
const minorKeys: Ignored = {
  info: new Set(['version', 'description', 'contact']),
  anywhere: new Set(['title', 'description', 'summary', 'x-ms-summary', 'x-ms-trigger-hint']),
  properties: new Set(['iconBrandColor', 'publisher', 'stackOwner']),
};

function without({ definition, properties }: Files, ignored: Ignored): Files {
  const { info, ...rest } = definition;
  const stripped = asObject(strip(rest, ignored.anywhere, false));
  const inner = drop(asObject(getOwn(asObject(properties), 'properties')), ignored.properties);
  return {
    definition: { ...stripped, info: drop(asObject(info), ignored.info) },
    properties: properties && { ...properties, properties: inner },
  };
}

const drop = (object: JsonObject, keys: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));

/** Objects whose keys are names of the author's: a property may be called `description`. */
const nameMaps: ReadonlySet<string> = new Set([
  'paths',
  'definitions',
  'properties',
  'parameters',
  'responses',
  'headers',
  'securityDefinitions',
]);

/** Values that are data: nothing in them is a text for makers. */
const dataKeys: ReadonlySet<string> = new Set(['default', 'enum', 'example', 'examples', 'required']);

function strip(value: Json, keys: ReadonlySet<string>, isNameMap: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => strip(item, keys, false));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => isNameMap || !keys.has(key));
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      if (!isNameMap && dataKeys.has(key)) return [key, inner];
      return [key, strip(inner, keys, !isNameMap && nameMaps.has(key))];
    }),
  );
}
