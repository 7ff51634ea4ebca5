/**
 * The text of a file of tests (`tests/*.test.yaml`) after an operation got another id: the line that says whose cases these are.
 *
 * @returns the same text where it is about another operation
 */
export const renameInTests = (text: string, id: string, to: string): string =>
  text.replace(/^operation:[^\r\n]*/m, (line) => {
    const [, quote = '', name] = /^operation:\s+(["']?)([A-Za-z0-9_-]+)\1/.exec(line) ?? [];
    return name === id ? line.replace(`${quote}${id}${quote}`, `${quote}${to}${quote}`) : line;
  });
