import { asObject, asString, type JsonObject, own } from '../connector/json/value.ts';
import { quote } from '../quote.ts';
import type { ConnectionParameter, ConnectorModel } from '../rules/engine/model.ts';
import type { BeforeAfter } from './before-after.ts';
import type { ReportDifference } from './change.ts';

/** The kinds of changes that are found here. */
export type PropertiesChange = 'breaking-auth-type' | 'breaking-connection-parameters' | 'breaking-redirect-url';

/** What connections hold: the connection parameters of apiProperties.json, plain or in sets. */
export function compareProperties(
  before: ConnectorModel,
  after: ConnectorModel,
  report: ReportDifference<PropertiesChange>,
): void {
  if (before.propertiesPlace === undefined || after.propertiesPlace === undefined) return;
  const root = after.propertiesPlace;
  const say = (kind: PropertiesChange, pointer: string, message: string) =>
    report({ kind, operationId: undefined, pointer, file: 'properties', message });
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
      continue;
    }
    if (signIn(old) !== signIn(now)) {
      const message = `the connection parameter "${name}" was ${signIn(old)} and is ${signIn(now)} now: every connection stops working and must be made anew`;
      say('breaking-auth-type', now.place.at('type').pointer(), message);
    } else if (isSignIn(now)) {
      compareRedirects({ before: settingsOf(old), after: settingsOf(now) }, (key, message) =>
        say('breaking-redirect-url', now.place.at('oAuthSettings', key).pointer(), message),
      );
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

const settingsOf = ({ value }: ConnectionParameter): JsonObject => asObject(own(value, 'oAuthSettings'));

/**
 * The redirect URL, which is registered with the identity provider. The mode decides on it
 * (docs/reference/authentication.md#redirect-addresses); an address beside it is what the service has filled in.
 */
function compareRedirects(
  { before, after }: BeforeAfter<JsonObject>,
  say: (key: string, message: string) => void,
): void {
  const urls = { before: redirectUrl(before), after: redirectUrl(after) };
  const modes = { before: redirectMode(before), after: redirectMode(after) };
  const notice =
    'sign-ins fail until whoever looks after the application registers the new redirect URL with the identity provider';
  if (urls.before !== undefined && urls.after !== undefined) {
    if (urls.before === urls.after && (modes.before === modes.after || urls.after !== sharedUrl)) return;
    if (urls.before !== urls.after) {
      const urlsInWords = `the redirect URL was ${quote(urls.before)} and is ${quote(urls.after)} now`;
      say('redirectUrl', `${urlsInWords}: ${notice}`);
      return;
    }
  }
  if (modes.before === modes.after) return;
  const words = `redirectMode was ${quote(modes.before)} and is ${quote(modes.after)} now, which changes the redirect URL`;
  say('redirectMode', `${words}: ${notice}`);
}

const sharedUrl = 'https://global.consent.azure-apim.net/redirect';

/** Without a mode the shared address is used. */
const redirectMode = (settings: JsonObject): string => asString(own(settings, 'redirectMode')) ?? 'Global';

const redirectUrl = (settings: JsonObject): string | undefined =>
  asString(own(settings, 'redirectUrl'))?.trim().replace(/\/$/, '').toLowerCase() || undefined;

const isSignIn = ({ value }: ConnectionParameter): boolean => own(value, 'type') === 'oauthSetting';
