import type { Context } from '../../src/cli/command.ts';
import { isUserError } from '../../src/errors.ts';
import type { CliResult } from './cli.ts';

export interface Surroundings {
  cwd: string;
  format?: string | undefined;
  /** Whether somebody sits at a terminal. */
  interactive?: boolean;
}

/** Runs a command on the sources, without a process of its own; users' mistakes end up on stderr, as in main. */
export async function inProcess(
  { cwd, format, interactive = false }: Surroundings,
  run: (context: Context) => number | Promise<number>,
): Promise<CliResult & { status: number }> {
  const result = { status: 2, stdout: '', stderr: '' };
  const context: Context = {
    cwd,
    color: false,
    interactive,
    format,
    question: (ask) => ask(),
    out: (text) => {
      result.stdout += text;
    },
    err: (text) => {
      result.stderr += text;
    },
  };
  try {
    result.status = await run(context);
  } catch (error) {
    if (!isUserError(error)) throw error;
    result.status = error.exitStatus;
    result.stderr += `error: ${error.message}\n  ${error.hint ?? ''}\n`;
  }
  return result;
}
