import type { EnvironmentEdit } from '../../deploy/edit-environments.ts';
import type { Environment } from '../../deploy/environment.ts';
import { type OverrideKey, overrideKeys } from '../../deploy/overrides.ts';
import { askText, terminalPrompts } from './prompts.ts';

const another = ' new';

/** Which environment is to be added or changed. @param known names in config.json */
export async function askForName(known: readonly string[]): Promise<string> {
  const choices = [...known.map((name) => ({ value: name, name })), { value: another, name: 'a new one' }];
  const chosen =
    known.length === 0 ? another : await terminalPrompts.one('Which environment?', choices, known[0] ?? another);
  return chosen === another ? askText('What do you call it?', known.length === 0 ? 'dev' : 'test') : chosen;
}

/** What is to be known of it; what is left as it was isn't returned. */
export async function askForValues(known: Environment | undefined): Promise<EnvironmentEdit> {
  const ask = async (message: string, current: string | undefined): Promise<string | undefined> => {
    const answer = await askText(message, current ?? '');
    return answer === (current ?? '') ? undefined : answer;
  };
  const url = await ask('Address of the environment (https://….crm.dynamics.com):', known?.target);
  const solution = await ask('Unique name of the solution that gets the connector (empty: none):', known?.solution);
  const keys = await terminalPrompts.many(
    'What does the connector have otherwise there?',
    (overrideKeys as readonly OverrideKey[]).map((key) => {
      const value = known?.overrides[key];
      return { value: key, name: value === undefined ? key : `${key} (${value})` };
    }),
  );
  const overrides: EnvironmentEdit['overrides'] = {};
  for (const key of keys as OverrideKey[]) {
    overrides[key] = await ask(`${key} there (empty: as in the repository):`, known?.overrides[key]);
  }
  return { url, solution, overrides };
}
