import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nearest } from '../did-you-mean.ts';

/** For a message about a file that isn't there: the one beside it with nearly that name, as `; did you mean …?`, or nothing. */
export function nearFile(path: string): string {
  let names: string[];
  try {
    names = readdirSync(dirname(path));
  } catch {
    return '';
  }
  const found = nearest(basename(path), names);
  return found === undefined ? '' : `; did you mean ${found}?`;
}
