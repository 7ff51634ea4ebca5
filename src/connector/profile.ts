import { basename, dirname } from 'node:path';
import { type Profile, profiles } from '../rules/engine/rule.ts';
import { asObject, own } from './json/value.ts';
import type { Connector } from './load.ts';

const byFolder: Readonly<Record<string, Profile>> = {
  'certified-connectors': 'verified',
  'independent-publisher-connectors': 'independent',
  'custom-connectors': 'custom',
};

const isProfile = (value: unknown): value is Profile => (profiles as readonly unknown[]).includes(value);

/** The profile by whose rules a connector is judged: the flag, config.json, the parent folder's name, else `custom`. */
export function profileOf(connector: Connector, flag?: Profile): Profile {
  if (flag !== undefined) return flag;
  const configured = own(asObject(connector.config?.value), 'profile');
  if (isProfile(configured)) return configured;
  const { root } = connector.location;
  return byFolder[basename(dirname(root))] ?? byFolder[basename(root)] ?? 'custom';
}
