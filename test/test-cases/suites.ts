import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import type { CaseResult } from '../../src/test-cases/model.ts';
import { readTestFile } from '../../src/test-cases/read-test-file.ts';
import { runTestFiles, type TestReport } from '../../src/test-cases/run-files.ts';
import { Subject } from '../../src/test-cases/subject.ts';
import { type Case, definitionOf } from '../runtime/runs.ts';
import { connectorOf } from '../support/connectors.ts';

/** Tests of connectors that exist in memory only; the operation is called `Op`. */

export const subjectOf = (wanted: Case, script?: string): Subject =>
  new Subject(
    connectorOf({
      definition: definitionOf(wanted),
      properties: { properties: asObject({ ...wanted.properties, policyTemplateInstances: wanted.policies ?? [] }) },
      ...(script === undefined ? {} : { script }),
    }),
  );

export async function runText(subject: Subject, text: string): Promise<TestReport> {
  const { file, problems } = readTestFile(text, '/repository/tests/Op.test.yaml');
  if (file === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return runTestFiles([file], { subject });
}

/** Runs one case; JSON is YAML. */
export async function runOne(wanted: Case, test: JsonObject): Promise<CaseResult> {
  const text = JSON.stringify({ operation: 'Op', cases: [{ name: 'case', ...test }] });
  const report = await runText(subjectOf(wanted), text);
  const [result] = report.files.flatMap(({ cases }) => cases);
  if (result === undefined) throw new Error('there is no result');
  return result;
}
