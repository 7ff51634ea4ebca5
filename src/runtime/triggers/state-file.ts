import { isObject, type Json } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import type { Secrets } from '../secrets.ts';
import type { PollState } from './polling.ts';

/** The state of a polling trigger between two runs: the object that a trace has, with masks in place of secrets. */

export const stateText = (state: PollState | undefined, secrets: Secrets): string =>
  `${JSON.stringify(secrets.json({ ...state }), null, 2)}\n`;

/**
 * @param name of the file, for messages
 * @returns undefined for one without a state: the next call is the first
 * @throws UserError when it isn't such a file
 */
export function readState(text: string, name: string, secrets: Secrets): PollState | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new UserError(`${name}: is not JSON`, { hint: 'delete it to begin again' });
  }
  if (!isObject(value)) throw new UserError(`${name}: must hold a JSON object`, { hint: 'delete it to begin again' });
  const entries = Object.entries(value).map(([key, part]) => {
    if (typeof part === 'string' || typeof part === 'number') {
      const write = key === 'location' ? encodeURIComponent : undefined;
      return [key, secrets.revealed(String(part), write)] as const;
    }
    throw new UserError(`${name}: ${key} must be a text`, { hint: 'delete it to begin again' });
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
