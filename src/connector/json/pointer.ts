import { decodePercent } from '../../percent-encoding.ts';

/** JSON pointers (RFC 6901): `/paths/~1pets/get`. */

function escapeToken(token: string | number): string {
  const text = String(token);
  return /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
}

export const toPointer = (path: readonly (string | number)[]): string => below('', ...path);

/** The pointer of a descendant. */
export function below(pointer: string, ...tokens: readonly (string | number)[]): string {
  let result = pointer;
  for (const token of tokens) result += `/${escapeToken(token)}`;
  return result;
}

/** The keys of a pointer; array indexes stay strings. A leading `#` of a URI fragment is accepted. */
export function fromPointer(pointer: string): string[] {
  const text = pointer.startsWith('#') ? decodePercent(pointer.slice(1)) : pointer;
  if (text === '') return [];
  const tokens = text.slice(1).split('/');
  return text.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens;
}
