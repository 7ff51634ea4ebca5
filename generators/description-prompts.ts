import type { PromptChoice, Prompts } from '../src/repository/questions/prompts.ts';
import { onOneLine } from '../src/shown.ts';

/** What of Yeoman's adapter is needed here; that of another version of `yo` may not have it. */
interface Adapter {
  actualAdapter?: Adapter;
  promptModule?: { registerPrompt?: (name: string, prompt: unknown) => unknown };
}

/** Makes our own prompts known to Yeoman; they are read when somebody is asked. @returns whether this version of it can do that */
export async function registerPrompts(adapter: unknown): Promise<boolean> {
  const { actualAdapter, promptModule } = adapter as Adapter;
  const module = actualAdapter?.promptModule ?? promptModule;
  if (module?.registerPrompt === undefined) return false;
  const [{ partPrompt }, { pastePrompt }] = await Promise.all([
    import('../src/repository/questions/part-prompt.ts'),
    import('../src/repository/questions/paste-prompt.ts'),
  ]);
  module.registerPrompt('part', partPrompt);
  module.registerPrompt('paste', pastePrompt);
  return true;
}

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
