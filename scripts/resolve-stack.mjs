/**
 * Says where in the sources the places of an error report are: `npm run resolve-stack -- report.txt`, with the folder
 * source-maps of that version (a file of its release on GitHub, or made by `npm run build -- --source-maps`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './support.mjs';

/** @param {string} report @param {string} folder of the source maps @returns {string} */
export function resolveStack(report, folder) {
  return report.replaceAll(/dist\/([\w./-]+):(\d+):(\d+)/g, (place, name, line, column) => {
    const path = join(folder, name);
    if (name.includes('..') || !existsSync(`${path}.map`)) return place;
    const code = existsSync(path) ? (readFileSync(path, 'utf8').split('\n')[line - 1] ?? '') : '';
    const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
    const entry = map.findEntry(line - 1, columnBefore(code, column - 1));
    if (!('originalSource' in entry)) return place;
    const source = entry.originalSource.replace(/^(?:\.\.\/)+/, '');
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

/** The column in the code as it was before its foreign letters became six characters each. */
function columnBefore(/** @type {string} */ code, /** @type {number} */ column) {
  let at = 0;
  let published = 0;
  while (published < column && at < code.length) {
    published += code.charCodeAt(at) > 127 ? 6 : 1;
    at += 1;
  }
  return code === '' ? column : at;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, folder = join(root, 'source-maps')] = process.argv.slice(2);
  process.stdout.write(resolveStack(readFileSync(file ?? 0, 'utf8'), folder));
}
