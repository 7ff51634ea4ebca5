/** `1 error`, `2 errors`; for words whose plural has just an s. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
