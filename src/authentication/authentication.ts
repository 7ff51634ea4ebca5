import type { JsonObject } from '../connector/json/value.ts';
import { type CloudName, clouds } from './clouds.ts';

export type { Authentication, AuthenticationKind } from './kinds.ts';

/** Part of the API's address that differs from customer to customer: a connection parameter and a `dynamichosturl` policy. */
export interface HostParameter {
  /** Name of the connection parameter. */
  name: string;
  /** Address with the parameter in braces, perhaps with what an empty one means: `https://{tenant=www}.contoso.com`. */
  template: string;
}

/** One more field of the connection, sent with every request by a policy. */
export interface AdditionalField {
  name: string;
  in: 'header' | 'query';
  /** Name of the header or query parameter. */
  target: string;
  label: string;
  description: string;
  secret: boolean;
}

/** What goes with any kind; left out where there is none. */
export interface Further {
  host?: HostParameter | undefined;
  additionalFields?: AdditionalField[] | undefined;
}

/** What goes with every kind in which somebody signs in to a page of the service. */
export interface OAuthApplication extends Further {
  clientId: string;
  scopes: string[];
  /** Each connection brings an application of its own (`token:clientId`, `token:clientSecret`). */
  ownApp?: true | undefined;
}

export type GatewaySignIn = 'none' | 'basic' | 'windows';

/** What an authentication contributes to the connector's files. */
export interface ConnectorParts {
  securityDefinitions: JsonObject;
  security: JsonObject[];
  connectionParameters: JsonObject;
  policies: JsonObject[];
  /** The connector needs the client-credentials script. */
  script: boolean;
  /** Entries of `capabilities`. */
  capabilities?: string[];
}

/** Stands where the client id belongs until deployment; never a real one in a repository. */
export const clientIdPlaceholder = 'REPLACE_WITH_CLIENT_ID';
export const resourceUriPlaceholder = 'api://00000000-0000-0000-0000-000000000000';

/** Authority of the public cloud. */
export const publicLoginUri = clouds.public.loginUri;

const hostOf = (url: string): string => /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** The cloud whose Microsoft Entra ID an address belongs to. */
export function cloudOf(url: string): CloudName | undefined {
  const host = hostOf(url);
  const names = Object.keys(clouds) as CloudName[];
  return names.find((name) => clouds[name].hosts.some((known) => host === known || host.endsWith(`.${known}`)));
}

export const isEntraUrl = (url: string): boolean => cloudOf(url) !== undefined;

/** The resource that scopes of Entra's v2 endpoints name: `api://orders` of `api://orders/.default`. */
export const resourceOfScopes = (scopes: readonly string[]): string =>
  scopes.map((scope) => /^([a-z]+:\/\/.+)\/[^/]+$/i.exec(scope)?.[1] ?? '').find((resource) => resource !== '') ?? '';
