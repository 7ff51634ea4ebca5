/** `1 error`, `2 errors`; for words whose plural has just an s. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/**
 * The first names, and how many there are besides: `a, b, c and 4 more`.
 *
 * @param most that are named
 * @param show how a name is shown
 * @param count of all, where `names` aren't all
 */
export function firstOf(
  names: readonly string[],
  most: number,
  { show = (name) => name, count = names.length }: { show?: (name: string) => string; count?: number } = {},
): string {
  const shown = names.slice(0, most);
  const more = count - shown.length;
  return `${shown.map(show).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
