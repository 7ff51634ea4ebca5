/** The licences of what is bundled: their authors ask that they go along. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {Iterable<string>} modules paths of bundled modules
 * @returns {string} one section per licence text, with the copyright notices of all packages that have it
 */
export function licencesOf(modules) {
  /** Text without notices, blanks counted as one → packages with their notices, and the text. @type {Map<string, { packages: Map<string, string[]>, text: string }>} */
  const licences = new Map();
  for (const path of modules) {
    const folder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1];
    if (folder === undefined || !existsSync(join(folder, 'package.json'))) continue;
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
    const lines = text.split(/\r?\n/);
    const isNotice = (/** @type {string} */ line) => /^\s*(?:copyright|\(c\)|©)/i.test(line);
    const rest = lines
      .filter((line) => !isNotice(line))
      .join('\n')
      .trim();
    const key = rest.replaceAll(/\s+/g, ' ');
    const licence = licences.get(key) ?? { packages: new Map(), text: rest };
    licence.packages.set(
      `${name} ${version}`,
      lines.filter(isNotice).map((line) => line.trim()),
    );
    licences.set(key, licence);
  }
  const sections = [...licences.values()].map(({ packages, text }) => {
    const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1));
    return `${sorted.map(([name, notices]) => [name, ...notices.map((notice) => `  ${notice}`)].join('\n')).join('\n')}\n\n${text}\n`;
  });
  sections.sort();
  return `This package contains parts of the packages below.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
