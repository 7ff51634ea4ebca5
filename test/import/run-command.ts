import { Flags } from '../../src/cli/command.ts';
import { command, runImport } from '../../src/cli/commands/import.ts';
import type { PromptChoice, Prompts } from '../../src/repository/questions/prompts.ts';
import { inProcess } from '../support/in-process.ts';

export interface ImportRun {
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
  flags?: Readonly<Record<string, string | string[] | boolean>>;
  format?: 'json' | 'text';
  /** Answers by a part of the question; questions that are not answered here fail the test. */
  answers?: (question: Asked) => string | string[];
}

/** Runs `import` in this process, as the command line does. */
export async function runImportCommand(
  cwd: string,
  place: string,
  { flags = {}, format = 'text', answers }: RunOptions = {},
): Promise<ImportRun> {
  const known = new Set(command.flags.map(({ name }) => name));
  for (const name of Object.keys(flags)) if (!known.has(name)) throw new Error(`import has no flag --${name}`);
  const { status, stdout, stderr } = await inProcess({ cwd, format, interactive: answers !== undefined }, (context) =>
    runImport(context, place, new Flags(flags), promptsOf(answers)),
  );
  return { status, out: stdout, err: stderr };
}

function promptsOf(answers: RunOptions['answers']): Prompts {
  const ask = (message: string, choices: readonly PromptChoice[]): string[] => {
    if (answers === undefined) throw new Error(`asked without a terminal: ${message}`);
    const answer = answers({ message, choices });
    return Array.isArray(answer) ? answer : [answer];
  };
  return {
    one: async (message, choices) => ask(message, choices)[0] ?? '',
    many: async (message, choices) => ask(message, choices),
    text: async (message) => ask(message, [])[0] ?? '',
  };
}
