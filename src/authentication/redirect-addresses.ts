/**
 * The addresses to which an identity provider sends people back (docs/reference/authentication.md#redirect-addresses):
 * one for all connectors, or that with the connector's own name after it.
 */
export const redirectAddress = 'https://global.consent.azure-apim.net/redirect';
/** In certification the connector runs on test hosts, too. */
export const testRedirectAddress = 'https://global-test.consent.azure-apim.net/redirect';

/**
 * What has to be registered with the identity provider.
 *
 * @param mode as `redirectMode` has it; `other`: only the portal knows it
 * @param internalId `connectorinternalid` of the deployed connector (`shared_…`); undefined: not known
 * @param isCertified Microsoft tests it, on its own hosts
 * @returns none where the addresses aren't known
 */
export function redirectAddresses(
  mode: 'global' | 'per-connector' | 'other',
  internalId: string | undefined,
  isCertified: boolean,
): string[] {
  if (mode === 'other' || (mode === 'per-connector' && internalId === undefined)) return [];
  const suffix = mode === 'global' ? '' : `/${internalId?.replace(/^shared_/, '')}`;
  return [redirectAddress, ...(isCertified ? [testRedirectAddress] : [])].map((address) => address + suffix);
}
