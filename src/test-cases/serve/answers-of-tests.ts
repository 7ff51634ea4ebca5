import { asArray } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import type { Incoming } from '../../runtime/send.ts';
import { answersFor } from '../answers.ts';
import type { GivenAnswer, TestFile } from '../model.ts';

/** The answers that files of tests take from recordings, by operation in lower case, in the order of the tests. */
export function answersOfTests(files: readonly TestFile[], root: string): Map<string, Incoming[]> {
  return collect(files, (given, path) => given.filter(isRecording).flatMap((name) => answersFor(name, path, root)));
}

/** All answers that files of tests give, those of recordings first; what can't be read is left out. */
export function givenAnswersOfTests(files: readonly TestFile[], root: string): Map<string, Incoming[]> {
  const readable = (one: GivenAnswer, path: string): Incoming[] => {
    try {
      return answersFor(one, path, root);
    } catch (error) {
      if (!isUserError(error)) throw error;
      return [];
    }
  };
  return collect(files, (given, path) =>
    [...given.filter(isRecording), ...given.filter((one) => !isRecording(one))].flatMap((one) => readable(one, path)),
  );
}

function collect(
  files: readonly TestFile[],
  answersIn: (given: readonly GivenAnswer[], path: string) => Incoming[],
): Map<string, Incoming[]> {
  const found = new Map<string, Incoming[]>();
  for (const { path, operation, cases } of files) {
    const scenes = cases.flatMap((test) => [test, ...(test.steps ?? [])]);
    const given = scenes.flatMap(({ api }): GivenAnswer[] =>
      api === undefined ? [] : Array.isArray(api) ? (asArray(api) as GivenAnswer[]) : [api as GivenAnswer],
    );
    const answers = answersIn(given, path);
    const key = operation.toLowerCase();
    if (answers.length > 0) found.set(key, [...(found.get(key) ?? []), ...answers]);
  }
  return found;
}

const isRecording = (given: GivenAnswer): given is string => typeof given === 'string';
