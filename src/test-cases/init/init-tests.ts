import { join } from 'node:path';
import { asArray, asString, getOwn } from '../../connector/json/value.ts';
import { testsFolder } from '../../connector/test-files.ts';
import { isUserError } from '../../errors.ts';
import { whyNotPortable } from '../../files/portable-names.ts';
import type { RunContext } from '../case-options.ts';
import type { TestFile } from '../model.ts';
import type { Subject } from '../subject.ts';
import { dynamicUses } from './dynamic-values.ts';
import { type PlannedCases, type Planning, planCases } from './plan-cases.ts';
import { planCodeCases } from './plan-code-cases.ts';
import { newFile, withCases } from './write-cases.ts';

/** A file of tests that is there, with its text. */
export interface ExistingFile {
  file: TestFile;
  text: string;
}

export interface PlannedTests {
  /** Absolute path → text, of new and of changed files. */
  files: Map<string, string>;
  /** How many cases are new. */
  added: number;
  /** Files whose operation is no longer there. */
  orphans: TestFile[];
  /** What could not be tested, in words. */
  notes: string[];
  /** Those of the files that hold what the code of the connector did: only somebody who runs it can renew them. */
  byCode: Set<string>;
}

export interface InitOptions {
  /** Only of this one. */
  operation?: string | undefined;
  /** What runs the code of the connector; without it nothing is known of what the code sends. */
  code?: RunContext['code'];
}

/**
 * Tests of everything that the connector promises. What is there stays as it is: cases are known by their names.
 */
export async function planTests(
  subject: Subject,
  existing: readonly ExistingFile[],
  { operation, code }: InitOptions = {},
): Promise<PlannedTests> {
  const ids = subject.operationIds;
  const known = new Set(ids.map((id) => id.toLowerCase()));
  const result: PlannedTests = {
    files: new Map(),
    added: 0,
    orphans: existing.map(({ file }) => file).filter((file) => !known.has(file.operation.toLowerCase())),
    notes: [],
    byCode: new Set(),
  };
  const planning: Planning = { subject, uses: dynamicUses(subject.definition), shown: new Set(), code };
  const paths = pathsOf(ids, subject.root);
  for (const [index, id] of ids.entries()) {
    if (operation !== undefined && operation !== id) continue;
    await addOperation(id, paths[index] ?? '', { planning, existing, result });
  }
  if (operation === undefined) result.notes.push(...idlePolicies(planning));
  return result;
}

/** Policies whose effect no generated case shows. */
function idlePolicies({ subject, shown }: Planning): string[] {
  return asArray(getOwn(subject.inner, 'policyTemplateInstances')).flatMap((policy, index) => {
    if (shown.has(index)) return [];
    const title = asString(getOwn(policy, 'title')) ?? '';
    return [
      `policy ${index} (${title || asString(getOwn(policy, 'templateId')) || 'without template'}) changes nothing in any generated test`,
    ];
  });
}

interface Progress {
  planning: Planning;
  existing: readonly ExistingFile[];
  result: PlannedTests;
}

async function addOperation(id: string, path: string, { planning, existing, result }: Progress): Promise<void> {
  const mine = existing.filter(({ file }) => file.operation.toLowerCase() === id.toLowerCase());
  const target = mine[0]?.file.path ?? path;
  const { cases, notes, isByCode } = await plan(id, target, planning);
  result.notes.push(...notes);
  const names = new Set(mine.flatMap(({ file }) => file.cases.map(({ name }) => name)));
  const added = cases.filter(({ name }) => !names.has(name));
  if (added.length === 0) return;
  result.added += added.length;
  const text = mine[0] === undefined ? newFile(id, added) : withCases(mine[0].text, added);
  result.files.set(target, text);
  if (isByCode === true) result.byCode.add(target);
}

/** An operation that can't be run at all has no tests, and a note. */
async function plan(id: string, path: string, planning: Planning): Promise<PlannedCases & { isByCode?: boolean }> {
  const { subject, code } = planning;
  const operation = subject.operation(id);
  const only = (note: string): PlannedCases => ({
    cases: planCodeCases(operation, subject),
    notes: [`${id} is run by script.csx: its tests promise only what a flow gets; ${note}`],
  });
  try {
    if (!subject.hasCode(id)) return await planCases(operation, path, planning);
    if (code === undefined) return only('add what is sent');
    const runner = await code();
    if (runner !== undefined && 'missing' in runner) return only(`what is sent is not known here: ${runner.missing}`);
    const { cases, notes } = await planCases(operation, path, planning);
    return { cases, notes, isByCode: cases.length > 0 };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { cases: [], notes: [`${id}: ${error.message}`] };
  }
}

/** A name for the file of each operation, which every system takes; ids that differ in capitals only have a number. */
function pathsOf(ids: readonly string[], root: string): string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const plain = id.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 80) || 'operation';
    const base = whyNotPortable(plain) === undefined ? plain : `${plain}-operation`;
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    return join(root, testsFolder, `${name}.test.yaml`);
  });
}
