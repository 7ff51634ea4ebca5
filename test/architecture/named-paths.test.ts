import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkout } from '../support/folders.ts';

/** The pages that lead people through the sources. */
const pages = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/inside.md'];

/** What builds and commands make; it is in no checkout. */
const isMade = /^(?:source-maps\/|generators\/NAME\/index\.js|\.pp-connector\/)/;

/** What the names of files and folders in code begin with, or end in. */
const isPath =
  /^(?:src|test|scripts|generators|templates|docs|bench|action|editors|packages|schemas|\.github)\/|^[\w./*-]+(?:\.(?:ts|mjs|md|json)|\/)$/;

const inSources = ['src', 'test', 'scripts', 'generators', 'docs'].flatMap((folder) =>
  readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name).slice(checkout.length).replaceAll('\\', '/');
    return entry.isDirectory() ? `${path}/` : path;
  }),
);

/** A name without folder means the file of that name beside the one named before it; `*` and NAME are any part. */
function isThere(name: string): boolean {
  const path = name.replace(/#.*$/, '');
  if (existsSync(join(checkout, path))) return true;
  const pattern = path.replaceAll(/[.+]/g, '\\$&').replaceAll(/<\w+>|\*\*?|NAME/g, '[^/]+');
  const isWanted = new RegExp(`/${pattern}$`);
  return inSources.some((file) => isWanted.test(file));
}

describe('the pages about the sources', () => {
  for (const page of pages) {
    it(`name files that are there: ${page}`, () => {
      const text = readFileSync(join(checkout, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
      const named = [...text.matchAll(/`([^`\s]+)`/g)].flatMap(([, name = '']) =>
        isPath.test(name) && !isMade.test(name) ? [name] : [],
      );
      expect(named.length).to.be.greaterThan(20);
      expect(named.filter((name) => !isThere(name))).to.deep.equal([]);
    });
  }

  it('say of every folder of src what it holds', () => {
    const table = readFileSync(join(checkout, 'docs', 'inside.md'), 'utf8').match(/^\| `.*$/gm) ?? [];
    const described = table.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const folders = readdirSync(join(checkout, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !described.includes(name))).to.deep.equal([]);
  });
});
