/**
 * The text of a file of tests (`tests/*.test.yaml`) after an operation got another id: the line that says whose cases these are.
 *
 * @returns the same text where it is about another operation
 */
export const renameInTests = (text: string, id: string, to: string): string =>
  text.replace(
    /^(operation:[ \t]*)(["']?)([^"'\s#]+)\2(?=[ \t]*(?:#.*)?$)/m,
    (line, key: string, quote: string, name: string) => (name === id ? `${key}${quote}${to}${quote}` : line),
  );
