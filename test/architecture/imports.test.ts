import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkout } from '../support/folders.ts';
import { type Import, imports } from './sources.ts';

/** The lines of ARCHITECTURE.md: a folder may import those of the lines above its own. */
function layers(): string[][] {
  const text = readFileSync(join(checkout, 'ARCHITECTURE.md'), 'utf8');
  const block = /## Who may import whom\n.*?```\n(.*?)```/s.exec(text)?.[1] ?? '';
  return block
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
}

/** `src` for the modules that are directly in it. */
function folderOf(path: string): string {
  const [top = '', folder = '', inner = ''] = path.split('/');
  if (top !== 'src') return top;
  if (folder === 'connector' && inner === 'json') return 'connector/json';
  return inner === '' ? top : folder;
}

const inWords = ({ from, to, line }: Import): string => `${from}:${line} imports ${to}`;

describe('imports', () => {
  const order = layers();
  const layerOf = (path: string): number => order.findIndex((folders) => folders.includes(folderOf(path)));

  it('have every folder in the law, once', () => {
    const folders = [...new Set(imports.flatMap(({ from, to }) => [folderOf(from), folderOf(to)]))].sort();
    expect(order.flat().sort()).to.deep.equal(folders);
  });

  it('follow the law of ARCHITECTURE.md, also those of types', () => {
    const wrong = imports.filter(({ from, to }) => folderOf(from) !== folderOf(to) && layerOf(to) >= layerOf(from));
    expect(wrong.map(inWords), 'ARCHITECTURE.md: Who may import whom').to.deep.equal([]);
  });

  it('lead in no circle from file to file, but for types', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, isType } of imports) if (!isType) next.set(from, [...(next.get(from) ?? []), to]);
    expect(circles(next)).to.deep.equal([]);
  });
});

/** One circle through every file that is in one. */
function circles(next: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const other of next.get(file) ?? []) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}
