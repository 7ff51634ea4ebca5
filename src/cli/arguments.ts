import { Command, CommanderError, Option } from 'commander';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import type { CommandSpec, FlagSpec } from './command.ts';
import { commonHeading, flagsOf, type ParsedArguments, parsedFrom } from './plain-arguments.ts';

/**
 * Reads any command line by a command's declaration, and makes its help.
 *
 * @throws UserError for an unknown flag (with the nearest known one), a wrong value (with the allowed ones), a missing argument
 */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): ParsedArguments {
  const flags = flagsOf(spec);
  const program = buildProgram(spec, flags);
  let help: string | undefined;
  program.configureOutput({
    writeOut: (text) => {
      // called once for the options and once for the examples
      help = (help ?? '') + text;
    },
    writeErr: () => {},
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code !== 'commander.helpDisplayed') throw explain(error, spec, flags);
  }
  return { help, ...parsedFrom(program.args, flagValues(program, flags)) };
}

function buildProgram(spec: CommandSpec, flags: readonly FlagSpec[]): Command {
  const program = new Command(`pp-connector ${spec.name}`);
  program
    .description(sentence(spec.summary))
    .aliases([...(spec.aliases ?? [])])
    .exitOverride()
    .showSuggestionAfterError(false)
    .allowExcessArguments(false);
  program.addHelpOption(new Option('-h, --help', 'print this help').helpGroup(`${commonHeading}:`));
  for (const { name, description, required, many } of spec.positionals ?? []) {
    const label = many ? `${name}...` : name;
    program.argument(required ? `<${label}>` : `[${label}]`, description);
  }
  for (const flag of flags) program.addOption(toOption(flag));
  program.addHelpText('after', `\nExamples:\n${exampleLines(spec.examples).join('\n')}`);
  return program;
}

/** Wider help is broken by terminals. */
const maxWidth = 100;

/** What an example does is beside it, or below it where the longest leave no room. */
function exampleLines(examples: CommandSpec['examples']): string[] {
  const width = Math.max(...examples.map(([command]) => command.length));
  const beside = examples.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`);
  const fits = beside.every((line) => line.length <= maxWidth);
  return fits ? beside : examples.map(([command, does]) => `  ${command}\n      ${does}`);
}

function toOption(flag: FlagSpec): Option {
  const option = new Option(`--${flag.name}${placeholder(flag)}`, flag.description);
  if (flag.heading !== undefined) option.helpGroup(`${flag.heading}:`);
  if (flag.choices !== undefined) option.choices([...flag.choices]);
  if (flag.many) {
    const check = option.parseArg;
    option.argParser((value: string, previous: string[] | undefined) => {
      check?.(value, undefined);
      return [...(previous ?? []), value];
    });
  }
  return option;
}

function placeholder({ value, isValueOptional }: FlagSpec): string {
  if (value === undefined) return '';
  return isValueOptional ? ` [${value}]` : ` <${value}>`;
}

/** By long name. `--no-color` is a switch like any other here, not a default of `--color`. */
function flagValues(program: Command, flags: readonly FlagSpec[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name } of flags) {
    const negated = name.startsWith('no-');
    const key = camelCase(negated ? name.slice(3) : name);
    const value: unknown = program.getOptionValue(key);
    if (negated) values[name] = value === false ? true : undefined;
    else values[name] = value;
  }
  return values;
}

const camelCase = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function explain(error: CommanderError, spec: CommandSpec, flags: readonly FlagSpec[]): UserError {
  const hint = `see: pp-connector ${spec.name} --help`;
  const subject = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  if (error.code === 'commander.unknownOption') {
    const guess = nearest(subject.replace(/^--?/, '').replace(/=.*/, ''), ['help', ...flags.map((flag) => flag.name)]);
    const suggestion = guess === undefined ? '' : `; did you mean --${guess}?`;
    return new UserError(`${spec.name}: there is no flag ${subject}${suggestion}`, { hint });
  }
  if (error.code === 'commander.invalidArgument') {
    const flag = flags.find(({ name }) => subject.startsWith(`--${name} `));
    const value = /argument '([^']*)' is invalid/.exec(error.message)?.[1] ?? '';
    const allowed = (flag?.choices ?? []).join(', ');
    return new UserError(`--${flag?.name ?? subject}: "${value}" is not allowed; allowed are: ${allowed}`, { hint });
  }
  if (error.code === 'commander.optionMissingArgument') {
    return new UserError(`${subject.split(' ')[0] ?? subject} needs a value`, { hint });
  }
  if (error.code === 'commander.missingArgument') {
    return new UserError(`${spec.name} needs the argument <${subject}>`, { hint });
  }
  return new UserError(`${spec.name}: ${error.message.replace(/^error: /, '')}`, { hint });
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
