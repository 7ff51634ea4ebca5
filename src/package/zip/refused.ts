/** Why an archive isn't read. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
}

/** One line for people: names in archives may hold anything. */
export const shownName = (name: string): string => {
  const line = name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
};
