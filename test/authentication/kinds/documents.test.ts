import { expect } from 'chai';
import { readText, temporaryFolder } from '../../support/folders.ts';
import { generate } from '../../support/generators.ts';
import { certified } from './certified.ts';

const entra = { auth: 'entra', resourceUri: 'api://orders.contoso.com' };
const generic = {
  auth: 'oauth2-generic',
  authorizationUrl: 'https://{Tenant}.contoso.com/authorize',
  tokenUrl: 'https://{Tenant}.contoso.com/token',
};

/** What the readme says for each kind, and what it must not say. */
const cases: [name: string, flags: Record<string, unknown>, says: string[], not: string[]][] = [
  [
    'a vendor with a preset',
    { preset: 'google', scope: ['openid'] },
    ['registered with Google', 'https://console.cloud.google.com/apis/credentials', '/redirect/<name>'],
    [],
  ],
  [
    'a sovereign cloud',
    { ...entra, cloud: 'china' },
    ['https://portal.azure.cn', 'as shown on the Security page'],
    ['global.consent.azure-apim.net', 'https://entra.microsoft.com'],
  ],
  ['on-behalf-of', { ...entra, onBehalfOf: 'on' }, ['**Expose an API**', '**Azure API Connections**'], []],
  ['Entra ID without it', entra, ['https://entra.microsoft.com'], ['**Expose an API**']],
  ['Entra ID with scopes', { ...entra, entraVersion: 'v2' }, ['Microsoft Entra ID', '/.default'], []],
  [
    "an application of one's own",
    { ...generic, app: 'connection' },
    ['Every connection brings an application of its own', '**Client secret**', '**Tenant**'],
    ['The connector itself needs an application'],
  ],
  [
    'a service principal, whose fields are hidden',
    { ...entra, grant: 'service-principal', experimental: true },
    ['The connector itself needs an application'],
    ['**Client secret**:'],
  ],
  ['the gateway', { auth: 'windows' }, ['on-premises data gateway', '**Password**'], ['**Authentication Type**']],
  [
    'a field for the host',
    { auth: 'basic', hostParameter: 'siteUrl', hostTemplate: '{siteUrl}' },
    ['**Site URL**'],
    [],
  ],
];

describe('the readme describes the sign-in', () => {
  for (const [name, flags, says, not] of cases) {
    it(name, async () => {
      const cwd = temporaryFolder();
      await generate('app', { cwd, flags: certified('custom') });
      await generate('oauth', { cwd, flags });
      const text = readText(cwd, 'README.md');
      for (const part of says) expect(text).to.contain(part);
      for (const part of not) expect(text).to.not.contain(part);
    });
  }
});
