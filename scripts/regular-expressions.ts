/**
 * Checks the regular expressions of the sources that weren't checked yet and keeps the results; `--all` checks all of
 * them anew (a quarter of an hour).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkExpression, type Results } from './check-regular-expressions.mjs';
import { expressionsOfSources } from './collect-regular-expressions.ts';

const file = fileURLToPath(new URL('../test/regular-expressions/results.json', import.meta.url));
const known: Results = process.argv.includes('--all') ? {} : JSON.parse(readFileSync(file, 'utf8'));
const results: Results = {};
for (const { text, pattern } of expressionsOfSources()) {
  if (pattern === undefined) continue;
  results[text] = known[text] ?? checkExpression(pattern.source, pattern.flags);
  if (known[text] === undefined) process.stdout.write(`${results[text]}  ${text}\n`);
}
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
