import { steering } from '../shown.ts';
import { masked } from './redact.ts';

/** A program that is to be run; the shape of `deploy --dry-run --format json`. */
export interface ExternalCommand {
  /** Name as on PATH. */
  program: string;
  args: string[];
  /** Absolute. */
  cwd: string;
}

/** One line that a person can paste into a shell: sh and its like, or PowerShell and cmd.exe on Windows. */
export const formatCommand = ({ program, args }: ExternalCommand, platform: NodeJS.Platform): string =>
  [program, ...args].map((word) => shellWord(word, platform)).join(' ');

/** A word of such a line, as it is quoted there. What comes with a repository may be anything. */
export const shellWord = (word: string, platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32' ? quoteForWindows(word) : quoteForSh(word);

/** A path in such a line: no program takes it for a flag. */
export const shellPath = (path: string, platform?: NodeJS.Platform): string =>
  shellWord(path.startsWith('-') ? `./${path}` : path, platform);

const quoteForSh = (word: string): string => {
  // zsh takes a word that begins with = for a program
  if (/^(?!=)[\w@%+=:,./-]+$/.test(word)) return word;
  const escaped = word.replace(/['\\]/g, '\\$&');
  const visible = escaped.replaceAll(steering, inBytes);
  return visible === escaped ? `'${word.replaceAll("'", `'\\''`)}'` : `$'${visible}'`;
};

/** As `$'…'` has it in all shells, also in bash 3, which macOS has. */
const inBytes = (character: string): string => encodeURIComponent(character).replaceAll('%', '\\x');

const quoteForWindows = (word: string): string => {
  if (/^[\w+=:./\\-]+$/.test(word)) return word;
  // `""` is a quote for cmd.exe, PowerShell and programs alike; PowerShell also reads $, ` and typographic quotes
  const inside = word.replace(/(?<!\\)(\\*)"/g, '$1$1""').replace(/(?<!\\)(\\+)$/, '$1$1');
  return `"${inside.replaceAll(/[`$\u201c-\u201e]/g, '`$&')}"`;
};

/** A command as it may be shown. */
export const maskedCommand = (command: ExternalCommand, secrets: readonly string[]): ExternalCommand => ({
  ...command,
  args: command.args.map((arg) => masked(arg, secrets)),
});
