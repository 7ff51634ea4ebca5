import type { CredentialFacts } from '../authentication/kind.ts';
import { allKinds } from '../authentication/kinds.ts';
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
  const credentials = allKinds.find(({ id }) => id === signIn.kind)?.credentials;
  if (credentials === undefined) {
    return fieldList(signIn.fields) || `Ask the administrator of ${service} how connections are made.`;
  }
  const { introduction, steps = [], explained = [], list } = credentials(credentialFacts(signIn, service));
  const rest = signIn.fields.filter(({ name }) => !explained.includes(name));
  return blocksOfText(
    introduction,
    steps.length === 0 ? '' : numberedList([...steps]),
    list === 'others' ? otherFields(rest) : fieldList(rest),
  );
}

function credentialFacts({ key, fields, tokenUrl, by, scopes }: SignInFacts, service: string): CredentialFacts {
  // the platform takes the key from the parameter of this name (docs/reference/authentication.md#api-key)
  const field = fields.find(({ name }) => name === 'api_key') ?? fields[0];
  return {
    service,
    keyField: { name: field?.name ?? '', label: inline(field?.label ?? 'API Key') },
    key:
      key === undefined
        ? undefined
        : {
            place: key.in === 'query' ? 'query parameter' : 'header',
            name: code(key.name),
            prefix: key.prefix === '' ? '' : code(key.prefix),
          },
    tokenUrl: tokenUrl === '' ? '' : code(tokenUrl),
    by,
    scopes: enumerate(scopes.map(code)),
  };
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
