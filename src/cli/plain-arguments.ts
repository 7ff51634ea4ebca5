import { resolve } from 'node:path';
import { type CommandSpec, type FlagSpec, Flags } from './command.ts';

/** Where the help shows what every command has. */
export const commonHeading = 'Of every command';

/** Known to every command. */
const commonFlags: readonly FlagSpec[] = [
  { name: 'cwd', value: 'DIR', description: 'work in this folder instead of the current one' },
  { name: 'no-color', description: 'no colours (also: the environment variable NO_COLOR)' },
  { name: 'yes', description: 'ask nothing, take the defaults' },
  { name: 'non-interactive', description: 'the same as --yes' },
  { name: 'allow-outside', description: 'follow names and links in the repository that lead out of it' },
];

/** Known to commands that run in several connectors of a workspace. */
const severalFlags: readonly FlagSpec[] = [
  { name: 'all', description: 'every connector that pp-connector.json names, else all in the git repository' },
  {
    name: 'changed',
    value: 'BASE',
    isValueOptional: true,
    description: 'those of them that differ from a git branch, tag or commit (default: the default branch)',
  },
];

export interface ParsedArguments {
  /** `--help` was given: print `help`, do nothing else. */
  help: string | undefined;
  positionals: string[];
  flags: Flags;
  cwd: string;
  format: string | undefined;
}

/** The flags of a command, with those that every command has. */
export function flagsOf(spec: CommandSpec): FlagSpec[] {
  const format: FlagSpec[] = spec.formats
    ? [{ name: 'format', value: 'NAME', description: 'how to print the result', choices: spec.formats }]
    : [];
  const own = [...spec.flags, ...(spec.several === undefined ? [] : severalFlags), ...format];
  const common = commonFlags.filter(({ name }) => !own.some((flag) => flag.name === name));
  return [...own, ...common.map((flag) => ({ ...flag, heading: commonHeading }))];
}

/** What both readers of a command line make of it. @param values of the flags, by long name */
export function parsedFrom(positionals: string[], values: Record<string, unknown>): Omit<ParsedArguments, 'help'> {
  const { cwd, format } = values;
  return {
    positionals,
    flags: new Flags(values),
    cwd: resolve(typeof cwd === 'string' ? cwd : '.'),
    format: typeof format === 'string' ? format : undefined,
  };
}

/**
 * Reads a command line that is plainly right, as nearly all are: whole long flags with values that are allowed.
 *
 * @returns undefined for help, mistakes and everything else, which `parseArguments` knows about; loading that takes longer
 * than parsing
 */
export function parsePlainly(spec: CommandSpec, argv: readonly string[]): ParsedArguments | undefined {
  const flags = new Map(flagsOf(spec).map((flag) => [flag.name, flag]));
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (!word.startsWith('-')) {
      positionals.push(word);
      continue;
    }
    const [, name = '', given] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const flag = flags.get(name);
    const next = argv[at + 1];
    const value = given ?? (flag?.value === undefined || next?.startsWith('-') ? undefined : next);
    if (flag === undefined || !isPlainValue(flag, value)) return undefined;
    if (given === undefined && value !== undefined) at += 1;
    if (flag.many) values[name] = [...(Array.isArray(values[name]) ? values[name] : []), value];
    else values[name] = value ?? true;
  }
  const expected = spec.positionals ?? [];
  const fewest = expected.filter(({ required }) => required).length;
  const most = expected.at(-1)?.many ? Number.POSITIVE_INFINITY : expected.length;
  if (positionals.length < fewest || positionals.length > most) return undefined;
  return { help: undefined, ...parsedFrom(positionals, values) };
}

/** @param value undefined: the flag stands alone */
function isPlainValue(
  { name, value: placeholder, isValueOptional, choices, many }: FlagSpec,
  value: string | undefined,
): boolean {
  if (placeholder === undefined) return value === undefined;
  if (name.startsWith('no-')) return false;
  if (value === undefined) return isValueOptional === true && many !== true;
  return value !== '' && (choices === undefined || choices.includes(value));
}
