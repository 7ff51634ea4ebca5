import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { digest } from '../../src/files/digest.ts';
import { generatedFilesName } from '../../src/files/generated-files.ts';
import { version } from '../../src/version.ts';
import { checkout, readTree, writeTree } from './folders.ts';

const goldenRoot = join(checkout, 'test', 'golden');

/** The golden repositories that are kept whole; of the others only what differs from one of them. */
export const wholeGolden = ['none-custom', 'api-key-header-verified'] as const;
export type WholeGolden = (typeof wholeGolden)[number];

/**
 * Compares a folder with the golden repository of that name, file by file. `UPDATE_GOLDEN=1` rewrites what is kept of it
 * instead; a reviewer reads the difference.
 *
 * @param base what the repository is like otherwise; none for one that is kept whole
 */
export function expectGolden(folder: string, name: string, base?: WholeGolden): void {
  const actual = storable(readTree(folder));
  const common = base === undefined ? {} : readStored(base);
  const missing = Object.keys(common).filter((file) => actual[file] === undefined);
  expect(missing, `files of ${base} that ${name} doesn't have; choose another base`).to.deep.equal([]);
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(join(goldenRoot, name), { recursive: true, force: true });
    const own = Object.entries(actual).filter(([file, text]) => common[file] !== text);
    writeTree(join(goldenRoot, name), Object.fromEntries(own));
  }
  const kept = readStored(name);
  const doubled = Object.keys(kept).filter((file) => kept[file] === common[file]);
  expect(doubled, `files of ${name} that are those of ${base}`).to.deep.equal([]);
  const expected: Record<string, string> = { ...common, ...kept };
  expect(Object.keys(actual).sort(), `files of ${name}; UPDATE_GOLDEN=1 rewrites them`).to.deep.equal(
    Object.keys(expected).sort(),
  );
  for (const [file, text] of Object.entries(actual)) expect(text, `${name}/${file}`).to.equal(expected[file]);
}

/** Stored name → text. */
function readStored(name: string): Record<string, string> {
  const entries = Object.entries(readTree(join(goldenRoot, name)));
  return Object.fromEntries(entries.map(([file, bytes]) => [file, bytes.toString()]));
}

/**
 * How a repository is kept as a golden one: all as text, and no name that git or npm would obey. Pictures are kept by a
 * digest of their pixels: the bytes depend on the machine's compression library.
 */
function storable(files: Readonly<Record<string, Buffer>>): Record<string, string> {
  const entries = Object.entries(files).map(([name, bytes]) => {
    if (name.endsWith('.png')) return [`${storedName(name)}.digest.txt`, describePicture(bytes)];
    if (name === generatedFilesName) return [storedName(name), withoutDigests(bytes, files)];
    return [storedName(name), bytes.toString()];
  });
  return Object.fromEntries(entries);
}

const storedName = (name: string): string => name.replaceAll(/(^|\/)\./g, '$1_');

function describePicture(bytes: Buffer): string {
  const { width, height, data } = PNG.sync.read(bytes);
  return `${width} x ${height}, pixels ${createHash('sha256').update(data).digest('hex')}\n`;
}

/** Of each digest only whether it is right, as a reviewer sees the files themselves; and no version, which every release changes. */
function withoutDigests(bytes: Buffer, files: Readonly<Record<string, Buffer>>): string {
  const text = bytes.toString().replace(`"version": "${version}"`, '"version": "version of this package"');
  return text.replaceAll(/"([^"]+)": "([0-9a-f]+)"/g, (whole, name: string, recorded: string) => {
    const file = files[name];
    return file !== undefined && digest(file) === recorded ? `"${name}": "digest of the file"` : whole;
  });
}
