/**
 * Counts in how many published connectors each rule has findings, for docs/reference/published-connectors.md:
 *
 *   npm run measure -- "October 2024=FOLDER" "2025=FOLDER"
 *
 * Writes scripts/measured.json; `npm run sync` makes the pages of it.
 */

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findConnectorFolders } from '../src/connector/find-connectors.ts';
import { validatePath } from '../src/rules/engine/validate-connector.ts';
import { version } from '../src/version.ts';
import { type Measured, measuredFile } from './measured.ts';

const corpora = process.argv.slice(2).map((word) => word.split('=', 2));
if (corpora.length === 0 || corpora.some(([, folder = '']) => folder === '')) {
  console.error('usage: npm run measure -- "NAME=FOLDER" …');
  process.exit(2);
}

const checkout = fileURLToPath(new URL('..', import.meta.url));
const counts = new Map<string, { found: number[]; errors: number[] }>();
const named: Measured['corpora'] = [];
for (const [index, [name = '', folder = '']] of corpora.entries()) {
  const folders = findConnectorFolders(resolve(folder));
  named.push({ name, connectors: folders.length });
  for (const path of folders) {
    const { findings } = await validatePath(path, { cwd: checkout });
    for (const [key, of] of [
      ['found', findings],
      ['errors', findings.filter(({ severity }) => severity === 'error')],
    ] as const) {
      for (const rule of new Set(of.map((finding) => finding.rule))) {
        const row = counts.get(rule) ?? { found: corpora.map(() => 0), errors: corpora.map(() => 0) };
        row[key][index] = (row[key][index] ?? 0) + 1;
        counts.set(rule, row);
      }
    }
  }
}

const measured: Measured = {
  day: new Date().toISOString().slice(0, 10),
  version,
  corpora: named,
  rules: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
};
const rows = Object.entries(measured.rules).map(
  ([rule, { found, errors }]) => `    "${rule}": { "found": [${found.join(', ')}], "errors": [${errors.join(', ')}] }`,
);
const head = JSON.stringify({ ...measured, rules: 0 }, null, 2).replace(/"rules": 0\n\}$/, '');
writeFileSync(`${checkout}${measuredFile}`, `${head}"rules": {\n${rows.join(',\n')}\n  }\n}\n`);
console.log(`wrote ${measuredFile}; now: npm run sync`);
