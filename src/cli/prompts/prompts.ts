import { unlessCancelled } from '../../repository/questions/cancellation.ts';
import type { PromptChoice, Prompts } from '../../repository/questions/prompts.ts';
import { onOneLine } from '../../shown.ts';

/** The same questions, each of them asked by way of `question`. */
export const promptsBy = (prompts: Prompts, question: <T>(ask: () => Promise<T>) => Promise<T>): Prompts => ({
  one: (...words) => question(() => prompts.one(...words)),
  many: (...words) => question(() => prompts.many(...words)),
  text: (...words) => question(() => prompts.text(...words)),
});

const pageSize = 15;

/** On the terminal, on stderr: stdout carries the result. The prompts are loaded when the first question is asked. */
export const terminalPrompts: Prompts = {
  async one(message, choices, preset) {
    const { default: select } = await import('@inquirer/select');
    const asked = { message: onOneLine(message), choices: choices.map(asShown), default: preset, pageSize };
    return unlessCancelled(select(asked, { output: process.stderr }));
  },
  async many(message, choices, tally) {
    const { partPrompt } = await import('../../repository/questions/part-prompt.ts');
    const asked = {
      message: onOneLine(message),
      choices: choices.map(asShown),
      ...(tally === undefined ? {} : { tally }),
    };
    return unlessCancelled(partPrompt(asked, { output: process.stderr }));
  },
  async text(message, check) {
    const { default: input } = await import('@inquirer/input');
    const validate = (value: string): true | string => check(value.trim());
    return (await unlessCancelled(input({ message: onOneLine(message), validate }, { output: process.stderr }))).trim();
  },
};

/** An answer's text may come from a description or from the service. */
const asShown = ({ value, name }: PromptChoice): PromptChoice & { short: string } => {
  const words = onOneLine(name);
  return { value, name: words, short: words };
};

/** A line of text, without blanks around it. */
export async function askText(message: string, preset: string): Promise<string> {
  const { default: input } = await import('@inquirer/input');
  const asked = { message: onOneLine(message), default: onOneLine(preset) };
  const answer = await unlessCancelled(input(asked, { output: process.stderr }));
  return answer.trim();
}

/** An answer that is shown nowhere, also not on request. Nothing typed means: none. */
export async function askSecret(message: string): Promise<string | undefined> {
  const { default: password } = await import('@inquirer/password');
  const answer = await unlessCancelled(
    password({ message: onOneLine(message), toggleMask: false }, { output: process.stderr }),
  );
  return answer.trim() || undefined;
}
