import { allKinds } from '../../authentication/kinds.ts';
import { oauthQuestions } from '../../repository/questions/oauth.ts';
import type { CommandSpec } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

const headings: FlagHeadings = {
  'API key': ['in', 'name', 'key-name', 'prefix'],
  'OAuth and Entra ID': [
    'preset',
    'authorization-url',
    'token-url',
    'refresh-url',
    'scope',
    'client-id',
    'app',
    'by',
    'tenant-id',
    'resource-uri',
    'entra-version',
    'cloud',
    'on-behalf-of',
    'grant',
    'experimental',
  ],
  'OAuth by templates (oauth2-generic)': [
    'authorization-query',
    'token-query',
    'token-body',
    'refresh-query',
    'refresh-body',
    'scope-delimiter',
  ],
  'More fields of the connection': ['host-parameter', 'host-template', 'send-field', 'field', 'remove-field'],
  'Several ways to sign in': ['set', 'set-label', 'set-description', 'set-schemes', 'remove-set'],
};

export const command: CommandSpec = {
  name: 'oauth',
  summary: 'set the authentication of the connector, of any kind',
  aliases: ['auth'],
  group: 'make',
  order: 30,
  flags: underHeadings(flagsOfQuestions(oauthQuestions), headings),
  examples: [
    ['pp-connector oauth', 'ask for everything'],
    ...allKinds.flatMap(({ examples }) =>
      examples.map(([flags, what]): [string, string] => [`pp-connector oauth ${flags}`, what]),
    ),
    ['pp-connector oauth --set account --auth basic --set-label "Contoso account"', 'one more way to sign in'],
    [
      'pp-connector oauth --auth api-key --name X-API-Key --send-field "tenant=header:X-Tenant|Tenant|The name of your tenant."',
      'a key and one more field that is sent as a header',
    ],
    [
      'pp-connector oauth --field "region|Region|Where your data is.|default=eu|choices=eu=>Europe,us=>North America"',
      'one more field, for policies and code of your own',
    ],
  ],
  run: (context, _, flags) => generate('oauth', context, flags),
};
