import { UserError } from '../errors.ts';

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export const isGuid = (text: string): boolean => guid.test(text);

/** All zeros: a placeholder in examples, never an id. */
export const isZeroGuid = (text: string): boolean => isGuid(text) && /^[0-]+$/.test(text);

/** Every GUID in a text, in lower case, each once. */
export const guidsIn = (text: string): string[] => [
  ...new Set(
    (text.match(/(?<![\w-])[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/gi) ?? []).map((id) => id.toLowerCase()),
  ),
];

/** @throws UserError unless the text is a connector's GUID */
export function requireGuid(text: string, flag: string): void {
  if (isGuid(text) && !isZeroGuid(text)) return;
  throw new UserError(`${flag}: "${text}" is not a GUID of a connector, and pac takes nothing else`, {
    hint: 'find the GUID with: pac connector list',
  });
}
