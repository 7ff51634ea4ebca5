import { expect } from 'chai';
import { endpointsOf, issuerOf } from '../../src/authentication/issuers.ts';

/** Discovery document → authorization and token address; undefined: only the document could tell. */
const rows: readonly (readonly [string, string | undefined, string | undefined])[] = [
  [
    'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  ],
  [
    'https://login.microsoftonline.com/contoso.onmicrosoft.com/.well-known/openid-configuration',
    'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/authorize',
    'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token',
  ],
  [
    'https://login.microsoftonline.us/organizations/v2.0',
    'https://login.microsoftonline.us/organizations/oauth2/v2.0/authorize',
    'https://login.microsoftonline.us/organizations/oauth2/v2.0/token',
  ],
  [
    'https://contoso.b2clogin.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_signin',
    'https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize?p=B2C_1_signin',
    'https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/v2.0/token?p=B2C_1_signin',
  ],
  [
    'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration',
    'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize',
    'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/oauth2/v2.0/token',
  ],
  [
    'https://accounts.google.com/.well-known/openid-configuration',
    'https://accounts.google.com/o/oauth2/v2/auth',
    'https://oauth2.googleapis.com/token',
  ],
  [
    'https://contoso.eu.auth0.com/.well-known/openid-configuration',
    'https://contoso.eu.auth0.com/authorize',
    'https://contoso.eu.auth0.com/oauth/token',
  ],
  [
    'https://contoso.okta.com/oauth2/default/.well-known/openid-configuration',
    'https://contoso.okta.com/oauth2/default/v1/authorize',
    'https://contoso.okta.com/oauth2/default/v1/token',
  ],
  [
    'https://contoso.okta.com/.well-known/openid-configuration',
    'https://contoso.okta.com/oauth2/v1/authorize',
    'https://contoso.okta.com/oauth2/v1/token',
  ],
  [
    'https://id.contoso.com/auth/realms/orders/.well-known/openid-configuration',
    'https://id.contoso.com/auth/realms/orders/protocol/openid-connect/auth',
    'https://id.contoso.com/auth/realms/orders/protocol/openid-connect/token',
  ],
  ['https://id.contoso.com/.well-known/openid-configuration', undefined, undefined],
  ['https://login.microsoftonline.com.contoso.com/common/v2.0', undefined, undefined],
  ['https://contoso.com/login.microsoftonline.com/common/v2.0', undefined, undefined],
  ['', undefined, undefined],
];

describe('issuers of OpenID Connect', () => {
  for (const [discovery, authorizationUrl, tokenUrl] of rows) {
    it(`${discovery || 'nothing'} → ${authorizationUrl ?? 'unknown'}`, () => {
      const wanted = authorizationUrl === undefined ? undefined : { authorizationUrl, tokenUrl };
      expect(endpointsOf(discovery)).to.deep.equal(wanted);
    });
  }

  it('keeps the address of the issuer apart from the query', () => {
    expect(issuerOf('https://id.contoso.com/x/.well-known/openid-configuration?p=a?b')).to.deep.equal({
      issuer: 'https://id.contoso.com/x',
      query: '?p=a?b',
    });
  });
});
