import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { type Watch, watchFiles } from '../../src/files/watch-files.ts';
import { temporaryFolder } from '../support/folders.ts';

describe('files that are watched', () => {
  let folder = '';
  let watch: Watch | undefined;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await watch?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Waits for it, a second at most. */
  async function until(isTrue: () => boolean): Promise<void> {
    for (let round = 0; round < 100 && !isTrue(); round += 1) await setTimeout(10);
    expect(isTrue()).to.equal(true);
  }

  it('are read as they are at last, whenever a second change comes', async () => {
    const file = join(folder, 'api.json');
    writeFileSync(file, 'at first');
    let seen = '';
    watch = await watchFiles([file], () => {
      seen = readFileSync(file, 'utf8');
    });
    for (const pause of [0, 20, 40, 42, 44, 46, 48, 50, 52]) {
      writeFileSync(file, `one ${pause}`);
      await setTimeout(pause);
      writeFileSync(file, `two ${pause}`);
      await until(() => seen === `two ${pause}`);
    }
  });

  it('are told when it never gets quiet, and once more when it does', async () => {
    const file = join(folder, 'api.json');
    writeFileSync(file, '0');
    const seen: string[] = [];
    watch = await watchFiles([file], () => seen.push(readFileSync(file, 'utf8')));
    for (let round = 1; round <= 30; round += 1) {
      writeFileSync(file, String(round));
      await setTimeout(15);
    }
    expect(seen.length).to.be.greaterThan(0);
    await until(() => seen.at(-1) === '30');
  });

  it('are all told once more when several never get quiet', async () => {
    const files = ['one.json', 'two.json'].map((name) => join(folder, name));
    for (const file of files) writeFileSync(file, '0');
    const seen = new Map<string, string>();
    watch = await watchFiles(files, (paths) => {
      for (const path of paths) seen.set(path, readFileSync(path, 'utf8'));
    });
    for (let round = 1; round <= 25; round += 1) {
      for (const file of files) writeFileSync(file, String(round));
      await setTimeout(13);
    }
    await until(() => files.every((file) => seen.get(file) === '25'));
  });

  it('are told that come and go, and none beside them', async () => {
    const tests = join(folder, 'tests');
    mkdirSync(tests);
    const file = join(folder, 'script.csx');
    const told: string[] = [];
    watch = await watchFiles([file], (paths) => told.push(...paths), { folders: [tests] });
    writeFileSync(join(folder, 'other.txt'), '');
    writeFileSync(file, 'class Script {}');
    await until(() => told.includes(file));
    rmSync(file);
    writeFileSync(join(tests, 'a.test.yaml'), '');
    await until(() => told.includes(join(tests, 'a.test.yaml')));
    expect(told.filter((path) => path.endsWith('other.txt'))).to.deep.equal([]);
  });
});
