import { nearest } from '../../did-you-mean.ts';
import { UserError } from '../../errors.ts';
import { isJsonText } from '../../files/given-file.ts';
import { kebabCase } from '../../repository/questions/question.ts';
import type { CommandSpec, FlagSpec, PositionalSpec } from '../command.ts';
import { flagsOf } from '../plain-arguments.ts';
import { requireInside, requireInsideIfPath } from './confine.ts';
import type { ServerOptions, Tool, ToolArguments } from './tool.ts';

/** Who starts the server answers for the code of the connector; an agent can't. */
const trustScript = 'trust-script';

/** Never for agents: what vouches for a stranger's repository, and what the server decides itself. */
const neverGiven: readonly string[] = [
  'allow-outside',
  'answers',
  'cwd',
  'force',
  'format',
  'no-color',
  'non-interactive',
  trustScript,
  'yes',
];

/** Arguments of the server's own: the folder, and the place in a long answer. */
const serversOwn: readonly string[] = ['cwd', 'cursor', 'apply'];

/** Where a call works, and what may be named in it. */
export interface Place {
  options: ServerOptions;
  /** Absolute: paths are relative to it. */
  folder: string;
  /** Writes JSON that was given instead of a file. @returns the file's path */
  keep: (json: unknown) => string;
}

/** Whether a value is JSON that commands read from files. */
export const isInlineJson = (value: unknown, folder: string): boolean =>
  typeof value === 'string' ? isJsonText(value, folder) : typeof value === 'object' && value !== null;

/**
 * The command line for the arguments of a call.
 *
 * @throws UserError for an unknown argument (with the nearest known one), a value of a wrong type, a path out of the root
 */
export function commandLine(tool: Tool, spec: CommandSpec, args: ToolArguments, place: Place): string[] {
  const flags = knownFlags(tool, spec);
  const positionals = spec.positionals ?? [];
  const words = [spec.name, ...(tool.words?.(args) ?? [])];
  const runsScripts = spec.flags.some(({ name }) => name === trustScript);
  if (runsScripts && place.options.scripts) words.push(`--${trustScript}`);
  const last: string[] = [];
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null || serversOwn.includes(name)) continue;
    const positional = positionals.find((known) => known.name === name);
    const flag = flags.get(name);
    if (positional !== undefined) last.push(...positionalWords(positional, value, place));
    else if (flag !== undefined) words.push(...flagWords(flag, name, value, place));
    else throw unknownArgument(tool, name, [...flags.keys(), ...positionals.map((known) => known.name)]);
  }
  return last.length === 0 ? words : [...words, '--', ...last];
}

/** The flags that a tool takes, by the name of their argument. */
export function knownFlags(tool: Tool, spec: CommandSpec): Map<string, FlagSpec> {
  const own = new Set(spec.flags.map(({ name }) => name));
  return new Map(
    flagsOf(spec)
      .filter(({ name }) => !tool.withheld?.includes(name))
      // a command's own --yes means something else than "ask nothing": what changes something is sent
      .filter(({ name }) => !neverGiven.includes(name) || (name === 'yes' && own.has(name)))
      .map((flag) => [camelCase(flag.name), flag]),
  );
}

function positionalWords(
  { name, many }: PositionalSpec,
  value: unknown,
  { options: { root }, folder }: Place,
): string[] {
  const texts = many && Array.isArray(value) ? value : [value];
  return texts.map((text) => {
    if (typeof text !== 'string') throw wrongType(name, many ? 'a list of texts' : 'a text', value);
    if (name === 'source' && isAddress(text)) return text;
    if (['paths', 'folder', 'source', 'files'].includes(name)) requireInside(root, folder, text, name);
    else requireInsideIfPath(root, folder, text, name);
    return text;
  });
}

/** What a command takes from the web; for all others such a text would be a path, which could lead anywhere. */
const isAddress = (text: string): boolean => /^https?:\/\/\w/i.test(text) && URL.canParse(text);

/**
 * What a command says to people, for whoever gave arguments instead of flags: `--response-sample` is `responseSample`.
 * Whole command lines stay as they are.
 */
export function inArguments(line: string, tool: Tool, spec: CommandSpec): string {
  if (line.includes('pp-connector ')) return line;
  const known = new Set([...knownFlags(tool, spec).keys()]);
  return line.replace(/--([a-z][a-z0-9-]{0,60})/g, (flag, name: string) => {
    const argument = camelCase(name);
    return known.has(argument) ? argument : flag;
  });
}

function flagWords(flag: FlagSpec, name: string, value: unknown, place: Place): string[] {
  if (flag.value === undefined) {
    if (typeof value !== 'boolean') throw wrongType(name, 'true or false', value);
    return value ? [`--${flag.name}`] : [];
  }
  // a list is several values where the flag may be repeated; in place of a file it may be the JSON itself
  const isList =
    Array.isArray(value) &&
    flag.many &&
    !(flag.value === 'FILE' && value.some((each) => isInlineJson(each, place.folder)));
  return (isList ? value : [value]).map((each) => `--${flag.name}=${wordOf(flag, name, each, place)}`);
}

function wordOf(flag: FlagSpec, name: string, value: unknown, place: Place): string {
  const { options, folder, keep } = place;
  const { root } = options;
  const kind = flag.value ?? '';
  if (kind === 'FILE' && isInlineJson(value, folder))
    return keep(typeof value === 'string' ? sampleIn(name, value) : value);
  if (typeof value === 'number') return String(value);
  if (kind === 'LIST' && Array.isArray(value)) return value.map((each) => wordOf(flag, name, each, place)).join(';');
  if (typeof value !== 'string') throw wrongType(name, flag.many ? 'a list of texts' : 'a text', value);
  if (flag.name === 'api' && isAddress(value)) return value;
  if (/^(?:FILE|FOLDER|DIR)$/.test(kind)) requireInside(root, folder, value, name);
  else if (/FILE|FOLDER|DIR|REF/.test(kind)) requireInsideIfPath(root, folder, value, name);
  const file = /^[^=]*=@(.*)$/s.exec(value)?.[1];
  if (file !== undefined) requireInside(root, folder, file, name);
  return value;
}

function sampleIn(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UserError(`${name}: this is not JSON`, {
      hint: 'give the JSON itself, or the name of a file that holds it',
    });
  }
}

/** An argument of another type than it has. @param wanted such as `a text` */
export function wrongType(name: string, wanted: string, value: unknown): UserError {
  const type = typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  const seen = Array.isArray(value) ? 'a list' : value === null ? 'null' : type;
  return new UserError(`${name}: must be ${wanted}, is ${seen}`);
}

function unknownArgument(tool: Tool, name: string, known: readonly string[]): UserError {
  const near = nearest(camelCase(kebabCase(name)), known);
  const listed = Object.keys(tool.listed).join(', ');
  return new UserError(`${tool.name} has no argument "${name}"${near === undefined ? '' : `; did you mean ${near}?`}`, {
    hint: listed === '' ? `${tool.name} takes no arguments` : `the usual ones are: ${listed}`,
  });
}

const camelCase = (name: string): string =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
