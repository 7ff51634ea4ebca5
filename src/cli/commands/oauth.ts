import { oauthQuestions } from '../../questions/oauth.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOf, generate } from '../generator-command.ts';

export const command: CommandSpec = {
  name: 'oauth',
  summary: 'set the authentication of the connector, of any kind',
  flags: flagsOf(oauthQuestions),
  examples: [
    ['pp-connector oauth', 'ask for everything'],
    ['pp-connector oauth --auth api-key --in header --name X-API-Key', 'an API key in a header'],
    [
      'pp-connector oauth --auth oauth2 --authorization-url https://login.contoso.com/authorize --token-url https://login.contoso.com/token',
      'OAuth 2.0',
    ],
  ],
  run: (context, _, flags) => generate('oauth', context, flags),
};
