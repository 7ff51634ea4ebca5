/** Pure ASCII. */
export const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text);

/**
 * A pattern about letters and digits of any language. Each one that uses the classes of Unicode takes as long to make as
 * a small definition takes to validate, and nearly all texts are ASCII: there a plain pattern finds the same.
 *
 * @param plain finds in ASCII texts what the other one finds in them
 * @param any made for the first text that needs it
 * @returns the pattern to use for a text
 */
export function letterPattern(plain: RegExp, any: () => RegExp): (text: string) => RegExp {
  let made: RegExp | undefined;
  return (text) => {
    if (isAscii(text)) return plain;
    made ??= any();
    return made;
  };
}

/** At least one letter or digit. */
export const letterOrDigit = letterPattern(/[A-Za-z0-9]/, () => /[\p{L}\p{N}]/u);

/** Everything after the last letter, digit or closing parenthesis. */
export const marksAtEnd = letterPattern(
  /(?<![^A-Za-z0-9)])[^A-Za-z0-9)]+$/,
  () => /(?<![^\p{L}\p{N})])[^\p{L}\p{N})]+$/u,
);
