import { Flags } from '../../src/cli/command.ts';
import { command as build } from '../../src/cli/commands/build.ts';
import { command as deploy } from '../../src/cli/commands/deploy.ts';
import { command as download, runDownload } from '../../src/cli/commands/download.ts';
import type { PromptChoice, Prompts } from '../../src/repository/questions/prompts.ts';
import { inProcess } from '../support/in-process.ts';

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

/** Runs a command in this process, as the command line does. */
export async function runCommand(
  name: keyof typeof commands,
  cwd: string,
  { flags = {}, format = 'text', answers }: RunOptions = {},
): Promise<CommandRun> {
  const command = commands[name];
  for (const flag of Object.keys(flags))
    if (!command.flags.some((known) => known.name === flag)) throw new Error(`${name} has no flag --${flag}`);
  const { status, stdout, stderr } = await inProcess({ cwd, format, interactive: answers !== undefined }, (context) =>
    name === 'download'
      ? runDownload(context, new Flags(flags), promptsOf(answers))
      : command.run(context, [], new Flags(flags)),
  );
  return { status, out: stdout, err: stderr };
}

const promptsOf = (answers: RunOptions['answers']): Prompts => ({
  one: async (message, choices) => {
    if (answers === undefined) throw new Error(`asked without a terminal: ${message}`);
    return answers({ message, choices });
  },
  many: async () => {
    throw new Error('download asks for one answer at a time');
  },
  text: async () => {
    throw new Error('download asks for no text');
  },
});
