import { createHash } from 'node:crypto';

/**
 * Identifies a file's contents. Line ends don't count: git on Windows changes them, and that is not an edit.
 *
 * @param contents bytes of a binary file, or text
 */
export function digest(contents: Buffer | string): string {
  const isText = typeof contents === 'string' || !contents.includes(0);
  const bytes = isText ? String(contents).replaceAll('\r\n', '\n') : contents;
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
