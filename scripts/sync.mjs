/** Writes what is generated from the sources and committed: compiled schemas, rule pages, the README's table. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileSchemas } from './compile-schemas.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const [name, contents] of Object.entries(compileSchemas(root))) {
  writeFileSync(join(root, name), contents);
}
void readFileSync;
