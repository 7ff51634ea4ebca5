import { unlessCancelled } from '../../repository/questions/cancellation.ts';

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
    return unlessCancelled(select({ message, choices, default: preset, pageSize }, { output: process.stderr }));
  },
  async many(message, choices) {
    const { default: checkbox } = await import('@inquirer/checkbox');
    return unlessCancelled(checkbox({ message, choices, pageSize }, { output: process.stderr }));
  },
};

/** An answer that is shown nowhere, also not on request. Nothing typed means: none. */
export async function askSecret(message: string): Promise<string | undefined> {
  const { default: password } = await import('@inquirer/password');
  const answer = await unlessCancelled(password({ message, toggleMask: false }, { output: process.stderr }));
  return answer.trim() || undefined;
}
