/** The licences of what is bundled: their authors ask that they go along. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {Iterable<string>} modules paths of bundled modules
 * @returns {string} one section per package
 */
export function licencesOf(modules) {
  /** @type {Map<string, string>} */
  const packages = new Map();
  for (const path of modules) {
    const folder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1];
    if (folder === undefined || !existsSync(join(folder, 'package.json'))) continue;
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
    packages.set(`${name} ${version}`, text);
  }
  const sections = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `${name}\n\n${text}\n`);
  return `This package contains parts of the packages below.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
