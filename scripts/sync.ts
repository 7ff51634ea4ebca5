/** Writes what is generated from the sources and committed: lists of commands and rules, rule pages, schemas, links of the changelog. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { withLinks } from './changelog.mjs';
import { commandsList, familiesList } from './registries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string | undefined =>
  existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : undefined;

function writeAll(files: ReadonlyMap<string, string>): void {
  for (const [name, contents] of files) {
    if (read(name) === contents) continue;
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), contents);
    console.log(`wrote ${name}`);
  }
}

// the lists first: what makes the other files imports them
writeAll(new Map([familiesList()]));
writeAll(new Map([await commandsList()]));
writeAll(new Map([['CHANGELOG.md', withLinks(read('CHANGELOG.md') ?? '', manifest.repository.url)]]));
const { families } = await import('../src/rules/families/catalogue.ts');
const { generatedFiles, pagesFolder } = await import('./generated-files.ts');
const files = generatedFiles(families, read);
writeAll(files);
for (const name of readdirSync(join(root, pagesFolder)).map((entry) => `${pagesFolder}/${entry}`)) {
  if (files.has(name)) continue;
  rmSync(join(root, name));
  console.log(`deleted ${name}`);
}
