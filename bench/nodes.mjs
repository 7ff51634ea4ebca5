/** Other versions of Node, as npm has them: installed into the bench's own folder, and nowhere else. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../scripts/support.mjs';

const cache = fileURLToPath(new URL('./.cache', import.meta.url));
const isWindows = process.platform === 'win32';

/** @param {string} major such as `22` @returns {string} path of the executable */
export function nodeOf(major) {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const folder = join(cache, `node-${major}`);
  const path = join(folder, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // the package downloads nothing itself: it installs the package of this platform by its script
    npm(['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts=false', `node@${major}`], folder);
  }
  return path;
}
