import type { DocumentFacts } from './facts.ts';
import { blocksOfText, bulletList, code, enumerate, inline, numberedList, paragraph } from './markdown.ts';
import { registrationSteps } from './registration-steps.ts';
import type { CredentialField, SignInFacts } from './sign-in-facts.ts';

/** How somebody gets what a connection asks for. For the readme also how the application behind OAuth 2.0 is made. */
export function credentialsText(facts: DocumentFacts, audience: 'publisher' | 'user'): string {
  const [only] = facts.signIns;
  if (facts.signIns.length === 1 && only !== undefined) return signInText(only, facts, audience);
  const parts = facts.signIns.map((signIn) =>
    blocksOfText(
      `### ${inline(signIn.name) || 'Another way to sign in'}`,
      paragraph(signIn.description),
      signInText(signIn, facts, audience),
    ),
  );
  return blocksOfText('A connection is made in one of these ways; the form asks which.', ...parts);
}

/** Whether anybody has to get credentials at all. */
export const needsCredentials = (facts: DocumentFacts): boolean =>
  facts.signIns.some((signIn) => signIn.kind !== 'none' || signIn.fields.length > 0);

function signInText(signIn: SignInFacts, facts: DocumentFacts, audience: 'publisher' | 'user'): string {
  const service = inline(facts.service);
  if (signIn.oauth !== undefined) return oauthText(signIn, facts, audience);
  switch (signIn.kind) {
    case 'none':
      return blocksOfText('The connector needs no credentials.', otherFields(signIn.fields));
    case 'api-key':
      return apiKeyText(signIn, service);
    case 'basic':
      return blocksOfText(
        `The connector signs in with the user name and the password of an account with ${service}. ` +
          'An account of its own, with no more rights than its operations need, is safer than that of a person.',
        fieldList(signIn.fields),
      );
    case 'client-credentials':
      return clientCredentialsText(signIn, service);
    case 'gateway':
      return gatewayText(signIn, service);
    default:
      return fieldList(signIn.fields) || `Ask the administrator of ${service} how connections are made.`;
  }
}

function apiKeyText({ key, fields }: SignInFacts, service: string): string {
  // the platform takes the key from the parameter of this name (docs/reference/authentication.md#api-key)
  const field = fields.find(({ name }) => name === 'api_key') ?? fields[0];
  const others = fields.filter((other) => other !== field);
  const label = inline(field?.label ?? 'API Key');
  const sent =
    key === undefined
      ? ''
      : ` It is sent in the ${key.in === 'query' ? 'query parameter' : 'header'} ${code(key.name)}.`;
  const prefix = key?.prefix ? ` Leave out the word ${code(key.prefix)}: the connector adds it.` : '';
  return blocksOfText(
    `${service} knows the connector by an API key.`,
    numberedList([
      `Sign in to ${service} and open the page of your account or organisation where API keys are managed.`,
      'Create a key with no more rights than the operations need, and copy it. Many services show a key only once.',
      `Create a connection and enter the key as **${label}**.${prefix}${sent}`,
    ]),
    otherFields(others),
  );
}

function gatewayText({ fields }: SignInFacts, service: string): string {
  return blocksOfText(
    `The connector reaches ${service} through the on-premises data gateway.`,
    numberedList([
      `Install the on-premises data gateway on a computer that can reach ${service}, and register it with your environment.`,
      'Create a connection and choose the gateway.',
    ]),
    fieldList(fields.filter(({ name }) => name !== 'authType')),
  );
}

function clientCredentialsText({ fields, tokenUrl, scopes }: SignInFacts, service: string): string {
  const rights =
    scopes.length === 0 ? 'the rights that the operations need' : `the scopes ${enumerate(scopes.map(code))}`;
  const source = tokenUrl === '' ? '' : ` at ${code(tokenUrl)}`;
  return blocksOfText(
    `A connection uses an application that is registered with ${service} (OAuth 2.0, client credentials): nobody signs in, ` +
      `and all users of the connection act as that application. The connector asks for a token${source} by itself.`,
    numberedList([
      `Sign in to the developer or administration pages of ${service} with an account that may register applications.`,
      'Register an application that may use the client credentials grant.',
      `Give it ${rights}.`,
      'Create a secret for it. Copy the client ID and the secret.',
      'Create a connection and enter both.',
    ]),
    fieldList(fields),
  );
}

function oauthText(signIn: SignInFacts, facts: DocumentFacts, audience: 'publisher' | 'user'): string {
  const service = inline(facts.service);
  const isEntra = signIn.kind === 'entra';
  const registrar = isEntra ? 'Microsoft Entra ID' : (signIn.oauth?.vendor?.vendor ?? service);
  const account = isEntra ? ', with the Microsoft Entra ID account of your organisation' : '';
  const signingIn =
    `You sign in to ${service} while you create a connection (OAuth 2.0)${account}. ` +
    'Flows and apps then act in your name.';
  if (signIn.ownApplication) {
    return blocksOfText(
      signingIn,
      `Every connection brings an application of its own that is registered with ${registrar}:`,
      registrationSteps(signIn, facts, 'connection'),
      fieldList(signIn.fields),
    );
  }
  if (audience === 'user') {
    return blocksOfText(
      signingIn,
      'Your administrator may have to allow the connector before you can sign in for the first time.',
      otherFields(signIn.fields),
    );
  }
  return blocksOfText(
    signingIn,
    otherFields(signIn.fields),
    `The connector itself needs an application that is registered with ${registrar}, once:`,
    registrationSteps(signIn, facts, 'connector'),
  );
}

function fieldList(fields: readonly CredentialField[]): string {
  if (fields.length === 0) return '';
  return blocksOfText('A connection asks for:', rowsOf(fields));
}

function otherFields(fields: readonly CredentialField[]): string {
  if (fields.length === 0) return '';
  return blocksOfText('A connection also asks for:', rowsOf(fields));
}

const rowsOf = (fields: readonly CredentialField[]): string =>
  bulletList(
    fields.map(
      ({ label, description, required }) =>
        `**${inline(label)}**${required ? '' : ' (optional)'}${description === '' ? '' : `: ${inline(description)}`}`,
    ),
  );
