import { join } from 'node:path';
import { existingTestFiles, testsFolder } from '../connector/test-files.ts';
import { leadsOut } from '../files/contained-path.ts';
import { readTextWithin } from '../files/read.ts';

/** What an editor has open at a path. */
export type OpenText = (path: string) => string | undefined;

/** The files of tests, as they are in the editor or else on the disk. @param root of the repository */
export function testsOf(root: string, openText: OpenText): { path: string; text: string }[] {
  if (leadsOut(root, join(root, testsFolder)) !== undefined) return [];
  return existingTestFiles(root).map((path) => ({ path, text: openText(path) ?? readTextWithin(root, path) }));
}

/** The operation that a file of tests is about, with the place of its id. */
export function testedOperation(text: string): { id: string; offset: number } | undefined {
  const found = /^operation:[ \t]+(["']?)([A-Za-z0-9_-]+)\1/m.exec(text);
  const [line, , id] = found ?? [];
  if (found === null || line === undefined || id === undefined) return undefined;
  return { id, offset: found.index + line.lastIndexOf(id) };
}
