import type { TestEvidence } from '../certification/machine-evidence.ts';
import type { Connector } from '../connector/load.ts';
import { existingTestFiles } from '../connector/test-files.ts';
import { isUserError } from '../errors.ts';

/**
 * Runs the tests of a connector, without its code, for `status`.
 *
 * @returns undefined where there are none, or none can be run
 */
export async function testEvidence(connector: Connector): Promise<TestEvidence | undefined> {
  const { root } = connector.location;
  const paths = existingTestFiles(root);
  if (paths.length === 0) return undefined;
  const [{ readTestFiles, runTestFiles }, { Subject }] = await Promise.all([
    import('../test-cases/run-files.ts'),
    import('../test-cases/subject.ts'),
  ]);
  try {
    const subject = new Subject(connector);
    const { files, problems } = readTestFiles(paths, root);
    const { counts, coverage } = await runTestFiles(files, { subject });
    return { failed: counts.failed + problems.length, skipped: counts.skipped, operations: coverage.operations };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
}
