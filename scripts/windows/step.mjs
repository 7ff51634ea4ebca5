/** What a step of the journey is, and what steps do with the files of a system. */
import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {import('./systems.mjs').System} System */
/** @typedef {import('./systems.mjs').Printed} Printed */

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {(at: (path: string) => string, system: System) => string[]} words `at` gives a path in the journey's folder
 * @property {string} [cwd] in the journey's folder
 * @property {number} [status] expected; default: 0
 * @property {RegExp} [says] expected in what is printed
 * @property {Record<string, string>} [env]
 * @property {boolean} [differs] what is printed isn't the same on every system: commands in its quoting, case of names
 * @property {(system: System) => boolean} [only]
 * @property {(system: System) => void | Promise<void>} [before]
 * @property {(system: System) => void} [after]
 * @property {(system: System, words: string[], cwd: string) => Promise<Printed>} [run] instead of the program alone
 */

/** The repository of the journey. */
export const demo = 'R&D 100% ^a! (ü)';
export const connector = `${demo}/connector`;
export const onWindows = (/** @type {System} */ system) => system.isWindows;

/** @param {System} system @param {string} name @param {string | Buffer} contents */
export function put(system, name, contents) {
  const path = join(system.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

/** @param {System} system @param {string} name */
export const read = (system, name) => readFileSync(join(system.folder, name), 'utf8');

/** @param {unknown} value */
export const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** As git on Windows checks text out. @param {System} system @param {string} folder */
export function checkOutWithCrlf(system, folder) {
  for (const entry of readdirSync(join(system.folder, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name.endsWith('.png')) continue;
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/\r?\n/g, '\r\n'));
  }
}

/** @param {System} system @param {string} name */
export function assertCrlfOnly(system, name) {
  assert.doesNotMatch(read(system, name), /[^\r]\n/, `${system.name}: ${name} has mixed line ends`);
}
