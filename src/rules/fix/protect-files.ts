import { lstatSync } from 'node:fs';
import { type ConnectorLocation, findConnector, findRepositoryRoot } from '../../connector/find.ts';
import type { Finding } from '../engine/run.ts';
import { isFileFix } from './fix-files.ts';

/**
 * Findings without fixes that would rename or delete what must stay: links, which lead to somebody else's file, and all
 * files in the output folder of a repository, which have their names from there.
 */
export function protectFiles(findings: Finding[], location: ConnectorLocation): Finding[] {
  let isOutput: boolean | undefined;
  return findings.map((finding) => {
    if (!finding.fixable) return finding;
    const paths = finding.fixes.filter(isFileFix).map(({ path }) => path);
    if (paths.length === 0) return finding;
    isOutput ??= isOutputFolder(location);
    return isOutput || paths.some(isLink) ? { ...finding, fixable: false, fixes: [] } : finding;
  });
}

function isOutputFolder({ layout, root }: ConnectorLocation): boolean {
  const repository = layout === 'folder' ? findRepositoryRoot(root) : undefined;
  return repository !== undefined && findConnector(repository).assets === root;
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
