import { authenticationQuestions } from './authentication.ts';
import type { Questions } from './question.ts';

const { keyName, ...others } = authenticationQuestions;

/** What `oauth` asks; the key's name is simply `--name` here. */
export const oauthQuestions = {
  answers: {
    type: 'input',
    message: '',
    help: 'take answers from a YAML or JSON file, one per flag',
    value: 'FILE',
    flagOnly: true,
  },
  auth: others.auth,
  in: others.in,
  name: keyName,
  prefix: others.prefix,
  authorizationUrl: others.authorizationUrl,
  tokenUrl: others.tokenUrl,
  refreshUrl: others.refreshUrl,
  scope: others.scope,
  clientId: others.clientId,
  tenantId: others.tenantId,
  resourceUri: others.resourceUri,
} as const satisfies Questions;
