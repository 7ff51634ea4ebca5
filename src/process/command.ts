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
  [program, ...args].map((word) => (platform === 'win32' ? quoteForWindows(word) : quoteForSh(word))).join(' ');

const quoteForSh = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const quoteForWindows = (word: string): string => {
  if (/^[\w+=:./\\-]+$/.test(word)) return word;
  return `"${word.replace(/(?<!\\)(\\*)"/g, '$1$1\\"').replace(/(?<!\\)(\\+)$/, '$1$1')}"`;
};

/** A command as it may be shown. */
export const maskedCommand = (command: ExternalCommand, secrets: readonly string[]): ExternalCommand => ({
  ...command,
  args: command.args.map((arg) => masked(arg, secrets)),
});
