import { repositoryNames } from '../../src/connector/find.ts';
import type { Profile } from '../../src/connector/profile.ts';
import type { FileRole } from '../../src/connector/source-file.ts';
import type { Example } from '../../src/rules/engine/rule.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';

/** The example connector as a repository on disk, and our generators in it. */

export function exampleRepository(example: Omit<Example, 'name'> = {}): string {
  const connector = exampleConnector(example);
  const files: Record<string, Buffer> = {};
  for (const role of Object.keys(repositoryNames) as FileRole[]) {
    const file = connector[role];
    if (file !== undefined) files[repositoryNames[role]] = file.bytes;
  }
  return writeTree(temporaryFolder(), files);
}

export interface Run {
  flags: Record<string, unknown>;
  answers?: Record<string, unknown>;
}

/** Runs a generator to its end. @returns what was said, and what was printed as the result */
export async function runIn(cwd: string, id: 'operation' | 'policy', run: Run): Promise<string> {
  const { log, output } = await generate(id, { cwd, ...run });
  return [log, output].join('\n');
}

export const operation = (cwd: string, flags: Record<string, unknown>, answers?: Record<string, unknown>) =>
  runIn(cwd, 'operation', answers === undefined ? { flags } : { flags, answers });

export const policy = (cwd: string, flags: Record<string, unknown>, answers?: Record<string, unknown>) =>
  runIn(cwd, 'policy', answers === undefined ? { flags } : { flags, answers });

/** The error of a run that must fail, message and hint. */
export async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return [error.message, (error as { hint?: string }).hint].join('\n');
  }
  throw new Error('it should have failed');
}

/** Findings of some severity, one line each. */
export async function findings(
  cwd: string,
  profile: Profile,
  severities: readonly string[] = ['error'],
): Promise<string[]> {
  const report = await validatePath(cwd, { cwd, profile });
  return report.findings
    .filter((finding) => severities.includes(finding.severity))
    .map((finding) => `${finding.rule} ${finding.file}${finding.pointer ?? ''}: ${finding.message}`);
}
