/** Characters of a URI that are written as `%20`; a text that isn't such an encoding stays as it is. */
export const decodePercent = (text: string): string => (text.includes('%') ? decoded(text, text) : text);

/** The same for a name or value of a query or form, where `+` is a blank, too. */
export const decodeQuery = (text: string): string => decoded(text.replaceAll('+', ' '), text);

function decoded(text: string, otherwise: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return otherwise;
  }
}
