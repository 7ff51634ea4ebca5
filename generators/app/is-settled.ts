import type { Answers } from '../../src/answers.ts';
import { authenticationQuestions } from '../../src/repository/questions/authentication.ts';
import { problemOf, type Question } from '../../src/repository/questions/question.ts';
import { isOurs, type StartingPoint } from '../../src/repository/starting-point.ts';

interface Case {
  name: string;
  question: Question;
  /** Those before the question. */
  answers: Answers;
  /** What the repository, its neighbours or a command line say. */
  facts: Answers;
  /** What of it isn't in the connector's files. */
  said: Answers;
  start: StartingPoint;
}

/**
 * Whether what was read needs no asking: it is there, and the rules have nothing against it. An API whose description
 * says nothing about signing in may have one all the same.
 */
export function isSettled({ name, question, answers, facts, said, start }: Case): boolean {
  const fact = facts[name];
  const isGood = fact !== undefined && problemOf(question, fact, answers) === undefined;
  if (start.origin === 'existing') return isGood || !question.required;
  if (Object.hasOwn(authenticationQuestions, name) && name !== 'auth') return isGood && answers.auth === facts.auth;
  if (!isGood || typeof fact === 'boolean' || fact.length === 0) return false;
  if (Object.hasOwn(said, name)) return true;
  // what we have made holds examples, where the author hasn't said anything
  if (isOurs(start)) return start.origin === 'curl' && ['host', 'basePath'].includes(name);
  return name !== 'auth' || fact !== 'none';
}
