import { decodePercent } from '../../percent-encoding.ts';

/** JSON pointers (RFC 6901): `/paths/~1pets/get`. */

/** A key as it is in a pointer. */
export function escapeToken(token: string | number): string {
  if (typeof token === 'number') return String(token);
  return token.includes('/') || token.includes('~') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

export function toPointer(path: readonly (string | number)[]): string {
  let pointer = '';
  for (const token of path) pointer += `/${escapeToken(token)}`;
  return pointer;
}

/** The pointer of a descendant. */
export const below = (pointer: string, ...tokens: readonly (string | number)[]): string => pointer + toPointer(tokens);

/** The keys of a pointer; array indexes stay strings. A leading `#` of a URI fragment is accepted. */
export function fromPointer(pointer: string): string[] {
  const text = pointer.startsWith('#') ? decodePercent(pointer.slice(1)) : pointer;
  if (text === '') return [];
  const tokens = text.slice(1).split('/');
  return text.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens;
}
