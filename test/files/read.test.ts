import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  isTooLarge,
  readIfThere,
  readRegular,
  readRegularText,
  readTextWithin,
  readWithin,
} from '../../src/files/read.ts';
import { refusalOf } from '../../src/system-error.ts';
import { temporaryFolder } from '../support/folders.ts';

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

const onPosix = process.platform === 'win32' ? it.skip : it;
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('reading a file', () => {
  it('gives its bytes, and its text without a byte-order mark', () => {
    const path = join(temporaryFolder(), 'a.json');
    for (const size of [0, 1, 4095, 4096, 4097, 100_000]) {
      writeFileSync(path, Buffer.alloc(size, 'x'));
      expect(readRegular(path)).to.deep.equal(Buffer.alloc(size, 'x'));
    }
    writeFileSync(path, '\uFEFF{"ä":1}');
    expect(readRegularText(path)).to.equal('{"ä":1}');
  });

  it('waits for what comes slowly on standard input', async () => {
    const module = JSON.stringify(new URL('../../src/files/read.ts', import.meta.url).href);
    const script = `const { readStandardInput } = await import(${module}); process.stdin.isTTY; console.log(readStandardInput());`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    const text: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => text.push(chunk));
    child.stdin.write('{"a": ');
    // by then it reads, and nothing is there
    setTimeout(() => child.stdin.end('1}'), 1500);
    await once(child, 'close');
    expect(Buffer.concat(text).toString()).to.equal('{"a": 1}\n');
  });

  it('ends at the limit: exactly so much is read, one byte more is not', () => {
    const path = join(temporaryFolder(), 'a.json');
    writeFileSync(path, Buffer.alloc(5000));
    expect(readRegular(path, 5000)).to.have.length(5000);
    appendFileSync(path, 'x');
    const error = errorOf(() => readRegular(path, 5000));
    expect(isTooLarge(error)).to.equal(true);
    expect(refusalOf(error)).to.equal('the file is too large');
  });

  it('refuses a folder and what is not there', () => {
    const folder = temporaryFolder();
    expect(refusalOf(errorOf(() => readRegular(folder)))).to.equal('there is a folder where a file is expected');
    expect(refusalOf(errorOf(() => readRegular(join(folder, 'x'))))).to.equal('there is no such file or folder');
  });

  onPosix('refuses pipes and devices, and waits for none', () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', '/dev/null', '/dev/tty'])
      expect(refusalOf(errorOf(() => readRegular(path))), path).to.match(
        /a device or a pipe|device that does not answer/,
      );
  });

  onLinux('counts while it reads: files of the kernel have no size beforehand', () => {
    expect(readRegular('/proc/self/status').length).to.be.greaterThan(100);
    expect(isTooLarge(errorOf(() => readRegular('/proc/self/status', 10)))).to.equal(true);
  });

  onPosix('follows links inside of the folder only', () => {
    const folder = temporaryFolder();
    const other = temporaryFolder('other');
    writeFileSync(join(other, 'secret'), 'secret');
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'in', 'a'), 'a');
    symlinkSync('in/a', join(folder, 'link'));
    symlinkSync(join(other, 'secret'), join(folder, 'out'));
    symlinkSync(other, join(folder, 'folder'));
    expect(readWithin(folder, join(folder, 'link')).toString()).to.equal('a');
    expect(readIfThere(folder, join(folder, 'nothing'))).to.equal(undefined);
    for (const name of ['out', 'folder/secret']) {
      const path = join(folder, name);
      for (const read of [readWithin, readTextWithin, readIfThere])
        expect(() => read(folder, path), name).to.throw(/this is a link, and it leads out of the folder/);
    }
  });
});
