import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { commandNames } from './commands.ts';

/** What other tools call it: npm, git, pac, paconn, linters, generators. */
const otherWords: Readonly<Record<string, string>> = {
  add: 'operation',
  call: 'invoke',
  certify: 'status',
  check: 'validate',
  convert: 'import',
  create: 'new',
  generate: 'new',
  init: 'new',
  lint: 'validate',
  publish: 'deploy',
  pull: 'download',
  push: 'deploy',
  run: 'invoke',
  scaffold: 'new',
  serve: 'preview',
  submit: 'package',
  upgrade: 'update',
  upload: 'deploy',
  verify: 'validate',
  version: '--version',
  '-v': '--version',
};

/** Names the command that is meant: by the word of another tool, else by the one that is written nearly so. */
export function unknownCommand(name: string): UserError {
  const guess = (Object.hasOwn(otherWords, name) ? otherWords[name] : undefined) ?? nearest(name, commandNames());
  const hint =
    guess === undefined ? 'list the commands with: pp-connector --help' : `did you mean: pp-connector ${guess}`;
  return new UserError(`there is no command "${name}"`, { hint });
}
