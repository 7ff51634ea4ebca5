import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../src/errors.ts';
import { whyNotPortable } from '../../src/files/portable-names.ts';
import { type Look, requireWritable } from '../../src/files/writable.ts';
import { writeFiles } from '../../src/files/write.ts';
import { readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';

describe('names of files on every system', () => {
  const devices = ['con', 'NUL', 'aux', 'Prn', 'com1', 'COM¹', 'lpt9', 'conin$', 'CONOUT$'];

  for (const name of [...devices, 'com1.txt', 'nul.tar.gz', 'aux.', 'con .txt', 'nul:stream']) {
    it(`refuses ${name}`, () => expect(whyNotPortable(name)).to.match(/device|allows no ":"/));
  }

  for (const name of ['a.', 'a ', 'a:b', 'what?', 'a*b', 'a|b', 'a<b', 'a"b', 'a\\b', 'a\tb']) {
    it(`refuses ${JSON.stringify(name)}`, () => expect(whyNotPortable(name)).to.match(/^Windows/));
  }

  for (const name of [
    'console',
    'com',
    'com10',
    'lpt',
    'nullable.json',
    'auxiliary',
    'my con',
    '.con',
    'ä b',
    "R&D 100% ^a! (x)'",
  ]) {
    it(`takes ${name}`, () => expect(whyNotPortable(name)).to.equal(undefined));
  }

  it('refuses a device with any extension, in any capitals', () => {
    const capitals = (name: string): fc.Arbitrary<string> =>
      fc
        .array(fc.boolean(), { minLength: 7, maxLength: 7 })
        .map((flips) =>
          [...name].map((letter, index) => (flips[index] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
        );
    const name = fc.tuple(fc.constantFrom(...devices).chain(capitals), fc.stringMatching(/^(?:\.[\w.]{0,9})?$/));
    fc.assert(
      fc.property(name, ([device, extension]) => whyNotPortable(device + extension) !== undefined),
      { seed: 10, numRuns: 500 },
    );
  });
});

describe('what can be written', () => {
  const nothing: Look = () => undefined;
  const onWindows =
    (path: string, look: Look = nothing) =>
    () =>
      requireWritable([path], 'win32', look);

  it('names the file, what is wrong with it, and that nothing was changed', () => {
    expect(onWindows('C:\\src\\con\\config.json'))
      .to.throw(UserError, 'C:\\src\\con\\config.json: "con" is a device on Windows')
      .with.property('hint', 'nothing was changed; use another name');
  });

  it('takes drives, shares and blanks of Windows', () => {
    for (const root of ['C:\\', 'Z:\\a b\\', '\\\\server\\share\\', '\\\\?\\C:\\ä\\']) {
      expect(onWindows(`${root}contoso\\config.json`)).not.to.throw();
    }
  });

  it("doesn't judge folders that are there", () => {
    const there: Look = (path) => (path === '/home/aux' ? { isReadOnly: false } : undefined);
    expect(() => requireWritable(['/home/aux/contoso/config.json'], 'linux', there)).not.to.throw();
    expect(() => requireWritable(['/home/aux/nul/config.json'], 'linux', there)).to.throw(
      UserError,
      /"nul" is a device/,
    );
  });

  it('refuses a path of 260 characters on Windows, and takes one of 259', () => {
    const path = (length: number): string => `C:\\${'folder\\'.repeat(30)}`.padEnd(length, 'x');
    expect(onWindows(path(259))).not.to.throw();
    expect(onWindows(path(260)))
      .to.throw(UserError, 'the path has 260 characters, and Windows takes 259')
      .with.property('hint')
      .that.matches(/nothing was changed/);
    expect(() => requireWritable([`/${'folder/'.repeat(60)}x`], 'linux', nothing)).not.to.throw();
  });

  it('refuses a read-only file before any other one is touched, also a user who may do everything', () => {
    const folder = writeTree(temporaryFolder(), { 'a.json': 'old', 'b.json': 'old' });
    chmodSync(join(folder, 'b.json'), 0o444);
    const changes = [
      [join(folder, 'new', 'c.json'), 'new'],
      [join(folder, 'a.json'), 'new'],
    ] as const;
    for (const contents of ['new', null]) {
      expect(() => writeFiles([...changes, [join(folder, 'b.json'), contents]]))
        .to.throw(UserError, `${join(folder, 'b.json')}: the file is read-only`)
        .with.property('hint')
        .that.matches(/nothing was changed.*(?:chmod u\+w|attrib -R)/);
    }
    expect(snapshot(folder)).to.deep.equal({ 'a.json': 'old', 'b.json': 'old' });
    expect(existsSync(join(folder, 'new'))).to.equal(false);
    chmodSync(join(folder, 'b.json'), 0o644);
    writeFiles([[join(folder, 'b.json'), 'new']]);
    expect(readText(folder, 'b.json')).to.equal('new');
  });
});
