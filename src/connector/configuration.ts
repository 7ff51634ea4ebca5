import { asObject, isObject, type Json, own } from './json/value.ts';
import type { Connector } from './load.ts';

/**
 * What counts as the connector's config.json: its own, and of the defaults of the workspace (`pp-connector.json`) the
 * profile and the rules of which it says nothing.
 */
export function configurationOf({ config, defaults }: Pick<Connector, 'config' | 'defaults'>): Json | undefined {
  const value = config?.value;
  if (defaults === undefined || (value !== undefined && !isObject(value))) return value;
  const profile = own(value, 'profile') ?? own(defaults, 'profile');
  const rules = { ...asObject(own(defaults, 'rules')), ...asObject(own(value, 'rules')) };
  return { ...value, ...(profile === undefined ? {} : { profile }), rules };
}
