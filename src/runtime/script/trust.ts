import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '../../files/digest.ts';
import { whoseFile } from '../../files/state-folder.ts';

/** Which scripts this user has let run on this machine: a file per digest, in the private folder. */

const fileOf = (folder: string, code: string): string => join(folder, 'trusted', digest(code));

/** @param folder of `scriptFolder` @param code the text of the script */
export const isTrusted = (folder: string, code: string): boolean => whoseFile(fileOf(folder, code)) === 'ours';

/** From now on this script runs without a question; another version of it is another script. */
export function trust(folder: string, code: string): void {
  const file = fileOf(folder, code);
  if (existsSync(file)) return;
  mkdirSync(join(folder, 'trusted'), { recursive: true, mode: 0o700 });
  writeFileSync(file, '', { mode: 0o600 });
}
