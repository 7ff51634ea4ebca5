import { type CommandEntry, commandGroups } from './command.ts';
import { commands } from './commands.generated.ts';

/** A command by its name or an alias. */
export const commandNamed = (word: string): CommandEntry | undefined =>
  Object.hasOwn(commands, word)
    ? commands[word]
    : Object.values(commands).find(({ aliases }) => aliases.includes(word));

/** All names and aliases. */
export const commandNames = (): string[] =>
  Object.entries(commands).flatMap(([name, { aliases }]) => [name, ...aliases]);

/** One line per command, under the headings of the groups, in the order of the work. */
export function listOfCommands(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const groups = Object.entries(commandGroups).map(([group, heading]) => {
    const lines = Object.entries(commands)
      .filter(([, entry]) => entry.group === group)
      .map(([name, { summary, aliases }]) => {
        const also = aliases.length === 0 ? '' : ` (also: ${aliases.join(', ')})`;
        return `  ${name.padEnd(width)}  ${summary}${also}\n`;
      });
    return `${heading}:\n${lines.join('')}`;
  });
  return groups.join('\n');
}
