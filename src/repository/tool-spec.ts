import { relative, sep } from 'node:path';
import { compareVersions } from '../compare-versions.ts';
import { slashes } from '../files/names.ts';
import { packageRoot } from '../templates.ts';
import { version } from '../version.ts';
import { toolSpecIn } from './package-json.ts';

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

/** Whether a spec asks for a version before this one; a path, an address, a tag or a wider range is the author's choice. */
export function isOlderSpec(spec: string, than: string): boolean {
  const [, least] = /^[~^]?(\d+\.\d+\.\d+)$/.exec(spec) ?? [];
  return least !== undefined && compareVersions(least, than) < 0;
}

/** The spec in a package.json that stays when nobody gives another one. */
export function authorsToolSpec(packageJson: string | undefined): string | undefined {
  const spec = toolSpecIn(packageJson);
  return spec === undefined || isOlderSpec(spec, version) ? undefined : spec;
}
