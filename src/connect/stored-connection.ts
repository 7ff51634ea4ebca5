import { asObject, asString, getOwn, isObject, type Json, type JsonObject, strings } from '../connector/json/value.ts';

/** What `connect` keeps of a connection, on this machine. */
export interface StoredConnection extends Facts {
  contents: Contents;
}

/** What may be shown. */
export interface Facts {
  name: string;
  /** Title of the connector, and the folder that it was in. */
  connector: string;
  folder: string;
  /** Of `connectionParameterSets`. */
  set: string | undefined;
  /** ISO 8601. */
  saved: string;
  /** Milliseconds since 1970 at which it was made or chosen: the latest one is used. */
  chosen: number;
  /** Where its values go, as the connector said when the connection was made (`destinations.ts`). */
  destinations: string[];
}

/** What is secret, wholly or in part. */
export interface Contents {
  /** Of connection parameters; that of the OAuth parameter is the access token. */
  values: Record<string, string>;
  signIn?: StoredSignIn;
}

/** How the access token is replaced by a new one. */
export interface StoredSignIn {
  clientId: string;
  clientSecret?: string;
  redirectUrl: string;
  refreshToken?: string;
  /** Milliseconds since 1970. */
  expiresAt?: number;
}

export const defaultName = 'default';

/** Letters that every file system has, in any capitals the same. */
export const isName = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(text);

/** @returns undefined for what isn't the file of a connection */
export function factsFrom(file: Json): Facts | undefined {
  const [name, folder, saved] = [
    asString(getOwn(file, 'name')),
    asString(getOwn(file, 'folder')),
    asString(getOwn(file, 'saved')),
  ];
  const chosen = getOwn(file, 'chosen');
  if (name === undefined || folder === undefined || saved === undefined || typeof chosen !== 'number') return undefined;
  return {
    name,
    folder,
    saved,
    chosen,
    connector: asString(getOwn(file, 'connector')) ?? '',
    set: asString(getOwn(file, 'set')),
    destinations: strings(getOwn(file, 'destinations')),
  };
}

/** @returns undefined for what holds no values of a connection */
export function contentsFrom(node: Json | undefined): Contents | undefined {
  const values = getOwn(node, 'values');
  if (!isObject(values)) return undefined;
  const texts = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const signIn = signInFrom(asObject(getOwn(node, 'signIn')));
  return { values: Object.fromEntries(texts), ...(signIn === undefined ? {} : { signIn }) };
}

function signInFrom(node: JsonObject): StoredSignIn | undefined {
  const clientId = asString(getOwn(node, 'clientId'));
  if (clientId === undefined) return undefined;
  const [clientSecret, refreshToken] = [asString(getOwn(node, 'clientSecret')), asString(getOwn(node, 'refreshToken'))];
  const expiresAt = getOwn(node, 'expiresAt');
  return {
    clientId,
    redirectUrl: asString(getOwn(node, 'redirectUrl')) ?? '',
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(typeof expiresAt === 'number' ? { expiresAt } : {}),
  };
}
