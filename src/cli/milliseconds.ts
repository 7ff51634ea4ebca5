import { UserError } from '../errors.ts';
import type { Flags } from './command.ts';

/**
 * A flag that takes a number of seconds.
 *
 * @param usual seconds, where it isn't given
 * @throws UserError for what is no time
 */
export function milliseconds(flag: string, flags: Flags, usual: number): number {
  const text = flags.text(flag);
  const value = Number(text ?? usual);
  if (!(value > 0 && value <= 86_400)) {
    throw new UserError(`--${flag} ${text}: must be a number of seconds above 0`);
  }
  return value * 1000;
}
