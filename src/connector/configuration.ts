import { asObject, getOwn, isObject, type Json } from './json/value.ts';
import type { Connector } from './load.ts';

/**
 * What counts as the connector's config.json: its own, and of the defaults of the workspace (`pp-connector.json`) the
 * profile and the rules of which it says nothing.
 */
export function configurationOf({ config, defaults }: Pick<Connector, 'config' | 'defaults'>): Json | undefined {
  const value = config?.value;
  if (defaults === undefined || (value !== undefined && !isObject(value))) return value;
  const profile = getOwn(value, 'profile') ?? getOwn(defaults, 'profile');
  const rules = { ...asObject(getOwn(defaults, 'rules')), ...asObject(getOwn(value, 'rules')) };
  return { ...value, ...(profile === undefined ? {} : { profile }), rules };
}
