import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { compareVersions } from '../compare-versions.ts';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import { slashes } from '../files/names.ts';
import { readRegularText } from '../files/read.ts';
import { isPublished } from '../homepage.ts';
import { packageRoot } from '../templates.ts';
import { version } from '../version.ts';
import { toolName, toolSpecIn } from './package-json.ts';

/**
 * How a new repository names this package in its devDependencies, so that `npm install` finds it: by its version when
 * we come from a registry, by the path of the tarball or checkout that we come from otherwise.
 *
 * @param root of the new repository, absolute
 */
export function toolSpec(root: string, from: string = packageRoot): string {
  const folder = installationOf(from);
  const origin = folder === undefined ? from : originIn(folder);
  if (origin === undefined) return `^${version}`;
  const path = relative(root, origin) || '.';
  return `file:${slashes(path)}`;
}

/** The folder whose node_modules we are in; undefined in a checkout, also one that is linked. */
function installationOf(from: string): string | undefined {
  const parts = from.split(sep);
  const at = parts.lastIndexOf('node_modules');
  return at < 0 ? undefined : parts.slice(0, at).join(sep) || sep;
}

/** The file that npm (and npx) has installed us from, by what it remembers itself; undefined: a registry, or unknown. */
function originIn(folder: string): string | undefined {
  try {
    const lock = JSON.parse(readRegularText(join(folder, 'node_modules', '.package-lock.json')));
    const entry = asObject(getOwn(asObject(getOwn(asObject(lock), 'packages')), `node_modules/${toolName}`));
    const [, path] = /^file:(.+)$/.exec(asString(getOwn(entry, 'resolved')) ?? '') ?? [];
    const origin = path === undefined ? undefined : resolve(folder, path);
    return origin !== undefined && existsSync(origin) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What keeps others, or `npm install` itself, from getting this package by a spec; undefined: nothing that is known.
 *
 * @param hasWorkflows whether build machines install it, too
 */
export function specProblem(spec: string, hasWorkflows: boolean): string | undefined {
  const later = `once it is in the npm registry: pp-connector update --tool-spec ^${version}`;
  if (spec.startsWith('file:')) {
    const who = hasWorkflows ? "colleagues and workflows can't install it there" : "colleagues can't install it there";
    return `package.json has ${toolName} by its path on this machine (${spec}); ${who}; ${later}`;
  }
  if (isPublished || spec !== `^${version}`) return undefined;
  const hint = 'pp-connector update --tool-spec file:PATH, with the path of its .tgz';
  return `${toolName} isn't in the npm registry yet, so npm install won't find it; name where it is: ${hint}`;
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
