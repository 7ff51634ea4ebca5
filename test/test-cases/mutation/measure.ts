import type { JsonObject } from '../../../src/connector/json/value.ts';
import { isUserError } from '../../../src/errors.ts';
import { planTests } from '../../../src/test-cases/init/init-tests.ts';
import type { TestFile } from '../../../src/test-cases/model.ts';
import { readTestFile } from '../../../src/test-cases/read-test-file.ts';
import { runCase } from '../../../src/test-cases/run-case.ts';
import { Subject } from '../../../src/test-cases/subject.ts';
import { connectorOf } from '../../support/connectors.ts';
import type { Change, Files, Part } from './change.ts';
import { changed, changesOf } from './changes.ts';
import { type Code, isRefused, isSame, type Sight, type Situation, sightOf, situationsOf } from './effects.ts';
import { randomOf } from './random.ts';

/** How many of the changes that can be noticed the generated tests notice. */

export interface Measured {
  connector: string;
  part: Part;
  kind: string;
  at: string;
  /** Otherwise no test fails although something is sent or answered in another way. */
  isCaught: boolean;
  /** Where it can be noticed. */
  operationId: string;
  before: Sight;
  after: Sight;
}

export interface MeasureOptions {
  seed: string;
  /** Of each part, those with an effect. */
  most: number;
  /** Random situations of each operation. */
  situations: number;
  /** What runs the code of a connector with this text. */
  codeOf?: (script: string) => Code;
  parts?: readonly Part[];
}

const subjectOf = ({ definition, inner, script }: Files): Subject =>
  new Subject(
    connectorOf({
      definition,
      properties: { properties: inner } as JsonObject,
      ...(script === undefined ? {} : { script }),
    }),
  );

interface Tested {
  name: string;
  files: Files;
  tests: TestFile[];
  situations: { situation: Situation; before: Sight }[];
}

/** @returns one entry for each change that has an effect */
export async function measure(name: string, files: Files, options: MeasureOptions): Promise<Measured[]> {
  const { seed, codeOf } = options;
  const subject = subjectOf(files);
  const code = files.script === undefined ? undefined : codeOf?.(files.script);
  const { files: written } = await planTests(subject, [], { code });
  const tests = [...written].map(([path, text]) => {
    const { file } = readTestFile(text, path);
    if (file === undefined) throw new Error(`${path} can't be read`);
    return file;
  });
  const situations: Tested['situations'] = [];
  for (const id of subject.operationIds) {
    for (const situation of situationsOf(subject, id, options.situations, seed)) {
      const before = await sightOf(subject, situation, code);
      // what it refuses itself promises nothing
      if (!isRefused(before)) situations.push({ situation, before });
    }
  }
  const tested = { name, files, tests, situations };
  const result: Measured[] = [];
  for (const part of options.parts ?? (['definition', 'policies', 'script'] as const)) {
    const random = randomOf(`${seed} ${name} ${part}`);
    let count = 0;
    for (const change of changesOf(files, part, random)) {
      if (count >= options.most) break;
      const measured = await measureChange(tested, change, part, options);
      if (measured === undefined) continue;
      count += 1;
      result.push(measured);
    }
  }
  return result;
}

/** @returns undefined for a change that nobody can notice */
async function measureChange(
  { name, files, tests, situations }: Tested,
  change: Change,
  part: Part,
  { codeOf }: MeasureOptions,
): Promise<Measured | undefined> {
  let subject: Subject;
  const copy = changed(files, change);
  try {
    subject = subjectOf(copy);
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
  const code = copy.script === undefined ? undefined : codeOf?.(copy.script);
  for (const { situation, before } of situations) {
    const after = await sightOf(subject, situation, code);
    if (isSame(before, after)) continue;
    // nobody can deploy what doesn't compile
    if (part === 'script' && isRefused(after)) return undefined;
    const { kind, at } = change;
    const { operationId } = situation;
    const isCaught = await fails(subject, tests, operationId, code);
    return { connector: name, part, kind, at, isCaught, operationId, before, after };
  }
  return undefined;
}

/** Whether any test fails; first those of the operation where something is different. */
async function fails(subject: Subject, tests: readonly TestFile[], first: string, code: Code): Promise<boolean> {
  const context = { subject, onRun: () => undefined, ...(code === undefined ? {} : { code }) };
  const order = [...tests].sort((a, b) => Number(b.operation === first) - Number(a.operation === first));
  for (const file of order) {
    for (const test of file.cases) if ((await runCase(file, test, context)).outcome === 'failed') return true;
  }
  return false;
}
