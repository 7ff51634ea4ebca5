import { redirectAddresses } from '../authentication/redirect-addresses.ts';
import { asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import { oauthClients } from './oauth-credentials.ts';

/** How the OAuth sign-ins of a connector send people back; undefined: it has none. `global` without a mode. */
export function redirectModeOf(properties: JsonObject): 'global' | 'per-connector' | 'other' | undefined {
  const modes = oauthClients(properties).map(({ settings }) =>
    asString(getOwn(settings, 'redirectMode'))?.toLowerCase(),
  );
  if (modes.length === 0) return undefined;
  if (modes.includes('globalperconnector')) return 'per-connector';
  return modes.every((mode) => mode === undefined || mode === 'global') ? 'global' : 'other';
}

/** What people have to know after a deployment; nothing for a connector without OAuth. */
export function redirectNote(properties: JsonObject, internalId: string | undefined): string {
  const mode = redirectModeOf(properties);
  if (mode === undefined) return '';
  const addresses = redirectAddresses(mode, internalId, false);
  return addresses.length === 0
    ? 'Redirect URL to register with the identity provider: the Security page of the connector in the maker portal shows it.\n'
    : `Redirect URL to register with the identity provider: ${addresses.join(', ')}\n`;
}
