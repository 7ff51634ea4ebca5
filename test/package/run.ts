import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/package.ts';
import type { Finding } from '../../src/rules/engine/run.ts';
import type { CliResult } from '../support/cli.ts';
import { inProcess } from '../support/in-process.ts';

/** Runs the command on the sources. */
export async function run(cwd: string, ...words: string[]): Promise<CliResult> {
  return inProcess({ cwd }, (context) => {
    const { positionals, flags, format } = parseArguments(command, words);
    return command.run({ ...context, format }, positionals, flags);
  });
}

/** The findings of a report in JSON. */
export const findingsOf = ({ stdout }: CliResult): Finding[] => JSON.parse(stdout).connectors[0].findings;
