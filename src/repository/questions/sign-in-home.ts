import { oauthConfig, recogniseAuthentication } from '../../authentication/recognise.ts';
import type { ConnectorDraft } from '../../connector/draft.ts';
import { fromAuthentication } from './authentication.ts';
import type { Home } from './homes.ts';
import type { Questions } from './question.ts';

/** How users of a connector sign in, as its files say. */
export const recogniseSignIn = (draft: ConnectorDraft) =>
  recogniseAuthentication(draft.definition, draft.properties, oauthConfig(draft.config));

/** The rows about signing in with their home, which they share: the answers are those that describe the authentication. */
export function withSignInHome<Q extends Questions>(questions: Q): { [Name in keyof Q]: Q[Name] & Home } {
  const rows = Object.entries(questions).map(([name, question]) => {
    const home: Home = {
      read: ({ draft }) => {
        const { method } = recogniseSignIn(draft);
        return method === undefined ? undefined : fromAuthentication(method)[name];
      },
    };
    return [name, { ...question, ...home }];
  });
  return Object.fromEntries(rows);
}
