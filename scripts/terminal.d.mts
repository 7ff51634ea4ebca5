/** Names of keys, as a terminal sends them. */
export const keys: Record<'enter' | 'down' | 'up' | 'space' | 'cancel', string>;

/** Whether this machine has the program whose terminal is used. */
export const hasTerminal: boolean;

/** A program at a terminal of its own, 120 columns wide, driven by keys. */
export class Terminal {
  constructor(program: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv });
  /** Waits for a question, and answers it by keys, one after the other. @throws when it doesn't come */
  answer(question: RegExp, ...answer: string[]): Promise<void>;
  /** Waits for the end. @returns the last screen */
  end(): Promise<{ status: number | null; screen: string }>;
}
