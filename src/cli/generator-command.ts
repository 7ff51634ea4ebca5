import { createRequire } from 'node:module';
import { join } from 'node:path';
import { omit } from '../omit.ts';
import { kebabCase, type Questions } from '../repository/questions/question.ts';
import { packageRoot } from '../templates.ts';
import type { Context, FlagSpec, Flags } from './command.ts';

/** Flags that every generator has. */
const commonFlags: readonly FlagSpec[] = [
  { name: 'dry-run', description: 'show what would change, write nothing' },
  { name: 'force', description: 'replace files that were edited, too' },
];

/** The rows of a table of questions as flags. */
export const rowsAsFlags = (questions: Questions): FlagSpec[] =>
  Object.entries(questions).map(([name, { type, help, value, choices, many }]) => ({
    name: kebabCase(name),
    description: type === 'checkbox' && choices ? `${help}: ${choices.join('; ')}` : help,
    ...(type === 'confirm' ? {} : { value: value ?? 'VALUE' }),
    // several choices in one value are checked by the question
    ...(choices === undefined || type === 'checkbox' ? {} : { choices }),
    ...(many ? { many } : {}),
  }));

/** The flags of a generator. */
export const flagsOfQuestions = (questions: Questions): FlagSpec[] => [...rowsAsFlags(questions), ...commonFlags];

/** What was said by flags: answers, and how to write. */
export function saidBy(flags: Flags): {
  answers: Record<string, unknown>;
  dryRun: boolean;
  force: boolean;
  allowOutside: boolean;
} {
  const { 'allow-outside': allowOutside, 'dry-run': dryRun, force, ...given } = flags.given();
  return {
    answers: omit(given, 'cwd', 'no-color', 'yes', 'non-interactive', 'all', 'changed'),
    dryRun: dryRun === true,
    force: force === true,
    allowOutside: allowOutside === true,
  };
}

/** Runs a generator with the flags as given; questions are asked when the command line may ask. */
export async function generate(
  name: string,
  context: Context,
  flags: Flags,
  positionals: Readonly<Record<string, string | undefined>> = {},
): Promise<number> {
  const { answers, ...ways } = saidBy(flags);
  // a bundle of its own, by its path: Yeoman is loaded only here
  const { runGenerator } = createRequire(environmentFile())(environmentFile()) as typeof import('./environment.ts');
  await runGenerator(name, context.cwd, { ...answers, ...positionals, interactive: context.interactive, ...ways });
  return 0;
}

const environmentFile = (): string => join(packageRoot, 'dist', 'environment.cjs');
