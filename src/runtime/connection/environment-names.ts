import { credentialVariables } from '../../deploy/oauth-credentials.ts';
import { UserError } from '../../errors.ts';

/** Environment variables that hold what a connection is made of. */

export const tokenVariable = 'CONNECTOR_ACCESS_TOKEN';

const prefix = 'CONNECTOR_';
/** These are the OAuth application's, as `deploy` takes them. */
const taken: ReadonlySet<string> = new Set(Object.values(credentialVariables));

/**
 * The variable of a connection parameter: upper snake case, camel case split, other characters `_`, `token:` dropped.
 *
 *     api_key → CONNECTOR_API_KEY, token:tenantId → CONNECTOR_TENANT_ID, clientId → CONNECTOR_PARAMETER_CLIENT_ID
 */
export function variableOf(parameter: string): string {
  const words = parameter
    .replace(/^token:/i, '')
    .replaceAll(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1_')
    .replaceAll(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1_')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  const name = `${prefix}${words}`;
  return taken.has(name) ? `${prefix}PARAMETER_${words}` : name;
}

/**
 * @param parameters with their variables
 * @throws UserError where two parameters of a connection have the same variable
 */
export function requireDistinctVariables(parameters: readonly { name: string; variable: string }[]): void {
  const byVariable = new Map<string, string>();
  for (const { name, variable } of parameters) {
    const other = byVariable.get(variable);
    if (other !== undefined) {
      throw new UserError(`the connection parameters ${other} and ${name} both have the variable ${variable}`, {
        hint: 'give both in a file: --connection FILE',
      });
    }
    byVariable.set(variable, name);
  }
}
