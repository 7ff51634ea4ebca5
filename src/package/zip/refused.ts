import { onOneLine } from '../../shown.ts';

/** Why an archive isn't read. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
}

/** One line for people: names in archives may hold anything. */
export const shownName = (name: string): string => {
  const line = onOneLine(name);
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
};
