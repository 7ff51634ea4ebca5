import { readTextWithin } from '../files/read.ts';
import type { RunContext } from './case-options.ts';
import { type Coverage, CoverageRecord } from './coverage.ts';
import type { FileResult, Outcome, TestFile } from './model.ts';
import { type FileProblem, readTestFile } from './read-test-file.ts';
import { runCase } from './run-case.ts';

export interface TestReport {
  files: FileResult[];
  counts: Record<Outcome, number>;
  coverage: Coverage;
}

/** Runs a case, and tells of its runs. */
export type RunCase = typeof runCase;

/** @returns the files that could be read, and why the others could not */
export function readTestFiles(paths: readonly string[], root: string): { files: TestFile[]; problems: FileProblem[] } {
  const read = paths.map((path) => readTestFile(readTextWithin(root, path), path));
  return {
    files: read.flatMap(({ file }) => (file === undefined ? [] : [file])),
    problems: read.flatMap(({ problems }) => problems ?? []),
  };
}

/**
 * Runs all cases, one after the other: the same report each time.
 *
 * @param operation only the cases of this one
 * @param run how a case is run, if not offline
 */
export async function runTestFiles(
  files: readonly TestFile[],
  context: Omit<RunContext, 'onRun'>,
  operation?: string,
  run: RunCase = runCase,
): Promise<TestReport> {
  const record = new CoverageRecord();
  const wanted = files.filter((file) => operation === undefined || isSame(file.operation, operation));
  const results: FileResult[] = [];
  for (const file of wanted) {
    const cases = [];
    for (const test of file.cases) {
      cases.push(await run(file, test, { ...context, onRun: (of, trace) => record.add(of, trace) }));
    }
    results.push({ path: file.path, cases });
  }
  const all = results.flatMap(({ cases }) => cases);
  const count = (outcome: Outcome): number => all.filter((one) => one.outcome === outcome).length;
  return {
    files: results,
    counts: { passed: count('passed'), failed: count('failed'), skipped: count('skipped') },
    coverage: record.of(context.subject),
  };
}

/** Ids are compared without case, as the service does. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
