import type { CommandEntry } from './command.ts';
import { commands } from './commands.generated.ts';

/** A command by its name or an alias. */
export const commandNamed = (word: string): CommandEntry | undefined =>
  Object.hasOwn(commands, word)
    ? commands[word]
    : Object.values(commands).find(({ aliases }) => aliases.includes(word));

/** All names and aliases. */
export const commandNames = (): string[] =>
  Object.entries(commands).flatMap(([name, { aliases }]) => [name, ...aliases]);
