import { asArray, asObject, asString, getOwn, type JsonObject, strings } from '../connector/json/value.ts';
import { writtenParameters } from '../runtime/connection/declared.ts';
import { declaredAddress } from '../runtime/operation.ts';

/**
 * Where a connector sends the values of its connections, as its files say: the host of the API, hosts that policies
 * choose, addresses of the sign-in. A connection is used only where it was made for; a repository that was changed by
 * somebody else must not get what was given for another host.
 *
 * @param definition the API definition
 * @param inner `properties` of apiProperties.json
 * @returns lines for people, sorted
 */
export function destinationsOf(definition: JsonObject, inner: JsonObject, set: string | undefined): string[] {
  const { scheme, host } = declaredAddress(definition);
  const all = [`API ${scheme}://${host}`, ...byPolicies(inner), ...bySignIn(writtenParameters(inner, set))];
  return [...new Set(all)].sort();
}

/** The parameter of a template that chooses a host. */
const choosesHost: Readonly<Record<string, string>> = {
  dynamichosturl: 'urlTemplate',
  setvaluefromurl: 'parameterValueUrl',
};

function byPolicies(inner: JsonObject): string[] {
  return asArray(getOwn(inner, 'policyTemplateInstances')).flatMap((instance) => {
    const template = asString(getOwn(instance, 'templateId'))?.toLowerCase() ?? '';
    const parameter = getOwn(choosesHost, template);
    if (parameter === undefined) return [];
    const value =
      asString(getOwn(asObject(getOwn(instance, 'parameters')), `x-ms-apimTemplateParameter.${parameter}`)) ?? '';
    // a path stays on a host that is listed anyway
    return /^\s*\/(?!\/)/.test(value) ? [] : [`policy ${template} ${value}`];
  });
}

const isAddress = /(?:url|uri|uriaad)(?:template)?$/i;

function bySignIn(written: JsonObject): string[] {
  return Object.values(written).flatMap((parameter) => {
    const custom = Object.entries(asObject(getOwn(asObject(getOwn(parameter, 'oAuthSettings')), 'customParameters')));
    return custom.flatMap(([key, node]) =>
      isAddress.test(key) ? strings([getOwn(node, 'value') ?? null]).map((value) => `sign-in ${key} ${value}`) : [],
    );
  });
}

/** What is new since a connection was made. */
export const added = (now: readonly string[], before: readonly string[]): string[] =>
  now.filter((destination) => !before.includes(destination));
