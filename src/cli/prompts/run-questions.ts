import { asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import type { Prompts } from '../../repository/questions/prompts.ts';
import { type Choice, type CodeOf, fixedChoices, offeredChoices } from '../../runtime/choices.ts';
import type { DeclaredParameter } from '../../runtime/connection/declared.ts';
import { assignText, inputPlace } from '../../runtime/inputs.ts';
import type { RunOptions } from '../../runtime/run-operation.ts';
import { labelOf, type SchemaView } from '../../runtime/schema.ts';
import type { Context } from '../command.ts';
import { askSecret, promptsBy, terminalPrompts } from './prompts.ts';

/** What `invoke` asks in a terminal, under the labels that users see. */

/** Questions that tests answer without a terminal. */
export interface RunPrompts extends Pick<Prompts, 'one' | 'text'> {
  secret: (message: string) => Promise<string | undefined>;
}

export function runPrompts({ question }: Pick<Context, 'question'>): RunPrompts {
  const { one, text } = promptsBy(terminalPrompts, question);
  return {
    one,
    text,
    secret: (message) => question(() => askSecret(message)),
  };
}

/** The values of a connection that are missing; secrets without echo. */
export async function askConnection(
  missing: readonly DeclaredParameter[],
  prompts: RunPrompts,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const parameter of missing) {
    const { name, label, description, secret, type } = parameter;
    const message = type === 'oauthsetting' ? 'Access token' : withDescription(label, description);
    const answer = secret
      ? await prompts.secret(message)
      : await oneOrText(message, parameter.choices, () => true, prompts);
    if (answer !== undefined) values[name] = answer;
  }
  return values;
}

const withDescription = (label: string, description: string): string =>
  description === '' ? label : `${label} (${description})`;

function oneOrText(
  message: string,
  choices: readonly Choice[],
  check: (answer: string) => true | string,
  prompts: RunPrompts,
): Promise<string> {
  const [first] = choices;
  if (first === undefined) return prompts.text(message, check);
  return prompts.one(
    message,
    choices.map(({ value, label }) => ({ value, name: label })),
    first.value,
  );
}

export interface AskInputs {
  options: RunOptions;
  /** As `--set` names them. */
  missing: readonly string[];
  /** To ask the API what there is. */
  codeOf: CodeOf;
  prompts: RunPrompts;
}

/**
 * Asks for inputs that are missing.
 *
 * @returns the inputs with the answers
 */
export async function askInputs({ options, missing, codeOf, prompts }: AskInputs): Promise<JsonObject> {
  const { operation } = options;
  const inputs = structuredClone(options.inputs);
  for (const key of missing) {
    const { schema } = inputPlace(operation, key);
    const choices = await choicesOf(schema, { ...options, inputs }, codeOf);
    const text = (answer: string): string => (isFile(schema) ? `@${answer}` : answer);
    const check = (answer: string): true | string =>
      problemOf(() => assignText(operation, structuredClone(inputs), key, text(answer)), answer);
    assignText(operation, inputs, key, text(await oneOrText(messageOf(schema, key), choices, check, prompts)));
  }
  return inputs;
}

function problemOf(assign: () => void, answer: string): true | string {
  if (answer === '') return 'A value is required.';
  try {
    assign();
    return true;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return error.message;
  }
}

async function choicesOf(schema: SchemaView, options: RunOptions, codeOf: CodeOf): Promise<readonly Choice[]> {
  const fixed = fixedChoices(schema);
  if (fixed.length > 0) return fixed;
  try {
    return (await offeredChoices(schema, options, codeOf)) ?? [];
  } catch (error) {
    // what can't be asked for can be typed; the run itself says what is wrong
    if (!isUserError(error)) throw error;
    return [];
  }
}

const isFile = ({ node }: SchemaView): boolean =>
  getOwn(node, 'type') === 'file' || ['binary', 'byte'].includes(asString(getOwn(node, 'format')) ?? '');

function messageOf(schema: SchemaView, key: string): string {
  const description = asString(getOwn(schema.node, 'description')) ?? '';
  const label = labelOf(schema.node, key);
  return withDescription(isFile(schema) ? `${label}, the path of a file` : label, description);
}

/** Whether a request that may change something is meant. */
export function confirmSending(id: string, method: string, prompts: RunPrompts): Promise<boolean> {
  return confirmed(`${id} is sent by ${method}, which may change something. Send it?`, 'Yes, send it', prompts);
}

/** A question whose usual answer is no. @param yes what the other answer says */
export async function confirmed(message: string, yes: string, prompts: RunPrompts): Promise<boolean> {
  const choices = [
    { value: 'no', name: 'No' },
    { value: 'yes', name: yes },
  ];
  return (await prompts.one(message, choices, 'no')) === 'yes';
}
