/** Writes what is generated from the sources and committed: rule pages, compiled schemas, rule ids, the README's table. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { families } from '../src/rules/families/catalogue.ts';
import { generatedFiles, pagesFolder } from './generated-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string | undefined =>
  existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : undefined;

const files = generatedFiles(families, read);
for (const [name, contents] of files) {
  if (read(name) === contents) continue;
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), contents);
  console.log(`wrote ${name}`);
}
for (const name of readdirSync(join(root, pagesFolder)).map((entry) => `${pagesFolder}/${entry}`)) {
  if (files.has(name)) continue;
  rmSync(join(root, name));
  console.log(`deleted ${name}`);
}
