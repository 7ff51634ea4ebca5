import { relative, sep } from 'node:path';
import { slashes } from '../files/names.ts';
import { version } from '../version.ts';
import { packageRoot } from './templates.ts';

/**
 * How a new repository names this package in its devDependencies: by version when we run from an installed package,
 * by a relative path when we run from a checkout, which no registry has.
 *
 * @param root of the new repository, absolute
 */
export function toolSpec(root: string, from: string = packageRoot): string {
  if (from.split(sep).includes('node_modules')) return `^${version}`;
  const path = relative(root, from) || '.';
  return `file:${slashes(path)}`;
}
