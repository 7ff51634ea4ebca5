import { dirname, join } from 'node:path';
import type { Json } from '../connector/json/value.ts';
import { counted } from '../counted.ts';
import { isUserError, UserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { readTextWithin } from '../files/read.ts';
import { writeFiles } from '../files/write.ts';
import { noteLine, onOneLine } from '../shown.ts';
import type { RunContext } from '../test-cases/case-options.ts';
import { type CaseChange, withValues } from '../test-cases/change-cases.ts';
import type { TestFile } from '../test-cases/model.ts';
import { type RecordedCase, recordCase } from '../test-cases/record/record-cases.ts';
import { renewedCase } from '../test-cases/renew-case.ts';
import type { Subject } from '../test-cases/subject.ts';
import type { Context, Flags } from './command.ts';
import { realApi } from './real-api.ts';

/** `--update` and `--record`: what changes files of tests. */

export interface TestChange {
  subject: Subject;
  files: readonly TestFile[];
  /** Only the tests of this one. */
  operation: string | undefined;
  context: RunContext;
}

const wantedOf = ({ files, operation }: TestChange): TestFile[] =>
  files.filter((file) => operation === undefined || file.operation.toLowerCase() === operation.toLowerCase());

/** Takes what the connector does now for what is expected. @returns the exit status */
export async function updateTests(change: TestChange, context: Context): Promise<number> {
  const changed = new Map<string, string>();
  let count = 0;
  for (const file of wantedOf(change)) {
    const changes: CaseChange[] = [];
    for (const index of file.cases.keys()) {
      const renewed = await renewedCase(file, index, change.context);
      if (renewed === undefined) continue;
      if ('reason' in renewed)
        context.err(noteLine(`${file.operation}: ${file.cases[index]?.name}: ${renewed.reason}`));
      else changes.push(renewed);
    }
    count += changes.length;
    if (changes.length > 0) changed.set(file.path, withValues(readTextWithin(change.subject.root, file.path), changes));
  }
  writeFiles(changed, { root: change.subject.root });
  say(changed.keys(), context);
  context.out(
    count === 0
      ? 'Nothing has to change.\n'
      : `${counted(count, 'test')} expects what happens now. Read the difference.\n`,
  );
  return 0;
}

/** Asks the real API. @returns the exit status: 1 where it was not asked for every case */
export async function recordTests(change: TestChange, context: Context, flags: Flags): Promise<number> {
  const { subject } = change;
  const freeze = flags.text('freeze');
  if (freeze !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(freeze)) {
    throw new UserError(`--freeze ${freeze}: is not a date`, { hint: 'write --freeze 2026-01-31' });
  }
  const { live, send } = await realApi(subject, context, flags);
  const run: RunContext = { ...change.context, live };
  const options = { context: run, send, freeze, mayChange: flags.on('yes') };
  const written = new Map<string, string>();
  let asked = 0;
  let left = 0;
  for (const file of wantedOf(change)) {
    const changes: CaseChange[] = [];
    for (const index of file.cases.keys()) {
      const result = await recordedOrReason(file, index, options);
      if ('reason' in result) {
        left += 1;
        context.err(noteLine(`${file.operation}: ${file.cases[index]?.name}: not recorded: ${result.reason}`));
        continue;
      }
      asked += 1;
      for (const [name, text] of result.files) written.set(join(dirname(file.path), ...name.split('/')), text);
      changes.push({
        index,
        values: [
          [['api'], result.api as Json],
          [['expect', 'result'], result.result],
        ],
      });
    }
    if (changes.length > 0) written.set(file.path, withValues(readTextWithin(subject.root, file.path), changes));
  }
  writeFiles(written, { root: subject.root });
  say(written.keys(), context);
  context.out(
    `${counted(asked, 'case')} recorded${left === 0 ? '' : `, ${left} left as they are`}. Read what was written before you commit it.\n`,
  );
  return left === 0 ? 0 : 1;
}

async function recordedOrReason(
  file: TestFile,
  index: number,
  options: Parameters<typeof recordCase>[2],
): Promise<RecordedCase | { reason: string }> {
  try {
    return await recordCase(file, index, options);
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { reason: error.message };
  }
}

function say(paths: Iterable<string>, context: Context): void {
  const cwd = context.shownFrom ?? context.cwd;
  for (const path of paths) context.out(`wrote ${onOneLine(shownPath(path, cwd))}\n`);
}
