import type { Answer, Answers } from '../../answers.ts';
import { authenticationKinds, rareKinds } from '../../authentication/kinds.ts';
import { hasSampleDescription } from '../../connector/sample.ts';
import { withDefaults } from '../questions/accept.ts';
import { connectorQuestions } from '../questions/app.ts';
import { authenticationQuestions, fromAuthentication } from '../questions/authentication.ts';
import { type KeptQuestions, type RepositoryFiles, readAnswersOf, withoutOpenAnswers } from '../questions/homes.ts';
import type { Questions } from '../questions/question.ts';
import { recogniseSignIn } from '../questions/sign-in-home.ts';
import { isOurs, type StartingPoint } from '../starting-point.ts';

/** What is known about a connector before anybody is asked about it. */
export interface Known {
  /** The answers that somebody gave, as they are meant: the name of a security scheme is no kind. */
  given: Record<string, Answer>;
  /** The questions that are open. */
  questions: Questions;
  facts: Answers;
  /** What of the facts isn't in the connector's files. */
  said: Answers;
  /** What the answers would be if nobody had said anything; undefined where the files don't tell how to sign in. */
  unasked: Answers | undefined;
}

/**
 * @param first the answers about the starting point
 * @param common those of the connectors around it
 * @param isAsking somebody will be asked
 */
export function whatIsKnown(
  start: StartingPoint,
  repository: RepositoryFiles,
  {
    given: wished,
    first,
    common,
    isAsking,
  }: { given: Readonly<Record<string, Answer>>; first: Answers; common: Answers; isAsking: boolean },
): Known {
  const { draft } = repository;
  const recognised = recogniseSignIn(draft).method;
  const given = withKind(wished, start, recognised?.kind);
  // an authentication that the questions can't express is the author's, unless a flag says otherwise
  const asked = recognised === undefined && given.auth === undefined ? withoutAuthentication : connectorQuestions;
  const isAuthors = !isOurs(start) && !isAsking;
  const facts = {
    ...first,
    ...common,
    describesSample: start.origin === 'sample' || hasSampleDescription(draft.definition),
    ...readAnswersOf(connectorQuestions, repository),
    ...(recognised === undefined ? {} : fromAuthentication(recognised)),
    ...start.proposed,
  };
  return {
    given,
    questions: isAuthors ? withoutOpenAnswers(asked, draft, start.origin === 'import') : asked,
    facts,
    said: { ...common, ...start.proposed },
    // what the files leave open has a default in the questions, which is not a wish of anybody's
    unasked: recognised === undefined ? undefined : withDefaults(connectorQuestions, facts),
  };
}

/** The name of a security scheme has had its effect; who has chosen one isn't asked for the kind of it again. */
function withKind(
  { auth, ...rest }: Readonly<Record<string, Answer>>,
  start: StartingPoint,
  recognised: string | undefined,
): Record<string, Answer> {
  const kind = isKind(auth) ? auth : start.choseSignIn ? recognised : undefined;
  if (kind !== undefined) return { ...rest, auth: kind };
  return auth === undefined || start.origin === 'import' ? rest : { ...rest, auth };
}

/** Whether a value of `--auth` is a kind, and not a security scheme of the description. */
const isKind = (value: Answer | undefined): boolean =>
  [...authenticationKinds, ...rareKinds].some((kind) => kind === value);

const withoutAuthentication: KeptQuestions = Object.fromEntries(
  Object.entries(connectorQuestions).filter(([name]) => !Object.hasOwn(authenticationQuestions, name)),
);
