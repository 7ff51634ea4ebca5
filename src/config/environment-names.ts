/**
 * Names of environments that differ in capitals only: what is remembered of each is kept in a file called by it, and
 * Windows and macOS take those for one.
 *
 * @returns the later one of each pair, with the earlier
 */
export function alikeNames(names: readonly string[]): { name: string; earlier: string }[] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const key = name.normalize('NFC').toLowerCase();
    const earlier = first.get(key);
    if (earlier !== undefined) return [{ name, earlier }];
    first.set(key, name);
    return [];
  });
}

/** What is wrong with such a pair, for people. */
export const alikeMessage = (name: string, earlier: string): string =>
  `"environments" has both "${earlier}" and "${name}", whose files Windows and macOS can't tell apart; give one of them another name`;
