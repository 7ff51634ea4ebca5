import { tmpdir } from 'node:os';
import { workspaceRoot } from '../connector/workspace.ts';
import { removeLeftovers } from '../deploy/leftovers.ts';
import { errorText, isCancelled, isUserError } from '../errors.ts';
import { permitOutside } from '../files/contained-path.ts';
import { isContinuousIntegration } from '../process/platform.ts';
import { noteLine, onOneLine } from '../shown.ts';
import { isTooDeep, refusalOf } from '../system-error.ts';
import { version } from '../version.ts';
import type { CommandSpec, Context, Flags } from './command.ts';
import { commandNamed } from './commands.ts';
import { confineByEnvironment } from './confines.ts';
import { flagsOf, parsePlainly } from './plain-arguments.ts';
import { screen } from './screen.ts';
import { isTerminal } from './terminal.ts';

/**
 * Runs one command line.
 *
 * @param argv the words after the program's name
 * @returns the exit status (0 clean, 1 findings or a failed tool, 2 could not run, 3 description refused, 130 cancelled at a question)
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await run(argv);
  } catch (error) {
    return await report(error, argv);
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') return print(`${version}\n`);
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    const { listCommands } = await import('./list-commands.ts');
    // what isn't a terminal has no columns
    return print(listCommands((isTerminal('stdout') && process.stdout.columns) || Number.POSITIVE_INFINITY));
  }
  const [name, words] = first === 'help' ? [rest[0] ?? '', ['--help']] : [first, rest];
  const entry = commandNamed(name);
  if (entry === undefined) throw (await import('./unknown-command.ts')).unknownCommand(name);
  const command = await entry.load();
  const given = process.env.npm_command === undefined ? words : await fromNpm(command, words);
  const parsed = parsePlainly(command, given) ?? (await import('./arguments.ts')).parseArguments(command, given);
  if (parsed.help !== undefined) return print(parsed.help);
  const { flags } = parsed;
  const color = !flags.on('no-color') && !process.env.NO_COLOR && isTerminal('stdout');
  const context: Context = {
    cwd: parsed.cwd,
    color,
    // asked for only by commands that have questions
    get interactive() {
      return (
        !flags.on('yes') && !flags.on('non-interactive') && !isContinuousIntegration(process.env) && isTerminal('stdin')
      );
    },
    format: parsed.format,
    question: (ask) => ask(),
    ...screen(parsed.format, color),
  };
  if (flags.on('allow-outside')) permitOutside();
  confineByEnvironment(process.env);
  try {
    return await runWhere(command, context, parsed.positionals, flags);
  } finally {
    sweep();
  }
}

/** Runs a command in the connector around the working folder, or in those that `--all` or `--changed` means. */
async function runWhere(command: CommandSpec, context: Context, positionals: string[], flags: Flags): Promise<number> {
  const meansSeveral = flags.on('all') || flags.given().changed !== undefined;
  if (command.several === undefined || !(meansSeveral || workspaceRoot(context.cwd) !== undefined)) {
    return runOnce(command, context, positionals, flags);
  }
  const { checkWorkspace, runInEach, severalOf } = await import('./several.ts');
  checkWorkspace(context.cwd);
  if (!meansSeveral) return runOnce(command, context, positionals, flags);
  const several = severalOf(command, context, flags, positionals);
  context.folders = several.folders;
  context.neighbours = several.neighbours;
  if (command.several === 'together') return runOnce(command, context, positionals, flags);
  return runInEach(several, context, (own) => runOnce(command, own, positionals, flags));
}

async function runOnce(command: CommandSpec, context: Context, positionals: string[], flags: Flags): Promise<number> {
  const release = await takeTurn(command, flags, context);
  try {
    return await command.run(context, positionals, flags);
  } finally {
    release();
  }
}

/** Secrets that a killed deployment left go with the next command, whichever it is. */
function sweep(): void {
  try {
    removeLeftovers(tmpdir());
  } catch {
    // no folder for temporary files: then there is nothing in it
  }
}

/** The words with the flags that npm kept, where it runs the command. */
async function fromNpm(command: CommandSpec, words: readonly string[]): Promise<readonly string[]> {
  const { flagsThatNpmKept } = await import('./npm-flags.ts');
  const kept = await flagsThatNpmKept({ command: command.name, flags: flagsOf(command), words, env: process.env });
  if (kept.length === 0) return words;
  screen(undefined, false).err(noteLine(`${kept.join(', ')} counts, although npm took it for a setting of its own`));
  return [...words, ...kept];
}

/** For a command that writes; a dry run doesn't. */
async function takeTurn(command: CommandSpec, flags: Flags, context: Context): Promise<() => void> {
  const isWriting = command.writes?.(flags) ?? false;
  if (!isWriting || flags.on('dry-run')) return () => {};
  const { takeRepository } = await import('./repository-turn.ts');
  const turn = await takeRepository(command, context);
  context.question = turn.question;
  return () => turn.end();
}

function print(text: string): number {
  screen(undefined, false).out(text);
  return 0;
}

async function report(error: unknown, argv: readonly string[]): Promise<number> {
  const { err } = screen(undefined, false);
  if (isCancelled(error)) {
    err(`${error.message}\n`);
    return error.code;
  }
  if (isUserError(error)) {
    err(errorText(error));
    return error.exitStatus;
  }
  const known = nobodysBug(error);
  if (known !== undefined) {
    err(`error: ${onOneLine(known)}\n`);
    return 2;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const report = 'please report it with the lines below, or with what this prints: pp-connector doctor --report';
  err(`error: this should not have happened, ${report}\n${text}\n`);
  const { rememberError } = await import('../doctor/error-report.ts');
  const [command = '', ...words] = argv;
  rememberError(
    error,
    command,
    words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] ?? ''),
  );
  return 2;
}

/** What the operating system refuses, and what no stack is deep enough for, is said in words. */
function nobodysBug(error: unknown): string | undefined {
  if (isTooDeep(error)) return 'something that was read is nested too deeply, or its references are chained too long';
  const refusal = refusalOf(error);
  if (refusal === undefined || !(error instanceof Error)) return undefined;
  if ('syscall' in error && error.syscall === 'uv_cwd') {
    return 'the current folder is gone, or may not be read; go to another one, or give --cwd with a whole path';
  }
  if ('path' in error) return `${String(error.path)}: ${refusal}`;
  return 'syscall' in error ? `${refusal} (${String(error.syscall)})` : refusal;
}
