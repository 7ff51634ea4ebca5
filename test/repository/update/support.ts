import { join } from 'node:path';
import { targetOf } from '../../../src/repository/static-files.ts';
import { checkout, readTree, temporaryFolder, writeTree } from '../../support/folders.ts';

/** A repository as version 0.1.0 wrote it, kept for ever. @param changes files as their author left them */
export function oldRepository(changes: Record<string, (text: string) => string> = {}): string {
  const kept = Object.entries(readTree(join(checkout, 'test', 'fixtures', 'repository-0.1.0')));
  const files = Object.fromEntries(kept.map(([name, bytes]) => [targetOf(name), bytes.toString()]));
  for (const [name, change] of Object.entries(changes)) files[name] = change(files[name] ?? '');
  return writeTree(temporaryFolder('old repository'), files);
}
