/** JSON pointers (RFC 6901). */

export const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

export const toPointer = (path: readonly (string | number)[]): string =>
  path.map((key) => `/${escapeToken(String(key))}`).join('');

/** The keys of a pointer; array indexes stay strings. A leading `#` of a URI fragment is accepted. */
export function fromPointer(pointer: string): string[] {
  const text = pointer.startsWith('#') ? decodeFragment(pointer.slice(1)) : pointer;
  if (text === '') return [];
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
