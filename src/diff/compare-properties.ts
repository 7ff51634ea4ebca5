import { asObject, asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import { quote } from '../quote.ts';
import type { ConnectionParameter, ConnectorModel } from '../rules/engine/model.ts';
import { isPlaceholder } from '../rules/support/placeholders.ts';
import type { BeforeAfter } from './before-after.ts';
import type { ReportDifference } from './change.ts';

/** The kinds of changes that are found here. */
export type PropertiesChange =
  | 'breaking-auth-type'
  | 'breaking-connection-parameters'
  | 'breaking-required-connection-parameter'
  | 'breaking-redirect-url'
  | 'breaking-client-id'
  | 'breaking-sign-in-url';

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
      const settings = { before: settingsOf(old), after: settingsOf(now) };
      compareRedirects(settings, (key, message) =>
        say('breaking-redirect-url', now.place.at('oAuthSettings', key).pointer(), message),
      );
      compareClients(settings, (kind, path, message) =>
        say(kind, now.place.at('oAuthSettings', ...path).pointer(), message),
      );
    }
  }
  for (const parameter of newRequired(before, after)) {
    const message = `the connection parameter "${parameter.name}" is new and required: connections that exist hold no value for it`;
    say('breaking-required-connection-parameter', parameter.place.pointer(), message);
  }
}

/** Parameters that connections must hold and none does yet. A new set of parameters is for new connections. */
function newRequired(before: ConnectorModel, after: ConnectorModel): ConnectionParameter[] {
  const sets = new Set(before.connectionParameters.map(({ set }) => set));
  const moved = new Set(before.connectionParameters.filter(({ set }) => set === undefined).map(({ name }) => name));
  return after.connectionParameters.filter(
    ({ name, set, value }) =>
      sets.has(set) &&
      !before.connectionParameters.some((old) => old.name === name && old.set === set) &&
      !moved.has(name) &&
      isRequired(value),
  );
}

/** Shown to makers, and to be filled in by them. */
function isRequired(value: JsonObject): boolean {
  const constraints = asObject(getOwn(asObject(getOwn(value, 'uiDefinition')), 'constraints'));
  const is = (key: string) => String(getOwn(constraints, key)).toLowerCase() === 'true';
  return is('required') && !is('hidden') && getOwn(constraints, 'default') === undefined;
}

/** The client that the identity provider knows, and where it is asked. A placeholder is nobody's. */
function compareClients(
  { before, after }: BeforeAfter<JsonObject>,
  say: (kind: PropertiesChange, path: string[], message: string) => void,
): void {
  const clients = { before: clientId(before), after: clientId(after) };
  const notice = 'connections can no longer renew their sign-in, and must sign in again';
  if (clients.before !== undefined && clients.after !== undefined && clients.before !== clients.after) {
    const words = `the client id was ${quote(clients.before)} and is ${quote(clients.after)} now: ${notice}`;
    say('breaking-client-id', ['clientId'], words);
  }
  const custom = { before: customValues(before), after: customValues(after) };
  for (const [name, old] of custom.before) {
    const now = custom.after.get(name);
    if (now === undefined || sameAddress(old.value, now.value)) continue;
    const words = `${now.key} was ${quote(old.value)} and is ${quote(now.value)} now: unless both lead to the same service, ${notice}`;
    say('breaking-sign-in-url', ['customParameters', now.key], words);
  }
}

function clientId(settings: JsonObject): string | undefined {
  const text = asString(getOwn(settings, 'clientId'))?.trim();
  return text === undefined || isPlaceholder(text) ? undefined : text;
}

/** Where one signs in, and to what, by their names in small letters: providers spell them with any capitals. */
function customValues(settings: JsonObject): Map<string, { key: string; value: string }> {
  const found = new Map<string, { key: string; value: string }>();
  for (const [key, parameter] of Object.entries(asObject(getOwn(settings, 'customParameters')))) {
    const value = asString(getOwn(asObject(parameter), 'value'))?.trim();
    if (value === undefined || !addressKeys.test(key) || isPlaceholder(value)) continue;
    found.set(key.toLowerCase(), { key, value });
  }
  return found;
}

const addressKeys = /^(?:(?:authorization|token|refresh)Url(?:Template)?|loginUri|resourceUri|tenantId)$/i;

const sameAddress = (a: string, b: string): boolean => comparableAddress(a) === comparableAddress(b);

/** The slash at its end and capitals don't count. */
const comparableAddress = (text: string): string => (text.endsWith('/') ? text.slice(0, -1) : text).toLowerCase();

/** The parameter of the same set; a plain one may have become part of a set. */
const counterpart = (old: ConnectionParameter, all: readonly ConnectionParameter[]): ConnectionParameter | undefined =>
  all.find(({ name, set }) => name === old.name && set === old.set) ??
  (old.set === undefined ? all.find(({ name }) => name === old.name) : undefined);

/** How one signs in by it: by a page of some provider, or by a value. Texts and secret texts are both values. */
function signIn({ value }: ConnectionParameter): string {
  if (getOwn(value, 'type') !== 'oauthSetting') return 'a value';
  return `a sign-in by ${asString(getOwn(asObject(getOwn(value, 'oAuthSettings')), 'identityProvider'))?.toLowerCase() ?? 'OAuth'}`;
}

const settingsOf = ({ value }: ConnectionParameter): JsonObject => asObject(getOwn(value, 'oAuthSettings'));

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
const redirectMode = (settings: JsonObject): string => asString(getOwn(settings, 'redirectMode')) ?? 'Global';

const redirectUrl = (settings: JsonObject): string | undefined =>
  asString(getOwn(settings, 'redirectUrl'))?.trim().replace(/\/$/, '').toLowerCase() || undefined;

const isSignIn = ({ value }: ConnectionParameter): boolean => getOwn(value, 'type') === 'oauthSetting';
