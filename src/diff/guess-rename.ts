import { nearest } from '../did-you-mean.ts';

/** The new name that something has got, as far as that is known: the same letters, a similar name. */
export function likelyName(old: string, added: readonly string[]): string | undefined {
  const letters = plain(old);
  return (
    added.find((name) => plain(name) === letters) ??
    added.find((name) => isPartOf(letters, plain(name))) ??
    nearest(old, added)
  );
}

/** Without case and separators: `user_name` and `userName` are one name. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** `name` and `fullName`; shorter words are part of too much. */
const isPartOf = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a));

/** What a message says of it. */
export function renamed(old: string, added: readonly string[]): string {
  const name = likelyName(old, added);
  return name === undefined ? '' : `; it seems to be called "${name}" now, which flows do not know`;
}
