import { type Answers, text } from '../../../src/answers.ts';
import type { Authentication } from '../../../src/authentication/authentication.ts';
import { presetAnswers } from '../../../src/authentication/presets.ts';
import { withDefaults } from '../../../src/repository/questions/accept.ts';
import { toAuthentication } from '../../../src/repository/questions/authentication.ts';
import { oauthQuestions } from '../../../src/repository/questions/oauth.ts';
import { frozen } from '../../support/frozen.ts';
import { kinds } from './kinds.ts';

/** What flags describe, with the defaults of everything that they don't say. */
export function described(flags: Answers): Authentication {
  const answers = withDefaults(oauthQuestions, { ...presetAnswers(text(flags, 'preset')), ...flags });
  return toAuthentication({ ...answers, keyName: answers.name });
}

/** Everything that can be set, by name. */
export const everything: Readonly<Record<string, Authentication>> = frozen({
  none: { kind: 'none' },
  ...Object.fromEntries(kinds.map(({ name, flags }) => [name, described(flags)])),
});
