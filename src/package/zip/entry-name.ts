import { isUtf8 } from 'node:buffer';
import { ArchiveRefused, shownName } from './refused.ts';

/**
 * The name of an entry, folders with a slash at the end.
 *
 * @param raw as it is in the archive
 * @param isMarkedUtf8 what the archive says of the encoding; other names must be ASCII, since every program reads them
 * differently
 * @throws ArchiveRefused for a name that would leave the folder it is unpacked in, or that programs read differently
 */
export function entryName(raw: Buffer, isMarkedUtf8: boolean): string {
  const name = raw.toString('utf8');
  const shown = shownName(name);
  const refuse = (what: string): never => {
    throw new ArchiveRefused(`the name "${shown}" ${what}`);
  };
  if (!isUtf8(raw)) refuse('is not UTF-8');
  if (!isMarkedUtf8 && raw.some((byte) => byte > 0x7f)) refuse('is not marked as UTF-8');
  if (name === '') refuse('is empty');
  if (/[\u0000-\u001f\u007f]/.test(name)) refuse('holds control characters');
  if (name.includes('\\')) refuse('holds a backslash; the format wants slashes');
  if (name.startsWith('/')) refuse('is absolute');
  if (/^[A-Za-z]:/.test(name)) refuse('begins with a drive letter');
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.includes('..')) refuse('leads out of the archive');
  if (parts.some((part) => part === '' || part === '.')) refuse('is not a plain path');
  return name;
}

/** Two names that are one file on Windows or macOS. */
export const collisionKey = (name: string): string => name.replace(/\/$/, '').normalize('NFC').toLowerCase();
