import { asArray } from '../../connector/json/value.ts';
import type { Incoming } from '../../runtime/send.ts';
import { answersFor } from '../answers.ts';
import type { TestFile } from '../model.ts';

/** The answers that files of tests take from recordings, by operation in lower case, in the order of the tests. */
export function answersOfTests(files: readonly TestFile[], root: string): Map<string, Incoming[]> {
  const found = new Map<string, Incoming[]>();
  for (const { path, operation, cases } of files) {
    const scenes = cases.flatMap((test) => [test, ...(test.steps ?? [])]);
    const named = scenes.flatMap(({ api }) => (Array.isArray(api) ? asArray(api) : [api]).filter(isText));
    const answers = named.flatMap((name) => answersFor(name, path, root));
    const key = operation.toLowerCase();
    if (answers.length > 0) found.set(key, [...(found.get(key) ?? []), ...answers]);
  }
  return found;
}

const isText = (value: unknown): value is string => typeof value === 'string';
