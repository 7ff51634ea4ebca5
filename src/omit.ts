/** A copy of an object without some of its keys. */
export function omit<T extends object, K extends PropertyKey>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const names = new Set<string>(keys.map(String));
  return Object.fromEntries(Object.entries(object).filter(([key]) => !names.has(key))) as Omit<T, K>;
}
