import type { Json } from '../../connector/json/value.ts';

/** Text that has something to read; numbers count, since YAML reads `version: 2` as one. */
export function asText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Names that would reach into an object's prototype when assigned: they cannot be carried over. */
export const isUnsafeKey = (key: string): boolean => key === '__proto__';

/** A plain value as text; undefined for everything else, null included. */
export function scalarText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
