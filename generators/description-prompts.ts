import type { PromptChoice, Prompts } from '../src/repository/questions/prompts.ts';
import { onOneLine } from '../src/shown.ts';
import { registerPrompts } from './prompt-types.ts';

/** Asks by Yeoman. The names of the questions are `part`, `choice` and `text`. */
export function promptsOfYeoman(
  adapter: unknown,
  ask: (question: object) => Promise<Record<string, unknown>>,
): Prompts {
  const answer = async <T>(question: { name: string; message: string }): Promise<T> => {
    const answers = await ask({ ...question, message: onOneLine(question.message) });
    return answers[question.name] as T;
  };
  return {
    one: (message, choices, preset) =>
      answer({ type: 'select', name: 'choice', message, choices: choices.map(asShown), default: preset } as never),
    many: async (message, choices, tally) => {
      // without the prompt of our own a plain list does
      const type = (await registerPrompts(adapter)) ? 'part' : 'checkbox';
      return answer({ type, name: 'part', message, choices: choices.map(asShown), tally } as never);
    },
    text: async (message, check) => {
      const validate = (value: string): true | string => check(value.trim());
      return (await answer<string>({ type: 'input', name: 'text', message, validate } as never)).trim();
    },
  };
}

/** An answer's text may come from a description. */
const asShown = ({ value, name }: PromptChoice) => {
  const words = onOneLine(name);
  return { value, name: words, short: words };
};
