import { UserError } from '../../errors.ts';

/** One of several answers. */
export interface PromptChoice {
  value: string;
  /** What the user reads. */
  name: string;
}

/** Questions with a list of answers. Tests answer them without a terminal. */
export interface Prompts {
  one: (message: string, choices: readonly PromptChoice[], preset: string) => Promise<string>;
  /** Any number of the answers, also none. */
  many: (message: string, choices: readonly PromptChoice[]) => Promise<string[]>;
}

const pageSize = 15;

/** On the terminal, on stderr: stdout carries the result. The prompts are loaded when the first question is asked. */
export const terminalPrompts: Prompts = {
  async one(message, choices, preset) {
    const { default: select } = await import('@inquirer/select');
    return unlessStopped(select({ message, choices, default: preset, pageSize }, { output: process.stderr }));
  },
  async many(message, choices) {
    const { default: checkbox } = await import('@inquirer/checkbox');
    return unlessStopped(checkbox({ message, choices, pageSize }, { output: process.stderr }));
  },
};

/** An answer that is shown nowhere, also not on request. Nothing typed means: none. */
export async function askSecret(message: string): Promise<string | undefined> {
  const { default: password } = await import('@inquirer/password');
  const answer = await unlessStopped(password({ message, toggleMask: false }, { output: process.stderr }));
  return answer.trim() || undefined;
}

/** Ctrl+C at a question is the user's decision, no failure of the program's. */
async function unlessStopped<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new UserError('stopped at a question; nothing was written');
    throw error;
  }
}
