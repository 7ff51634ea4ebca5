import { type CommandEntry, commandGroups } from './command.ts';
import { commands } from './commands.generated.ts';

/**
 * What `pp-connector` prints without a command: every command in a line, under the headings of the groups, in the order of
 * the work.
 *
 * @param columns of the terminal; on a narrow one a summary goes on below itself
 */
export function listCommands(columns: number): string {
  const indent = Math.max(...Object.keys(commands).map((name) => name.length)) + 4;
  const line = ([name, entry]: [string, CommandEntry]): string =>
    `  ${name}`.padEnd(indent) + broken(summaryOf(entry), columns - indent).join(`\n${' '.repeat(indent)}`);
  const groups = Object.entries(commandGroups).map(([group, heading]) => {
    const lines = Object.entries(commands).filter(([, entry]) => entry.group === group);
    return `${heading}:\n${lines.map(line).join('\n')}\n`;
  });
  const about = [
    'Usage: pp-connector COMMAND [arguments] [flags]',
    '',
    'From an API description to a certified Power Platform custom connector.',
    'Begin with pp-connector new, which asks what you have; read pp-connector guide.',
    '',
  ];
  const end = ['pp-connector COMMAND --help explains one command; pp-connector --version prints the version.'];
  const plain = (lines: readonly string[]): string => lines.flatMap((text) => broken(text, columns)).join('\n');
  return `${plain(about)}\n${groups.join('\n')}\n${plain(end)}\n`;
}

const summaryOf = ({ summary, aliases }: CommandEntry): string =>
  aliases.length === 0 ? summary : `${summary} (also: ${aliases.join(', ')})`;

/** At blanks; a word that is longer than a line stays whole. */
function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
