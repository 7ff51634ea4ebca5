import { recogniseAuthentication } from '../authentication/recognise.ts';
import { setSignInScript } from '../authentication/set-authentication.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { readTemplate } from '../templates.ts';
import type { ImportResult } from './import-description.ts';

/**
 * The script that signs in with client credentials (`--auth client-credentials`), unless the author has chosen another
 * sign-in since.
 *
 * @returns notes for the author
 */
export function addSignInScript(draft: ConnectorDraft, result: ImportResult): string[] {
  const { kind, method } = recogniseAuthentication(draft.definition, draft.properties);
  const byPolicies = method?.kind === 'client-credentials' && method.by === 'policies';
  const isWanted = result.signsInByScript && kind === 'client-credentials' && !byPolicies;
  return isWanted ? setSignInScript(draft, true, readTemplate('oauth', 'script.csx')) : [];
}
