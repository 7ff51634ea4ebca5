import { type CloudName, clouds } from '../authentication/clouds.ts';
import type { Registration, RegistrationFacts } from '../authentication/kind.ts';
import { allKinds } from '../authentication/kinds.ts';
import { redirectAddress, testRedirectAddress } from '../authentication/redirect-addresses.ts';
import type { DocumentFacts } from './facts.ts';
import { blocksOfText, code, enumerate, inline, numberedList, table } from './markdown.ts';
import type { OAuthFacts, SignInFacts } from './sign-in-facts.ts';

/**
 * How an application for OAuth 2.0 is registered, step by step, and what it is registered with.
 *
 * @param owner whose application it is: the connector's, or that of each connection
 */
export function registrationSteps(
  signIn: SignInFacts,
  facts: DocumentFacts,
  owner: 'connector' | 'connection',
): string {
  const { oauth } = signIn;
  if (oauth === undefined) return '';
  const registration = allKinds.find(({ id }) => id === signIn.kind)?.registration;
  const steps = [
    ...(registration?.steps(registrationFacts(oauth, owner)) ?? providerSteps(oauth, inline(facts.service))),
    ...(owner === 'connector' ? connectorSteps(oauth, facts, registration) : connectionSteps(oauth)),
  ];
  return blocksOfText(
    numberedList(steps),
    settings(oauth, facts, registration !== undefined),
    certificationNote(facts, owner),
  );
}

function providerSteps(oauth: OAuthFacts, service: string): string[] {
  return [
    ...beginning(oauth, service),
    oauth.scopes.length === 0
      ? 'Give it the rights that the operations need.'
      : `Give it the scopes ${enumerate(oauth.scopes.map(code))}.`,
    'Create a client secret. Copy the client ID and the secret.',
  ];
}

/** Where applications are registered: known of the vendors for which there are presets. */
function beginning({ vendor }: OAuthFacts, service: string): string[] {
  if (vendor !== undefined) {
    const { page, application } = vendor.registration;
    return [
      `Sign in to ${vendor.vendor} with an account that may register applications, and open ${code(page)}.`,
      `Register ${application} there.`,
    ];
  }
  return [
    `Sign in to the developer or administration pages of ${service} with an account that may register applications.`,
    'Register a web application that uses the authorization code flow.',
  ];
}

function registrationFacts(oauth: OAuthFacts, owner: 'connector' | 'connection'): RegistrationFacts {
  return {
    portal: entraPortal(oauth.cloud),
    isSingleTenant: oauth.tenantId !== '' && oauth.tenantId !== 'common' && oauth.tenantId !== 'organizations',
    api: oauth.resourceUri === '' ? 'the API' : `the API ${code(oauth.resourceUri)}`,
    scopes: oauth.scopes.length === 0 ? '' : enumerate(oauth.scopes.map(code)),
    onBehalfOf: oauth.onBehalfOf && owner === 'connector',
  };
}

const entraPortal = (cloud: CloudName): string =>
  cloud === 'public'
    ? `the Microsoft Entra admin center (${code(clouds.public.portal)})`
    : `the Azure portal (${code(clouds[cloud].portal)}), go to **Microsoft Entra ID**`;

function connectorSteps(oauth: OAuthFacts, facts: DocumentFacts, registration: Registration | undefined): string[] {
  const address =
    oauth.redirect === 'global' ? `the redirect address ${code(redirectAddress)}` : 'that redirect address';
  const place = registration === undefined ? '' : `, ${registration.redirectPlace}`;
  const reading = oauth.redirect === 'global' ? '' : ' Copy the redirect address that the page shows now.';
  return [
    `Set the environment variables ${code('CONNECTOR_CLIENT_ID')} and ${code('CONNECTOR_CLIENT_SECRET')}, and deploy the connector. Both stay out of the repository: ${code(facts.propertiesPath)} keeps its placeholder.`,
    ...(reading === ''
      ? []
      : [
          `Open the connector in Power Apps or Power Automate (**Custom connectors**, **Edit**, **Security**).${reading}`,
        ]),
    `Add ${address} to the application${place}.`,
    'Create a connection and sign in.',
  ];
}

function connectionSteps(oauth: OAuthFacts): string[] {
  return [
    `Add ${oauth.redirect === 'global' ? `the redirect address ${code(redirectAddress)}` : "the connector's redirect address"} to the application.`,
    'Create a connection, enter the client ID and the secret, and sign in.',
  ];
}

function settings(oauth: OAuthFacts, facts: DocumentFacts, isFixedProvider: boolean): string {
  const rows: [string, string][] = [
    ['Grant type', isFixedProvider ? '' : 'authorization_code'],
    ['Authorization address', oauth.authorizationUrl],
    ['Token address', oauth.tokenUrl],
    ['Refresh address', oauth.refreshUrl === oauth.tokenUrl ? '' : oauth.refreshUrl],
    ['Tenant', isFixedProvider ? oauth.tenantId : ''],
    ['Resource', oauth.resourceUri],
    ['Scopes', oauth.scopes.join(' ')],
    ...redirectRows(oauth, facts.profile !== 'custom'),
  ];
  const filled = rows.filter(([, value]) => value !== '');
  return table(
    ['Setting', 'Value'],
    filled.map(([name, value]) => [name, value === shownInPortal ? value : code(value)]),
  );
}

const shownInPortal = 'as shown on the Security page of the connector';

/** In certification the connector runs on test hosts too. */
function redirectRows(oauth: OAuthFacts, isCertified: boolean): [string, string][] {
  if (oauth.redirect === 'other') return [['Redirect address', shownInPortal]];
  const suffix = oauth.redirect === 'per-connector' ? '/<name>' : '';
  const rows: [string, string][] = [['Redirect address', redirectAddress + suffix]];
  if (isCertified) rows.push(['Redirect address for certification', testRedirectAddress + suffix]);
  return rows;
}

function certificationNote(facts: DocumentFacts, owner: 'connector' | 'connection'): string {
  if (facts.profile !== 'independent' || owner === 'connection') return '';
  return 'Microsoft registers an application by these steps when the connector is certified.';
}
