import type { JsonObject } from '../connector/json.ts';

/** Every way to sign in that the generators can set up. */
export const authenticationKinds = ['none', 'api-key', 'basic', 'oauth2', 'entra', 'client-credentials'] as const;
export type AuthenticationKind = (typeof authenticationKinds)[number];

export type Authentication =
  | { kind: 'none' }
  | {
      kind: 'api-key';
      in: 'header' | 'query';
      /** Name of the header or query parameter. */
      name: string;
      /** Put before the key by a policy, with a blank between: `Bearer`. */
      prefix?: string | undefined;
    }
  | { kind: 'basic' }
  | {
      kind: 'oauth2';
      clientId: string;
      authorizationUrl: string;
      tokenUrl: string;
      refreshUrl: string;
      scopes: string[];
    }
  | {
      kind: 'entra';
      clientId: string;
      /** Authority without tenant. */
      loginUri: string;
      /** `common`, or the tenant's GUID or domain. */
      tenantId: string;
      /** App ID URI or resource of the API. */
      resourceUri: string;
      scopes: string[];
    }
  | { kind: 'client-credentials'; tokenUrl: string; scopes: string[] };

/** What an authentication contributes to the connector's files. */
export interface AuthenticationShape {
  securityDefinitions: JsonObject;
  security: JsonObject[];
  connectionParameters: JsonObject;
  policies: JsonObject[];
  /** The connector needs the client-credentials script. */
  script: boolean;
}

/** Stands where the client id belongs until deployment; never a real one in a repository. */
export const clientIdPlaceholder = 'REPLACE_WITH_CLIENT_ID';
export const resourceUriPlaceholder = 'api://00000000-0000-0000-0000-000000000000';

/** Authority of the public cloud. */
export const publicLoginUri = 'https://login.microsoftonline.com';

/** Hosts of Microsoft Entra ID in all clouds, those of old tokens included. */
const entraHosts = [
  'login.microsoftonline.com',
  'login.windows.net',
  'sts.windows.net',
  'login.microsoft.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
];

export const isEntraUrl = (url: string): boolean => {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return entraHosts.some((known) => host === known || host.endsWith(`.${known}`));
};
