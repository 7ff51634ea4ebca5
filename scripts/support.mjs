/** What the scripts of this checkout share. They run before anything is installed: nothing but Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Runs a program with its output passed through; ends this script with its status when it fails.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [env] added to the environment
 */
export function run(program, args, cwd, env = {}) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs npm without a shell: as a script of this Node, which works on every system. */
export const npm = (
  /** @type {string[]} */ args,
  /** @type {string} */ cwd,
  /** @type {Record<string, string>} */ env = {},
) => run(process.execPath, [npmScript(), ...args], cwd, env);

/** What npm prints on stdout. @param {string[]} args @param {string} cwd */
export function npmOutput(args, cwd) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [npmScript(), ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** npm's own script: the one that runs us, else the one beside this Node. */
function npmScript() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = candidates.find((path) => path.endsWith('.js') && existsSync(path));
  if (found === undefined) throw new Error('npm was not found beside Node; run this by npm, for example: npm test');
  return found;
}

/** Says what comes next. */
export const say = (/** @type {string} */ text) => process.stdout.write(`\n${text}\n`);
