import { asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { connectionParametersOf } from './all-parameters.ts';

/** What independent publishers may not have: a sign-in for which Microsoft would have to register an application. */

/** What is said to them: why, and the ways out. */
export const oauthRefused =
  'Microsoft accepts no OAuth from independent publishers, neither in new connectors nor in updates; ' +
  'sign in with an API key or basic authentication: pp-connector oauth --auth api-key, or --auth basic';

/** A connection parameter by which people sign in to a page of the service, whatever the identity provider. */
export const isOAuthParameter = (parameter: JsonObject): boolean =>
  // one published connector writes "oAuthSetting"
  asString(getOwn(parameter, 'type'))?.toLowerCase() === 'oauthsetting' || isObject(getOwn(parameter, 'oAuthSettings'));

/**
 * Whether a connector signs in by OAuth, in any of its ways.
 *
 * @param properties whole apiProperties.json
 */
export const usesOAuth = (properties: JsonObject): boolean => connectionParametersOf(properties).some(isOAuthParameter);
