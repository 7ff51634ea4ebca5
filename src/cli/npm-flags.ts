import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { FlagSpec } from './command.ts';

/**
 * `npm run deploy --dry-run`: without a `--` in front of it npm takes the flag for a setting of its own, and the command
 * sees `npm_config_dry_run=true` instead (npm 7 to 11; before PowerShell 7.3, `npm.ps1` swallows the `--` as well).
 */

type Environment = Readonly<Record<string, string | undefined>>;

/** Flags that make a command do less: obeyed, wherever they come from. */
const harmless: ReadonlySet<string> = new Set(['dry-run', 'help']);

/** Names that npm sets by itself, or that people set for npm's own sake (`yes` for npx): they say nothing about us. */
const npmsOwn: ReadonlySet<string> = new Set(['cache', 'color', 'no-color', 'prefix', 'user-agent', 'version', 'yes']);

/** How npm calls what runs scripts and executables; not lifecycle scripts, such as those of `npm publish --dry-run`. */
const runners: ReadonlySet<string> = new Set(['run', 'run-script', 'exec', 'test', 'start', 'stop', 'restart']);

export interface GivenToNpm {
  /** Name of the command. */
  command: string;
  flags: readonly FlagSpec[];
  /** What the command was given. */
  words: readonly string[];
  env: Environment;
}

/**
 * The flags of a command line that npm kept, as words (`--dry-run`): those that are harmless.
 *
 * @throws UserError for a flag that would change what is done: with the command line that npm leaves alone
 */
export async function flagsThatNpmKept({ command, flags, words, env }: GivenToNpm): Promise<string[]> {
  if (!runners.has(env.npm_command ?? '')) return [];
  const kept = flags.filter((flag) => isTyped(flag, words, env));
  if (kept.every(({ name }) => harmless.has(name))) return kept.map(({ name }) => `--${name}`);
  throw new UserError(
    `${kept.map(({ name }) => `--${name}`).join(', ')}: npm took this for a setting of its own; nothing was done`,
    {
      hint: `type: ${await commandLine(command, kept, words, env)}`,
    },
  );
}

function isTyped({ name }: FlagSpec, words: readonly string[], env: Environment): boolean {
  const value = settingOf(name, env);
  if (npmsOwn.has(name) || value === undefined || value === '' || value === 'false') return false;
  if (words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`))) return false;
  return !settingsFiles(env).some((path) => isSet(name, value, path));
}

const settingOf = (name: string, env: Environment): string | undefined =>
  env[`npm_config_${name.replaceAll('-', '_')}`];

/** Settings that stay from one command to the next are not words of this one. */
const settingsFiles = (env: Environment): string[] =>
  [
    env.npm_config_userconfig,
    env.npm_config_globalconfig,
    env.npm_config_local_prefix && join(env.npm_config_local_prefix, '.npmrc'),
  ].filter((path): path is string => path !== undefined && path !== '');

function isSet(name: string, value: string, path: string): boolean {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return false;
  }
  return lines.some((line) => {
    const [key = '', ...rest] = line.split('=');
    const set = rest.length === 0 ? 'true' : rest.join('=').trim();
    return key.trim().replaceAll('_', '-') === name && set === value;
  });
}

/** The command line that was meant. npm leaves the value of a flag that it doesn't know among the words. */
async function commandLine(
  command: string,
  kept: readonly FlagSpec[],
  words: readonly string[],
  env: Environment,
): Promise<string> {
  const { shellWord } = await import('../process/command.ts');
  const rest = [...words];
  const given = kept.flatMap(({ name, value: placeholder }): string[] => {
    if (placeholder === undefined) return [`--${name}`];
    const values = (settingOf(name, env) ?? '').split('\n\n');
    return values.flatMap((value) => [`--${name}`, value === 'true' ? (takeValue(rest) ?? placeholder) : value]);
  });
  return ['npx', 'pp-connector', command, ...[...rest, ...given].map((word) => shellWord(word))].join(' ');
}

function takeValue(words: string[]): string | undefined {
  const last = words.at(-1);
  return last === undefined || last.startsWith('-') ? undefined : words.pop();
}
