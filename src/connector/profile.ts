import { basename, dirname } from 'node:path';
import { configurationOf } from './configuration.ts';
import { getOwn } from './json/value.ts';
import type { Connector } from './load.ts';

/** Whose rules count: nobody's but the service's, those of a verified publisher, those of an independent one. */
export type Profile = 'custom' | 'verified' | 'independent';
export const profiles = ['custom', 'verified', 'independent'] as const satisfies readonly Profile[];

/** error: the service refuses it today · warning: a reviewer will ask · info: style. */
export type Severity = 'error' | 'warning' | 'info';
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

const byFolder: ReadonlyMap<string, Profile> = new Map([
  ['certified-connectors', 'verified'],
  ['independent-publisher-connectors', 'independent'],
  ['custom-connectors', 'custom'],
]);

const isProfile = (value: unknown): value is Profile => (profiles as readonly unknown[]).includes(value);

/** The profile by whose rules a connector is checked: the flag, config.json, the parent folder's name, else `custom`. */
export function profileOf(connector: Connector, flag?: Profile): Profile {
  if (flag !== undefined) return flag;
  const configured = getOwn(configurationOf(connector), 'profile');
  if (isProfile(configured)) return configured;
  const { root } = connector.location;
  return byFolder.get(basename(dirname(root))) ?? byFolder.get(basename(root)) ?? 'custom';
}
