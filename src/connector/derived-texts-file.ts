import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '../files/commit.ts';
import { readTextWithin } from '../files/read.ts';
import { type DerivedRecord, derivedTextsName } from './derived-texts.ts';
import { formatJson } from './json/edit.ts';
import type { Json } from './json/value.ts';

/**
 * The file that remembers them, owners in alphabetical order so that two people's changes merge; it goes when nothing is
 * left to remember.
 *
 * @returns undefined where there is nothing to remember and nothing to forget
 */
export function derivedTextsFile(root: string, record: DerivedRecord): PlannedFile | undefined {
  const path = join(root, ...derivedTextsName.split('/'));
  if (record.size === 0) return existsSync(path) ? { path, contents: null, kind: 'edited' } : undefined;
  const entries = [...record]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([owner, texts]): [string, Json] => [owner, [...texts]]);
  const text = formatJson(Object.fromEntries(entries));
  const isOfWindows = existsSync(path) && readTextWithin(root, path).includes('\r\n');
  return { path, contents: isOfWindows ? text.replaceAll('\n', '\r\n') : text, kind: 'edited' };
}
