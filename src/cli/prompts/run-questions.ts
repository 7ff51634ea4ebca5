import type { DeclaredParameter } from '../../runtime/connection/declared.ts';
import type { Context } from '../command.ts';
import { askSecret, askText, promptsBy, terminalPrompts } from './prompts.ts';

/** What `invoke` asks in a terminal, under the labels that users see. */

/** The values of a connection that are missing; secrets without echo. */
export async function askConnection(
  missing: readonly DeclaredParameter[],
  { question }: Pick<Context, 'question'>,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const prompts = promptsBy(terminalPrompts, question);
  for (const { name, label, description, secret, choices, type } of missing) {
    const message = type === 'oauthsetting' ? 'Access token' : description === '' ? label : `${label} (${description})`;
    const [first] = choices;
    const answer = secret
      ? await question(() => askSecret(message))
      : first !== undefined
        ? await prompts.one(
            message,
            choices.map((choice) => ({ value: choice.value, name: choice.label })),
            first.value,
          )
        : await question(() => askText(message, ''));
    if (answer !== undefined) values[name] = answer;
  }
  return values;
}

/** Whether a request that may change something is meant. */
export async function confirmSending(
  id: string,
  method: string,
  { question }: Pick<Context, 'question'>,
): Promise<boolean> {
  const choices = [
    { value: 'no', name: 'No' },
    { value: 'yes', name: 'Yes, send it' },
  ];
  const answer = await promptsBy(terminalPrompts, question).one(
    `${id} is sent by ${method}, which may change something. Send it?`,
    choices,
    'no',
  );
  return answer === 'yes';
}
