import { isEntraUrl } from '../authentication.ts';

/** A tenant of Microsoft Entra ID, and which of its two sets of addresses is meant. */
export interface Tenant {
  /** Authority without tenant. */
  loginUri: string;
  /** `common`, or the tenant's GUID or domain. */
  tenantId: string;
  /** v2 asks for scopes, v1 for a resource. */
  version?: 'v2' | undefined;
}

/** The addresses of a tenant. */
export function entraUrls({ loginUri, tenantId, version }: Tenant): { authorizationUrl: string; tokenUrl: string } {
  const authority = `${loginUri.replace(/(?<!\/)\/+$/, '')}/${tenantId}/oauth2${version === 'v2' ? '/v2.0' : ''}`;
  return { authorizationUrl: `${authority}/authorize`, tokenUrl: `${authority}/token` };
}

const v2Form = /^(https:\/\/[^/?#]+)\/([^/?#]+)\/oauth2\/v2\.0\/authorize$/i;

/** Entra's v2 addresses are plain OAuth 2.0 to the platform, and still Entra to people. */
export function entraV2Of(authorizationUrl: string): { loginUri: string; tenantId: string } | undefined {
  const [, loginUri = '', tenantId = ''] = v2Form.exec(authorizationUrl) ?? [];
  return loginUri !== '' && isEntraUrl(authorizationUrl) ? { loginUri, tenantId } : undefined;
}

export const isEntraV2 = (authorizationUrl: string): boolean => entraV2Of(authorizationUrl) !== undefined;
