import type { ConnectorParts } from '../../authentication/authentication.ts';
import type { Service } from '../../authentication/kind.ts';
import { asObject } from '../../connector/json/value.ts';
import type { ApiModel, Requirement, SourceOperation, SourceParameter, SourceScheme } from '../model.ts';
import type { PresentChoices } from '../present.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import { schemeOfParameters } from './authorization-header.ts';
import {
  byRank,
  type Declared,
  declaredSchemes,
  isKey,
  isMeant,
  isUsable,
  isWrittenAs,
  schemeKind,
} from './security-schemes.ts';
import { additionalFieldOf, partsOf, pastedToken, type SignIn, signInOf } from './sign-in.ts';

/** Which of the API's ways to sign in the connector uses; what is written for it is the business of `authentication`. */

const noSignIn: ConnectorParts = {
  securityDefinitions: {},
  security: [],
  connectionParameters: {},
  policies: [],
  script: false,
};

/** What choosing needs of its surroundings. */
export interface SecurityContext {
  readonly model: ApiModel;
  readonly operations: readonly SourceOperation[];
  /** `--auth`: name or kind of a scheme, or `none`. */
  readonly wanted: string | undefined;
  /** What the connector signs in with already; no default takes the place of it. */
  readonly present?: PresentChoices['signIn'];
  readonly report: Report;
  /** Where the operations are, for relative addresses. */
  readonly serverUrl: string;
  readonly service: Service;
  /** Names of connection parameters that are there already. */
  readonly taken: readonly string[];
}

/**
 * One scheme for the whole connector, from those that the operations ask for.
 *
 * @throws ImportRefused `auth-unsupported` where the API asks for nothing that a connector can do, `option-unknown`
 *   where `--auth` means no scheme
 */
export function chooseAuthentication(context: SecurityContext): ConnectorParts {
  const { model, operations, wanted, report } = context;
  const declared = declaredSchemes(model, operations);
  reportRequirements(context, declared);
  const met = new Set(declared.schemes);
  for (const scheme of model.securitySchemes.values())
    if (!met.has(scheme)) report.info('auth-unused', scheme.at, `No operation here asks for ${scheme.name}.`);
  const schemes = declared.schemes.length > 0 ? declared.schemes : headerSchemes(operations, report);
  if (wanted === 'none' || schemes.length === 0) {
    const unused = schemes.length > 0 ? schemes : [...model.securitySchemes.values()];
    for (const scheme of unused) report.info('auth-alternative', scheme.at, `${scheme.name} is not used.`);
    return noSignIn;
  }
  const ranked = byRank(schemes);
  const chosen =
    wanted === undefined ? bestOf(ranked, declared, context) : ranked.find((scheme) => isMeant(scheme, wanted));
  if (chosen === undefined) return orPastedToken(ranked, context);
  const isAnonymous = declared.isAssumed || declared.requirements.some((requirement) => requirement.size === 0);
  const isTwoLegged = wanted !== undefined && schemeKind(chosen) === 'two-legged';
  if (!isUsable(chosen) && !isTwoLegged) return withoutForm(chosen, ranked, isAnonymous, report);
  if (declared.isAssumed) reportAssumed(chosen, report);
  return write(chosen, ranked, declared, context);
}

/** The best scheme; of a connector that is refreshed the one that its connections have, where that is still offered. */
function bestOf(
  ranked: readonly SourceScheme[],
  declared: Declared,
  { model, present, report }: SecurityContext,
): SourceScheme | undefined {
  const [first] = ranked;
  if (present === undefined || first === undefined) return first;
  const [name, definition] = present;
  const candidates = ranked.filter(
    (scheme) => isUsable(scheme) && isWrittenAs(signInBeside(scheme, declared, model).chosen, definition),
  );
  const isNamed = (scheme: SourceScheme): boolean => signInBeside(scheme, declared, model).chosen.name === name;
  const kept = candidates.find(isNamed) ?? candidates[0] ?? first;
  if (kept !== first)
    report.info(
      'kept-in-connector',
      first.at,
      `The sign-in ${kept.name}, and not ${first.name} (--auth ${first.name} takes it)`,
    );
  return kept;
}

/** What of signing in the definition alone can't say. */
export function reportSignInPolicies(
  { securitySchemes }: ApiModel,
  { securityDefinitions, policies }: ConnectorParts,
  report: Report,
): void {
  const [name = ''] = Object.keys(securityDefinitions);
  const scheme = securitySchemes.get(name) ?? [...securitySchemes.values()][0];
  const titles = policies.map(({ title }) => String(title));
  if (titles.length > 0) report.byPolicy('auth-policy', scheme?.at ?? '/security', `Policies: ${titles.join(', ')}.`);
}

/** The schemes that the operations ask for and a connector can use, the best first. */
export const schemesToChoose = (model: ApiModel, operations: readonly SourceOperation[]): SourceScheme[] =>
  byRank(declaredSchemes(model, operations).schemes.filter(isUsable));

function reportRequirements({ model, operations, report }: SecurityContext, { requirements }: Declared): void {
  for (const { security, at } of operations) {
    if (security?.length === 0 && (model.security ?? []).length > 0)
      report.info('auth-open-operation', at, 'This operation needs no sign-in; the connector signs in all the same.');
  }
  for (const name of new Set(requirements.flatMap((requirement) => [...requirement.keys()]))) {
    if (!model.securitySchemes.has(name))
      report.info('auth-undeclared', '/security', `The security scheme ${name} is used but not declared.`);
  }
}

function reportAssumed({ name, at }: SourceScheme, report: Report): void {
  report.lossy(
    'auth-assumed',
    at,
    `${name} is declared, but no operation says that it needs it; the connector signs in with it. Without: --auth none.`,
  );
}

function headerSchemes(operations: readonly SourceOperation[], report: Report): SourceScheme[] {
  const scheme = schemeOfParameters(operations);
  if (scheme === undefined) return [];
  const how = scheme.type === 'http' ? `as ${scheme.name}` : 'as a key that is sent as it is typed';
  report.lossy(
    'auth-assumed',
    scheme.at,
    `The description declares no security scheme; its ${scheme.in === 'query' ? 'input' : 'header'} ${scheme.parameter ?? 'Authorization'} is the sign-in of the connection, ${how}. Without: --auth none.`,
  );
  return [scheme];
}

/** `--auth bearer` where tokens come from client credentials: users paste one. */
function orPastedToken(ranked: readonly SourceScheme[], context: SecurityContext): ConnectorParts {
  const { wanted = '', report, service } = context;
  const source = ranked.find((scheme) => schemeKind(scheme) === 'two-legged');
  if (wanted !== 'bearer' || source === undefined) {
    throw new ImportRefused('option-unknown', `No security scheme is called "${wanted}".`, {
      hint: `Schemes: ${ranked.map(({ name }) => name).join(', ')}, or none.`,
    });
  }
  report.lossy(
    'oauth-flow-unsupported',
    source.at,
    `Users enter a token of ${source.name} that they got elsewhere; when it expires, the connection fails.`,
  );
  return partsOf(pastedToken, { ...source, description: undefined }, service);
}

/** The requirement that names the scheme, rather one of the scheme alone. */
function requirementOf(scheme: SourceScheme, { requirements }: Declared): Requirement {
  const naming = requirements.filter((requirement) => requirement.has(scheme.name));
  return naming.find(({ size }) => size === 1) ?? naming[0] ?? new Map([[scheme.name, []]]);
}

/** The scheme that signs in where a requirement has several, and the others of it. */
function signInBeside(
  best: SourceScheme,
  declared: Declared,
  model: ApiModel,
): { chosen: SourceScheme; others: SourceScheme[] } {
  const partners = [...requirementOf(best, declared).keys()]
    .map((name) => model.securitySchemes.get(name))
    .filter((scheme) => scheme !== undefined && scheme !== best) as SourceScheme[];
  // a key can be sent beside anything, so what is not a key is the sign-in itself
  const chosen = isKey(best) ? (partners.find((scheme) => isUsable(scheme) && !isKey(scheme)) ?? best) : best;
  return { chosen, others: [best, ...partners].filter((scheme) => scheme !== chosen) };
}

function write(
  best: SourceScheme,
  ranked: readonly SourceScheme[],
  declared: Declared,
  context: SecurityContext,
): ConnectorParts {
  const { model, operations, report, serverUrl, service } = context;
  const { chosen, others } = signInBeside(best, declared, model);
  reportOthers(
    ranked.filter((scheme) => scheme !== chosen && !others.includes(scheme)),
    report,
  );
  const signIn = signInOf(chosen, usedScopes(chosen, model, operations), serverUrl, report);
  const additionalFields = additionalFieldsOf(others, context.taken, report);
  const all: SignIn =
    additionalFields.length === 0
      ? signIn
      : { ...signIn, authentication: { ...signIn.authentication, additionalFields } };
  return partsOf(all, chosen, service);
}

/** Keys that apply together with the chosen scheme. */
function additionalFieldsOf(partners: readonly SourceScheme[], taken: readonly string[], report: Report) {
  const additionalFields: ReturnType<typeof additionalFieldOf>[] = [];
  for (const scheme of partners) {
    if (isKey(scheme)) {
      additionalFields.push(additionalFieldOf(scheme, [...taken, ...additionalFields.map(({ name }) => name)]));
      report.byPolicy('auth-combined', scheme.at, `${scheme.name} takes a policy.`);
    } else {
      report.dropped(
        'auth-combination',
        scheme.at,
        `${scheme.name} is demanded together with another scheme; only one of the two is possible.`,
      );
    }
  }
  return additionalFields;
}

function reportOthers(others: readonly SourceScheme[], report: Report): void {
  for (const scheme of others) {
    const { name } = scheme;
    if (schemeKind(scheme) === 'cookie') reportCookie(scheme, report);
    else
      report.info(
        'auth-alternative',
        scheme.at,
        isUsable(scheme)
          ? `Another way to sign in is not used: ${name}. Choose it with --auth ${name}, or offer it beside this one: pp-connector oauth --set NAME --auth KIND.`
          : `Another way to sign in is not used: ${name}.`,
      );
  }
}

const reportCookie = ({ name, at }: SourceScheme, report: Report): void =>
  report.dropped('auth-cookie', at, `The cookie of ${name} cannot be sent by itself; a policy setheader Cookie could.`);

/** The API asks for nothing that the platform has a form for. */
function withoutForm(
  best: SourceScheme,
  ranked: readonly SourceScheme[],
  isAnonymous: boolean,
  report: Report,
): ConnectorParts {
  if (schemeKind(best) === 'unsupported' && !isAnonymous) {
    throw new ImportRefused(
      'auth-unsupported',
      `The API signs in with ${ranked.map((scheme) => `${scheme.name} (${scheme.scheme ?? scheme.type})`).join(', ')}, which connectors cannot.`,
      {
        hint: 'Continue without sign-in: --auth none. Then add authentication yourself, for example with a script.',
        pointer: best.at,
      },
    );
  }
  for (const scheme of ranked) {
    const kind = schemeKind(scheme);
    if (kind === 'cookie') reportCookie(scheme, report);
    else if (kind === 'two-legged')
      report.dropped(
        'oauth-flow-unsupported',
        scheme.at,
        `${scheme.name} signs in without a user (client credentials or password), for which connectors have no form. By a script that asks for tokens: --auth client-credentials. By a token that users enter: --auth bearer.`,
      );
    else report.info('auth-alternative', scheme.at, `${scheme.name} is not used.`);
  }
  return noSignIn;
}

/** Scopes that the selected operations ask for. */
function usedScopes(scheme: SourceScheme, model: ApiModel, operations: readonly SourceOperation[]): string[] {
  const requirements = operations.flatMap((operation) => operation.security ?? model.security ?? []);
  return [...new Set(requirements.flatMap((requirement) => requirement.get(scheme.name) ?? []))];
}

/**
 * Tells the parameters that the connection sends: many descriptions list the key among the inputs of each operation, too.
 * Those that the author of a connector has given a label stay.
 */
export function ofSignIn({ securityDefinitions }: ConnectorParts): (parameter: SourceParameter) => boolean {
  const keys = Object.values(securityDefinitions)
    .map(asObject)
    .filter(({ type }) => type === 'apiKey');
  const isSame = (a: string, b: string, place: string): boolean =>
    place === 'header' ? a.toLowerCase() === b.toLowerCase() : a === b;
  return ({ in: place, name, extensions }) =>
    Object.keys(extensions).length === 0 &&
    keys.some((key) => key.in === place && isSame(String(key.name), name, place));
}
