import type { Authentication } from '../authentication/authentication.ts';
import { kindOf } from '../authentication/kinds.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { asString, getOwn } from '../connector/json/value.ts';
import { listOperations } from '../connector/operations.ts';
import { counted } from '../counted.ts';
import { onOneLine } from '../shown.ts';
import { recogniseSignIn } from './questions/sign-in-home.ts';

/**
 * What a connector is, in a line: "DocuSeal, 42 operations, API key in X-Auth-Token, at api.docuseal.com".
 *
 * @param proposed how people sign in, where its files don't say it yet
 */
export function describeStart(draft: ConnectorDraft, proposed?: Authentication): string {
  const title = asString(getOwn(draft.info, 'title')) ?? '';
  const host = asString(getOwn(draft.definition, 'host')) ?? '';
  const parts = [
    title,
    counted(listOperations(draft.definition).length, 'operation'),
    signInOf(draft, proposed),
    host === '' ? '' : `at ${host}${(asString(getOwn(draft.definition, 'basePath')) ?? '').replace(/^\/$/, '')}`,
  ];
  return onOneLine(parts.filter((part) => part !== '').join(', '));
}

function signInOf(draft: ConnectorDraft, proposed: Authentication | undefined): string {
  const { kind, method = undefined } =
    proposed === undefined ? recogniseSignIn(draft) : { kind: proposed.kind, method: proposed };
  if (method === undefined) return kind === 'several' ? 'several ways to sign in' : 'a sign-in of its own';
  if (method.kind === 'none') return 'no sign-in';
  if (method.kind !== 'api-key') return kindOf(method).label.replace(/:.*$/s, '');
  return method.in === 'query' ? `API key in the address (${method.name})` : `API key in ${method.name}`;
}
