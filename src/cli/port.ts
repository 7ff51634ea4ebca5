import { UserError } from '../errors.ts';
import type { Flags } from './command.ts';

/**
 * A flag that takes the number of a port, where 0 means any free one.
 *
 * @returns undefined where it isn't given
 * @throws UserError for anything else
 */
export function portFlag(flag: string, flags: Flags): number | undefined {
  const text = flags.text(flag);
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UserError(`--${flag} ${text}: is not the number of a port`, {
    hint: 'give one from 1024 to 65535, or 0 for any',
  });
}
