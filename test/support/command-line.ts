import { parseArguments } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { type GeneratorId, generate } from './generators.ts';

/** Commands that are generators; each runs in this process, which takes a tenth of the time. */
const generators: Readonly<Record<string, GeneratorId>> = {
  new: 'app',
  oauth: 'oauth',
  operation: 'operation',
  policy: 'policy',
  readme: 'readme',
  workspace: 'workspace',
};

/**
 * Runs a line as a user types it, such as `pp-connector oauth --auth basic`, in this process; nobody is asked.
 *
 * @returns what was said and printed
 */
export async function runLine(line: string, cwd: string): Promise<string> {
  const [program, name = '', ...words] = splitCommandLine(line);
  const id = generators[name];
  const command = await commands[name]?.load();
  if (program !== 'pp-connector' || id === undefined || command === undefined) {
    throw new Error(`${line}: is not a line that can run here`);
  }
  const { flags, positionals } = parseArguments(command, words);
  const { cwd: _, yes: __, 'no-color': ___, 'non-interactive': ____, 'dry-run': dryRun, ...given } = flags.given();
  const folder = id === 'app' ? { folder: positionals[0] ?? '.', toolSpec: '^0.1.0' } : {};
  const all = { ...folder, ...given, ...(dryRun === true ? { dryRun } : {}) };
  const { log, output } = await generate(id, { cwd, words: positionals, flags: all });
  return `${log}\n${output}`;
}
