import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/package.ts';
import { isUserError } from '../../src/errors.ts';
import type { Finding } from '../../src/validate/run.ts';

export interface Result {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs the command on the sources, without a process of its own; users' mistakes end up on stderr, as in main. */
export async function run(cwd: string, ...words: string[]): Promise<Result> {
  const result = { status: 2, stdout: '', stderr: '' };
  try {
    const { positionals, flags, format } = parseArguments(command, words);
    const context = {
      cwd,
      color: false,
      interactive: false,
      format,
      out: (text: string) => {
        result.stdout += text;
      },
      err: (text: string) => {
        result.stderr += text;
      },
    };
    result.status = await command.run(context, positionals, flags);
  } catch (error) {
    if (!isUserError(error)) throw error;
    result.stderr += `error: ${error.message}\n  ${error.hint}\n`;
  }
  return result;
}

/** The findings of a report in JSON. */
export const findingsOf = ({ stdout }: Result): Finding[] => JSON.parse(stdout).connectors[0].findings;
