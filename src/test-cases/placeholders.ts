import { asArray, asObject, asString, getOwn, type Json, type JsonObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { parameterPrefix } from '../policy/instance-keys.ts';
import { type DeclaredParameter, declaredNames, declaredSets, isGiven } from '../runtime/connection/declared.ts';
import { type Connection, resolveConnection } from '../runtime/connection/resolve-connection.ts';

/**
 * The connection of a test: its own values, and a placeholder for each other parameter.
 *
 * @param inner `properties` of apiProperties.json
 * @throws UserError for a set or a parameter that isn't declared, and for the value of a secret
 */
export function testConnection(
  inner: JsonObject,
  given: JsonObject | undefined,
  setName: string | undefined,
): Connection {
  const sets = declaredSets(inner);
  const set = sets.find(({ name }) => setName === undefined || name === setName) ?? sets[0];
  const name = setName ?? set?.name;
  const parameters = (set?.parameters ?? []).filter(isGiven);
  for (const key of Object.keys(given ?? {})) {
    if (!parameters.some((parameter) => parameter.name === key && parameter.secret)) continue;
    throw new UserError(`the connection has a value for ${key}, which is a secret`, {
      hint: `leave it out: tests use a placeholder, which is shown as ‹${key}›`,
    });
  }
  const values = { ...placeholders(parameters, inner), ...given };
  return resolveConnection({ inner, setName: name, file: { name: 'connection', values }, env: {} });
}

function placeholders(parameters: readonly DeclaredParameter[], inner: JsonObject): JsonObject {
  const addresses = addressTemplates(inner);
  const known = declaredNames(inner);
  return Object.fromEntries(
    parameters
      .filter(({ name }) => known.has(name))
      .map((parameter) => [parameter.name, placeholderFor(parameter, addresses)]),
  );
}

/** The same text each time; one that fits where the parameter is used. */
function placeholderFor(
  { name, type, preset, choices, secret }: DeclaredParameter,
  addresses: readonly string[],
): Json {
  const label =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'value';
  if (!secret && preset !== undefined) return preset;
  if (choices[0] !== undefined) return choices[0].value;
  if (/^bool/.test(type)) return 'true';
  if (/^int/.test(type)) return '7';
  return addressOf(name, label, addresses) ?? (secret ? `placeholder-of-${label}` : label);
}

function addressTemplates(inner: JsonObject): string[] {
  return asArray(getOwn(inner, 'policyTemplateInstances')).flatMap((policy) => {
    const isHost = asString(getOwn(policy, 'templateId'))?.toLowerCase() === 'dynamichosturl';
    const template = getOwn(asObject(getOwn(policy, 'parameters')), `${parameterPrefix}urlTemplate`);
    return isHost && typeof template === 'string' ? [template] : [];
  });
}

/** A whole address where nothing is before it, a host where only the scheme is. */
function addressOf(name: string, label: string, templates: readonly string[]): string | undefined {
  for (const template of templates) {
    for (const { 0: found, 1: used, index } of template.matchAll(
      /\{?@\{?connectionParameters\('([^'@]*)'[^)@]*\)\}?/gi,
    )) {
      if (used?.toLowerCase() !== name.toLowerCase()) continue;
      const before = template.slice(0, index).trim();
      if (before === '') return `https://${label}.example.com`;
      const isWholeHost = before.endsWith('://') && /^(?:$|[/:?#])/.test(template.slice(index + found.length));
      return isWholeHost ? `${label}.example.com` : undefined;
    }
  }
  return undefined;
}
