/** One of several answers. */
export interface PromptChoice {
  value: string;
  /** What the user reads. */
  name: string;
}

/** What a prompt says about the choices that are made so far. */
export interface Tally {
  /** A line such as "23 of 312 operations, about 45 KB". */
  describe: (chosen: readonly string[]) => string;
  /** `true`, or why these can't be all. */
  check: (chosen: readonly string[]) => true | string;
}

/** Questions that depend on what was read. Tests answer them without a terminal. */
export interface Prompts {
  one: (message: string, choices: readonly PromptChoice[], preset: string) => Promise<string>;
  /** Any number of the answers, also none. */
  many: (message: string, choices: readonly PromptChoice[], tally?: Tally) => Promise<string[]>;
  /** A line of text. @param check `true`, or what is wrong with it */
  text: (message: string, check: (value: string) => true | string) => Promise<string>;
}
