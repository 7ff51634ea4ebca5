/** One journey, several systems: this one, and Windows' Node under wine. They work in folders of their own. */
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsPath } from './wine.mjs';

/**
 * @typedef {object} System
 * @property {string} name
 * @property {string} folder where its journey happens, as this Linux knows it
 * @property {boolean} isWindows
 * @property {(path: string) => string} native a path of this Linux as programs there are given it
 * @property {string} node
 * @property {string} program of the installed package
 * @property {Record<string, string | undefined>} env
 * @property {string} state folder of the stand-in for pac, with its log
 * @property {string} [driveC] where drive C is on this Linux
 */

/** What a run printed. @typedef {{ status: number | null, out: string, err: string }} Printed */

/**
 * @param {{ name: string, work: string, node: string, program: string, pac: string, wine?: { env: Record<string, string | undefined>, driveC: string } }} parts
 * @returns {System}
 */
export function makeSystem({ name, work, node, program, pac, wine }) {
  const folder = join(work, name);
  const bin = join(work, `bin of ${name}`);
  const state = join(work, `state of ${name}`);
  for (const path of [folder, bin, state]) mkdirSync(path);
  const native = wine === undefined ? (/** @type {string} */ path) => path : windowsPath;
  const common = { NO_COLOR: '1', CI: '', PAC_STAND_IN_STATE: native(state) };
  if (wine !== undefined) {
    writeFileSync(join(bin, 'pac.cmd'), `@echo off\r\n"${native(node)}" "${native(pac)}" %*\r\n`);
    const env = { ...wine.env, ...common, WINEPATH: native(bin) };
    return { name, folder, isWindows: true, native, node, program, env, state, driveC: wine.driveC };
  }
  // nothing else on PATH: there is no git on that Windows either
  writeFileSync(join(bin, 'pac'), `#!/bin/sh\nexec '${node}' '${pac}' "$@"\n`);
  chmodSync(join(bin, 'pac'), 0o755);
  const env = { ...process.env, ...common, PATH: bin };
  return { name, folder, isWindows: false, native, node, program, env, state };
}

/**
 * Runs the installed program. Its output goes to files, since Windows' Node can't write to a pipe of Linux.
 *
 * @param {System} system @param {string[]} words @param {string} cwd as this Linux knows it
 * @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<Printed>}
 */
export const runProgram = (system, words, cwd, env = {}) =>
  runNode(system, [system.native(system.program), ...words], cwd, env);

/** Runs any script the same way. @param {System} system @param {string[]} words @param {string} cwd @param {Record<string, string>} [env] @returns {Promise<Printed>} */
export async function runNode(system, words, cwd, env = {}) {
  const files = ['out', 'err'].map((name) => `${system.folder}.${name}`);
  const [out = 0, err = 0] = files.map((path) => openSync(path, 'w'));
  const [command, args] = system.isWindows ? ['wine', [system.node, ...words]] : [system.node, words];
  const child = spawn(command, args, {
    cwd,
    env: { ...system.env, ...env },
    stdio: ['ignore', out, err],
    timeout: 90_000,
    killSignal: 'SIGKILL',
  });
  const status = await new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject));
  for (const file of [out, err]) closeSync(file);
  const [printed = '', errors = ''] = files.map((path) => readFileSync(path, 'utf8'));
  return { status, out: printed, err: errors };
}

/**
 * What was printed, with the folder of the journey as `<folder>` and `/` after it: so systems can be compared. A
 * backslash anywhere else stays one.
 *
 * @param {System} system @param {string} text
 */
export function comparable(system, text) {
  const path = system.native(system.folder);
  const spellings = [path, JSON.stringify(path).slice(1, -1), path.replaceAll('\\', '/')];
  const named = spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '<folder>'), text);
  return named.replaceAll(/<folder>[^\n"]*/g, (path) => path.replaceAll(/\\+/g, '/'));
}
