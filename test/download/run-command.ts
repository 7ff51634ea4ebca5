import { type Context, Flags } from '../../src/cli/command.ts';
import { command as build } from '../../src/cli/commands/build.ts';
import { command as deploy } from '../../src/cli/commands/deploy.ts';
import { command as download, runDownload } from '../../src/cli/commands/download.ts';
import type { PromptChoice, Prompts } from '../../src/cli/prompts.ts';
import { isUserError } from '../../src/errors.ts';

export interface CommandRun {
  status: number;
  out: string;
  err: string;
}

/** A question that the command asked. */
export interface Asked {
  message: string;
  choices: readonly PromptChoice[];
}

export interface RunOptions {
  flags?: Readonly<Record<string, string | boolean>>;
  format?: 'json' | 'text';
  /** Answers the questions of a terminal; without it nothing may be asked. */
  answers?: (question: Asked) => string;
}

const commands = { build, deploy, download };

/** Runs a command in this process, as the command line does; users' mistakes become exit status and stderr. */
export async function runCommand(
  name: keyof typeof commands,
  cwd: string,
  { flags = {}, format = 'text', answers }: RunOptions = {},
): Promise<CommandRun> {
  const command = commands[name];
  const run: CommandRun = { status: 0, out: '', err: '' };
  for (const flag of Object.keys(flags))
    if (!command.flags.some((known) => known.name === flag)) throw new Error(`${name} has no flag --${flag}`);
  const context: Context = {
    cwd,
    color: false,
    interactive: answers !== undefined,
    format,
    out: (text) => {
      run.out += text;
    },
    err: (text) => {
      run.err += text;
    },
  };
  try {
    run.status =
      name === 'download'
        ? await runDownload(context, new Flags(flags), promptsOf(answers))
        : await command.run(context, [], new Flags(flags));
  } catch (error) {
    if (!isUserError(error)) throw error;
    run.status = error.exitStatus;
    run.err += `error: ${error.message}\n  ${error.hint ?? ''}\n`;
  }
  return run;
}

const promptsOf = (answers: RunOptions['answers']): Prompts => ({
  one: async (message, choices) => {
    if (answers === undefined) throw new Error(`asked without a terminal: ${message}`);
    return answers({ message, choices });
  },
  many: async () => {
    throw new Error('download asks for one answer at a time');
  },
});
