import type { JsonObject } from '../../connector/json/value.ts';
import type { ListedConnector } from '../../deploy/list-connectors.ts';
import {
  type Credentials,
  credentialVariables,
  missingCredentials,
  readCredentials,
} from '../../deploy/oauth-credentials.ts';
import { askSecret, terminalPrompts } from './prompts.ts';

/**
 * The OAuth client of a deployment: from the environment variables; what is missing there is asked for, where somebody
 * can answer.
 *
 * @param properties apiProperties.json, which says what is needed
 */
export async function obtainCredentials(
  properties: JsonObject,
  { withSecret, mayAsk }: { withSecret: boolean; mayAsk: boolean },
): Promise<Credentials> {
  const found = readCredentials(process.env);
  const given = withSecret ? found : { ...found, clientSecret: undefined };
  const missing = mayAsk ? missingCredentials(properties, given) : [];
  const ask = async (part: keyof Credentials, name: string): Promise<string | undefined> =>
    missing.includes(part)
      ? askSecret(
          `${name} (it isn't shown; type nothing to deploy without; also taken from ${credentialVariables[part]})`,
        )
      : given[part];
  const clientId = await ask('clientId', 'OAuth client id');
  const clientSecret = withSecret ? await ask('clientSecret', 'OAuth client secret') : undefined;
  return { clientId, clientSecret };
}

/** @returns GUID of the connector that shall be updated; undefined: a new one shall be created */
export async function chooseConnector(candidates: readonly ListedConnector[]): Promise<string | undefined> {
  const choices = candidates.map(({ id, cells }) => ({ value: id, name: `${cells.join('  ')}  (${id})` }));
  const none = { value: '', name: 'none of them: create a new one' };
  // what is done by a mere Enter replaces nobody's connector
  return (await terminalPrompts.one('Which connector shall be updated?', [...choices, none], none.value)) || undefined;
}

export const askToOverwrite = async (): Promise<boolean> =>
  (await terminalPrompts.one(
    'Replace what was changed in the portal?',
    [
      { value: 'no', name: 'no, deploy nothing' },
      { value: 'yes', name: 'yes, those changes are not needed' },
    ],
    'no',
  )) === 'yes';
