import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './folders.ts';

export const program: string = join(checkout, 'dist', 'pp-connector.cjs');

export interface CliOptions {
  cwd?: string;
  /** Added to the environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** What is on stdin; without it stdin is closed. */
  input?: string;
  /** Flags of Node itself. */
  nodeFlags?: string[];
  /** Another Node than the one that runs the tests: the path of its executable. */
  node?: string;
}

export interface CliResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built executable as a user does, without a terminal. One that waits for an answer fails after a minute. */
export function cli(
  args: readonly string[],
  { cwd = checkout, env = {}, input, nodeFlags = [], node = process.execPath }: CliOptions = {},
): CliResult {
  buildOnce();
  const { status, stdout, stderr, error } = spawnSync(node, [...nodeFlags, program, ...args], {
    cwd,
    env: userEnvironment(env),
    encoding: 'utf8',
    timeout: 60_000,
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** The environment of a user who has set nothing, but for what is given; undefined takes a variable away. */
export const userEnvironment = (env: CliOptions['env'] = {}): Record<string, string | undefined> => ({
  ...process.env,
  CI: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
  ...env,
});

let built = false;

/** Builds the bundles when they are missing or older than the sources. Test files run side by side: one of them builds. */
export function buildOnce(): void {
  if (built) return;
  const lock = join(checkout, 'node_modules', '.build-for-tests');
  const giveUp = Date.now() + 60_000;
  while (!acquire(lock)) {
    if (Date.now() > giveUp) throw new Error(`${lock} is left over from a test run that was stopped: remove it`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    if (isStale()) build();
    built = true;
  } finally {
    rmdirSync(lock);
  }
}

function acquire(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(checkout, 'scripts', 'build.mjs')], {
    cwd: checkout,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}

function isStale(): boolean {
  const products = [program, join(checkout, 'dist', 'environment.cjs')];
  if (!products.every((path) => existsSync(path))) return true;
  const oldest = Math.min(...products.map((path) => statSync(path).mtimeMs));
  const sources = ['src', 'generators', 'schemas'].flatMap((folder) => filesBelow(join(checkout, folder)));
  return [...sources, join(checkout, 'package.json'), join(checkout, 'scripts', 'build.mjs')].some(
    (path) => statSync(path).mtimeMs > oldest,
  );
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
