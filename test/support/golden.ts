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

/** Folder of a golden repository. */
export const goldenFolder = (name: string): string => join(goldenRoot, name);

/**
 * Compares a folder with `test/golden/<name>`, file by file. `UPDATE_GOLDEN=1` rewrites the golden folder instead; a
 * reviewer reads the difference.
 */
export function expectGolden(folder: string, name: string): void {
  const actual = storable(readTree(folder));
  const golden = goldenFolder(name);
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(golden, { recursive: true, force: true });
    writeTree(golden, actual);
  }
  const stored = Object.entries(readTree(golden)).map(([file, bytes]) => [file, bytes.toString()]);
  const expected = Object.fromEntries(stored);
  expect(Object.keys(actual).sort(), `files of ${name}; UPDATE_GOLDEN=1 rewrites them`).to.deep.equal(
    Object.keys(expected).sort(),
  );
  for (const [file, text] of Object.entries(actual)) expect(text, `${name}/${file}`).to.equal(expected[file]);
}

/** The files of a golden repository under their real names; an icon can't come back, only its digest is kept. */
export function readGolden(name: string): Record<string, string> {
  const entries = Object.entries(readTree(goldenFolder(name)));
  return Object.fromEntries(entries.map(([file, bytes]) => [realName(file), bytes.toString()]));
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

const realName = (name: string): string => name.replaceAll(/(^|\/)_/g, '$1.');

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
