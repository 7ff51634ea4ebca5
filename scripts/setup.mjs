/** Installs and builds what is missing, so that a fresh clone needs no other command. Does nothing when all is there. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root, run } from './support.mjs';

const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
if (!isCurrent) npm(['ci', '--no-audit', '--no-fund'], root);
run(process.execPath, [join(root, 'scripts', 'build.mjs')], root);
