import { type DeclaredParameter, type DeclaredSet, expectedOf } from '../../runtime/connection/declared.ts';
import type { RunPrompts } from './run-questions.ts';

/** What `connect` asks in a terminal, as the dialog of the platform does. */

/** @returns the name of a set */
export function askSet(sets: readonly Pick<DeclaredSet, 'name' | 'label'>[], prompts: RunPrompts): Promise<string> {
  const choices = sets.map(({ name = '', label }) => ({ value: name, name: label }));
  return prompts.one('How do you connect?', choices, sets[0]?.name ?? '');
}

/** The values that are open; what isn't required may be left empty. Secrets without echo. */
export async function askParameters(
  open: readonly DeclaredParameter[],
  prompts: RunPrompts,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const parameter of open) {
    const answer = await askOne(parameter, prompts);
    if (answer !== '') values[parameter.name] = answer;
  }
  return values;
}

async function askOne(parameter: DeclaredParameter, prompts: RunPrompts): Promise<string> {
  const { label, description, required, secret, choices, preset } = parameter;
  const [first] = choices;
  const usual = preset === undefined || preset === '' ? undefined : preset;
  const isNeeded = required && usual === undefined;
  const notes = [description, isNeeded ? '' : usual === undefined ? 'optional' : `empty: ${usual}`];
  const said = notes.filter((note) => note !== '').join('; ');
  const message = said === '' ? label : `${label} (${said})`;
  if (first !== undefined) {
    return prompts.one(
      message,
      choices.map(({ value, label: name }) => ({ value, name })),
      usual ?? first.value,
    );
  }
  const problemOf = (answer: string): true | string => {
    if (answer === '') return isNeeded ? 'A value is required.' : true;
    const expected = expectedOf(parameter, answer);
    return expected === undefined ? true : `This must be ${expected}.`;
  };
  return secret ? askHidden(message, problemOf, prompts) : prompts.text(message, problemOf);
}

/** Again until there is an answer that fits. */
async function askHidden(
  message: string,
  problemOf: (answer: string) => true | string,
  prompts: RunPrompts,
): Promise<string> {
  for (let shown = message; ; ) {
    const answer = (await prompts.secret(shown)) ?? '';
    const problem = problemOf(answer);
    if (problem === true) return answer;
    shown = `${message} ${problem}`;
  }
}

/** The OAuth application, as far as it isn't known. */
export async function askApplication(
  open: { id: boolean; secret: boolean },
  prompts: RunPrompts,
): Promise<{ id: string | undefined; secret: string | undefined }> {
  const id = open.id
    ? await prompts.text('Client ID of the OAuth application', (answer) => answer !== '' || 'A value is required.')
    : undefined;
  const secret = open.secret
    ? await prompts.secret('Client secret of the OAuth application (none: leave it empty)')
    : undefined;
  return { id, secret };
}

/** What was copied from the browser: it holds a code, so that it isn't shown. */
export const askPasted = (check: (text: string) => true | string, prompts: RunPrompts): Promise<string> =>
  askHidden('The address that the browser shows after the sign-in', check, prompts);
