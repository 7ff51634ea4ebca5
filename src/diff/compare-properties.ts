import { asObject, asString, own } from '../connector/json/value.ts';
import type { ConnectionParameter, ConnectorModel } from '../rules/engine/model.ts';
import type { Tell } from './change.ts';
import type { Kind } from './kinds.ts';

/** What connections hold: the connection parameters of apiProperties.json, plain or in sets. */
export function compareProperties(before: ConnectorModel, after: ConnectorModel, tell: Tell): void {
  if (before.propertiesPlace === undefined || after.propertiesPlace === undefined) return;
  const root = after.propertiesPlace;
  const say = (kind: Kind, pointer: string, message: string) =>
    tell({ kind, operationId: undefined, pointer, file: 'properties', message });
  const sets = new Set(after.connectionParameters.map(({ set }) => set));
  const lostSets = new Set<string>();
  for (const old of before.connectionParameters) {
    const { name, set } = old;
    if (set !== undefined && !sets.has(set)) {
      if (lostSets.has(set)) continue;
      lostSets.add(set);
      const pointer = root.at('connectionParameterSets', 'values').pointer();
      say('breaking-auth-type', pointer, `the way to sign in "${set}" is gone: connections made by it stop working`);
      continue;
    }
    const now = counterpart(old, after.connectionParameters);
    if (now === undefined) {
      const pointer = root.at('connectionParameters', name).pointer();
      const message = `the connection parameter "${name}" is gone: connections that hold a value for it stop working`;
      say('breaking-connection-parameters', pointer, message);
      if (isSignIn(old) && !after.connectionParameters.some(isSignIn)) {
        say(
          'breaking-auth-type',
          pointer,
          'nobody signs in to a page of the service any more: connections stop working',
        );
      }
    } else if (signIn(old) !== signIn(now)) {
      const message = `the connection parameter "${name}" was ${signIn(old)} and is ${signIn(now)} now: every connection stops working and must be made anew`;
      say('breaking-auth-type', now.place.at('type').pointer(), message);
    }
  }
}

/** The parameter of the same set; a plain one may have become part of a set. */
const counterpart = (old: ConnectionParameter, all: readonly ConnectionParameter[]): ConnectionParameter | undefined =>
  all.find(({ name, set }) => name === old.name && set === old.set) ??
  (old.set === undefined ? all.find(({ name }) => name === old.name) : undefined);

/** How one signs in by it: by a page of some provider, or by a value. Texts and secret texts are both values. */
function signIn({ value }: ConnectionParameter): string {
  if (own(value, 'type') !== 'oauthSetting') return 'a value';
  return `a sign-in by ${asString(own(asObject(own(value, 'oAuthSettings')), 'identityProvider'))?.toLowerCase() ?? 'OAuth'}`;
}

const isSignIn = ({ value }: ConnectionParameter): boolean => own(value, 'type') === 'oauthSetting';
