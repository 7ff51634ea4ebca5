import { UserError } from '../../errors.ts';
import { onOneLine } from '../../shown.ts';
import type { ServerOptions } from './tool.ts';

export interface Prompt {
  name: string;
  description: string;
  arguments: readonly { name: string; description: string; required: boolean }[];
  text: (args: Readonly<Record<string, string>>) => string;
  /** For a server that may only read; undefined: nothing of the task can be done there. */
  readOnly?: (args: Readonly<Record<string, string>>) => string;
}

const given = (text: string | undefined, otherwise: string): string =>
  text === undefined || text.trim() === '' ? otherwise : onOneLine(text).slice(0, 500);

/** What people start from a menu of their client. */
const prompts: readonly Prompt[] = [
  {
    name: 'new-connector',
    description: 'Make a connector of an API description',
    arguments: [{ name: 'source', description: 'file or https address of the description', required: true }],
    text: ({
      source,
    }) => `Make a Power Platform custom connector of this API description: ${given(source, '(ask me for it)')}

1. overview. If there is no connector here: new_repository with api (this description), first with dryRun.
2. Else import_description with dryRun, then without. Tell me what was lost, and which sign-in was taken.
3. set_authentication if the sign-in isn't what the API needs; ask me, don't guess.
4. validate; explain_rule for what you don't know; fix; repeat until there are no errors.
5. test with init, then test.
6. Texts that were made of names are guesses: show me the ten weakest and propose better ones from the API's documentation.
7. validate once more, and list what I have to decide or to try in an environment. Don't claim that anything was tried at the service.`,
  },
  {
    name: 'certify',
    description: 'Get the connector ready for certification',
    arguments: [{ name: 'profile', description: 'verified or independent', required: true }],
    text: ({
      profile,
    }) => `Prepare this connector for certification, profile ${given(profile, '(ask me: verified or independent)')}.

1. status, then validate with that profile.
2. Repair every error: explain_rule, fix, edit_operation. Ask me for facts that only the publisher has (contact, policies, website); never make them up.
3. diff: nothing may break flows without my consent.
4. List the steps that only a person can do. Don't tick any of them.`,
    readOnly: ({
      profile,
    }) => `Tell me what this connector lacks for certification, profile ${given(profile, '(ask me: verified or independent)')}. This server may only read: change nothing.

1. status, then validate with that profile.
2. For every error: explain_rule, and fix for a diff of what has one certain remedy. Say what I have to change, in which file and line, and which facts only the publisher has.
3. diff: what would break flows.
4. List the steps that only a person can do.`,
  },
  {
    name: 'update-from-api',
    description: 'Bring the changes of the API into the connector',
    arguments: [{ name: 'source', description: 'file or https address of the new description', required: true }],
    text: ({
      source,
    }) => `Bring the changes of the API into this connector: ${given(source, '(ask me for the description)')}

1. import_description with dryRun: tell me what is new, changed, gone, and every conflict with my edits.
2. After my yes the same without dryRun; ours or theirs only where I decided.
3. validate; repair errors.
4. diff: name every change that breaks existing flows, and what to do instead (edit_operation with revise or deprecate).`,
  },
];

/** Those with something to do for a server with these permissions. */
export const offeredPrompts = ({ readOnly }: Pick<ServerOptions, 'readOnly'>): Prompt[] =>
  prompts.flatMap(({ readOnly: text, ...prompt }) =>
    readOnly ? (text === undefined ? [] : { ...prompt, text }) : prompt,
  );

/** @throws UserError when there is no such prompt, and for one that this server can do nothing of */
export function promptNamed(name: string, options: Pick<ServerOptions, 'readOnly'>): Prompt {
  const offered = offeredPrompts(options);
  const found = offered.find((prompt) => prompt.name === name);
  if (found !== undefined) return found;
  const hint = `there are: ${offered.map((prompt) => prompt.name).join(', ')}`;
  if (prompts.some((prompt) => prompt.name === name)) {
    throw new UserError(`the prompt "${name}" changes files, and this server may only read`, {
      hint: `start it without --read-only; ${hint}`,
    });
  }
  throw new UserError(`there is no prompt "${onOneLine(name).slice(0, 100)}"`, { hint });
}
