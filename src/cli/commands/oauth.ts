import { oauthQuestions } from '../../repository/questions/oauth.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOf, generate } from '../generator-command.ts';

const addresses = '--authorization-url https://login.contoso.com/authorize --token-url https://login.contoso.com/token';
const templates =
  '--authorization-url "https://{Tenant}.contoso.com/authorize" --token-url "https://{Tenant}.contoso.com/token"';

export const command: CommandSpec = {
  name: 'oauth',
  summary: 'set the authentication of the connector, of any kind',
  aliases: ['auth'],
  group: 'make',
  order: 30,
  flags: flagsOf(oauthQuestions),
  examples: [
    ['pp-connector oauth', 'ask for everything'],
    ['pp-connector oauth --auth none', 'no sign-in: takes the present one away'],
    ['pp-connector oauth --auth none --transport gateway', 'no sign-in, through the on-premises gateway'],
    ['pp-connector oauth --auth api-key --name X-API-Key', 'an API key in a header'],
    ['pp-connector oauth --auth api-key --name Authorization --prefix Bearer', 'a key behind a word'],
    ['pp-connector oauth --auth basic', 'user name and password'],
    [
      'pp-connector oauth --auth basic --host-parameter siteUrl --host-template "{siteUrl}/api"',
      'on a site that each customer has',
    ],
    [`pp-connector oauth --auth oauth2 ${addresses} --scope orders.read`, 'OAuth 2.0'],
    ['pp-connector oauth --preset github --scope repo', 'OAuth 2.0 of a well-known vendor'],
    [`pp-connector oauth --auth oauth2-generic ${templates}`, 'OAuth 2.0 whose addresses differ per customer'],
    [
      `pp-connector oauth --auth oauth2-generic ${templates} --app connection`,
      'where each connection brings its own application',
    ],
    ['pp-connector oauth --auth entra --resource-uri api://orders.contoso.com', 'Microsoft Entra ID'],
    [
      'pp-connector oauth --auth entra --entra-version v2 --scope api://orders.contoso.com/Orders.Read --scope offline_access --cloud us-gov',
      'with scopes, in the cloud of the US government',
    ],
    [
      'pp-connector oauth --auth client-credentials --token-url https://login.contoso.com/token',
      'an application signs in, by a script',
    ],
    [
      'pp-connector oauth --auth client-credentials --token-url https://login.contoso.com/token --scope orders.read',
      'the same with a scope',
    ],
    ['pp-connector oauth --auth windows', 'Windows, through the on-premises gateway'],
    ['pp-connector oauth --auth windows --test-connection ListItems', 'tested when a connection is made'],
    ['pp-connector oauth --set account --auth basic --set-label "Contoso account"', 'one more way to sign in'],
    [
      'pp-connector oauth --auth api-key --name X-API-Key --extra "tenant=header:X-Tenant|Tenant|The name of your tenant."',
      'a key and one more field that is sent as a header',
    ],
    [
      'pp-connector oauth --field "region|Region|Where your data is.|default=eu|choices=eu=>Europe,us=>North America"',
      'one more field, for policies and code of your own',
    ],
  ],
  run: (context, _, flags) => generate('oauth', context, flags),
};
