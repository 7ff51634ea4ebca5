/** JSON pointers (RFC 6901): `/paths/~1pets/get`. */

export function escapeToken(token: string | number): string {
  const text = String(token);
  return /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
}

export function unescapeToken(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token;
}

/** The pointer of a descendant. */
export function below(pointer: string, ...tokens: (string | number)[]): string {
  let result = pointer;
  for (const token of tokens) result += `/${escapeToken(token)}`;
  return result;
}

/** The tokens of a pointer, unescaped; `[]` for the whole document. */
export function tokensOf(pointer: string): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map(unescapeToken);
}
