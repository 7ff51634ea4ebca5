import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, posix, resolve, win32 } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { confineByEnvironment, confinesVariable } from '../../src/cli/confines.ts';
import {
  confine,
  containedPath,
  forbidOutside,
  isInside,
  nameProblem,
  permitOutside,
  realTarget,
  whyOutside,
} from '../../src/files/contained-path.ts';
import { readPrivateText, readRegular, readRegularText } from '../../src/files/read.ts';
import { writeFiles } from '../../src/files/write.ts';
import { readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

describe('a process that is let into some folders', () => {
  afterEach(() => confine(undefined));

  it('reads and writes there alone, links followed, whatever it is permitted', function () {
    if (process.platform === 'win32') this.skip();
    const root = writeTree(temporaryFolder(), { 'a.json': '1' });
    const other = writeTree(temporaryFolder('other'), { 'b.json': '2' });
    symlinkSync(join(other, 'b.json'), join(root, 'link.json'));
    symlinkSync('a.json', join(root, 'inner.json'));
    symlinkSync(join(other, 'new.json'), join(root, 'new.json'));
    confine([root]);
    permitOutside();
    try {
      expect(readRegularText(join(root, 'a.json'))).to.equal('1');
      expect(readRegularText(join(root, 'inner.json'))).to.equal('1');
      for (const path of [join(other, 'b.json'), join(root, 'link.json'), join(root, '..', 'other', 'b.json')])
        expect(() => readRegular(path), path).to.throw();
      for (const path of [join(other, 'b.json'), join(root, 'link.json'), join(root, 'new.json')])
        expect(() => writeFiles([[path, 'x']]), path).to.throw('outside of the folder that this program was let into');
      writeFiles([[join(root, 'deep', 'c.json'), '3']]);
    } finally {
      forbidOutside();
    }
    expect(readPrivateText(join(other, 'b.json'))).to.equal('2');
    expect(snapshot(other)).to.deep.equal({ 'b.json': '2' });
  });

  it('is let into none by what is not a list of folders', () => {
    const root = writeTree(temporaryFolder(), { 'a.json': '1' });
    for (const text of ['', '{', '"/"', '[1]', '[]', 'null']) {
      confineByEnvironment({ [confinesVariable]: text });
      expect(() => readRegular(join(root, 'a.json')), text).to.throw('outside of the folder');
    }
    confine(undefined);
    confineByEnvironment({});
    expect(readRegularText(join(root, 'a.json'))).to.equal('1');
  });
});

describe('a name that a repository holds', () => {
  const inside = ['a.json', './a.json', 'api/../a.json', 'api\\v1.yaml', '.', '', 'a..b/..c', 'com.json', 'console.md'];
  const outside = [
    ...['..', '../a.json', 'api/../../a.json', '..\\a.json', 'api\\..\\..\\a.json', 'api/..\\../a'],
    ...['/etc/passwd', '\\a.json', '//host/share/a', '\\\\host\\share\\a', '\\\\?\\C:\\a', '\\\\.\\pipe\\a'],
    ...['C:\\a.json', 'c:/a.json', 'C:a.json', 'a.json:stream', 'http://contoso.com/a.json', 'file:///etc/passwd'],
    ...['nul', 'NUL.json', 'api/con', 'aux.tar.gz', 'Com1', 'lpt9.txt', 'conin$', 'nul .json', 'api/.../a', '.. /a'],
    ...['a\0.json', 'a\n.json', '\x7f'],
  ];

  it('stays in the folder, or is refused, on every system alike', () => {
    const folder = temporaryFolder();
    for (const name of inside) expect(whyOutside({ folder, name }), name).to.equal(undefined);
    for (const name of outside) expect(whyOutside({ folder, name }), name).to.be.a('string');
    for (const name of outside.filter((text) => !/^(?:[a-z]:)?[\\/](?![\\/])/i.test(text))) {
      expect(nameProblem(name, [], 'win32'), name).to.be.a('string');
    }
  });

  it('may begin elsewhere in the folder', () => {
    const folder = temporaryFolder();
    const base = join(folder, 'connector');
    expect(whyOutside({ folder, base, name: '../icon.png' })).to.equal(undefined);
    expect(whyOutside({ folder, base, name: '..\\icon.png' })).to.equal(undefined);
    expect(whyOutside({ folder, base, name: '../../icon.png' })).to.be.a('string');
  });

  it('may be absolute', () => {
    const folder = temporaryFolder();
    expect(whyOutside({ folder, name: join(folder, 'a.json') })).to.equal(undefined);
    expect(whyOutside({ folder, name: `${folder}-2/a.json` })).to.be.a('string');
  });

  it('is followed through links, also to what is not there', function () {
    if (process.platform === 'win32') this.skip();
    const folder = writeTree(temporaryFolder(), { 'real/a.json': '' });
    const other = writeTree(temporaryFolder('other'), { 'a.json': '' });
    symlinkSync('real', join(folder, 'linked'));
    symlinkSync(other, join(folder, 'out'));
    symlinkSync(join(other, 'nothing', 'here'), join(folder, 'dangling'));
    symlinkSync('dangling', join(folder, 'twice'));
    symlinkSync('loop', join(folder, 'loop'));
    for (const name of ['linked/a.json', 'linked/new.json', 'linked/../real']) {
      expect(whyOutside({ folder, name }), name).to.equal(undefined);
    }
    for (const name of ['out/a.json', 'out', 'out/new/er.json', 'dangling', 'twice', 'twice/x']) {
      expect(whyOutside({ folder, name }), name).to.match(/^it leads out of the folder, to /);
    }
    // the operating system refuses it
    expect(whyOutside({ folder, name: 'loop' })).to.equal(undefined);
    // the folder itself may be named by a link
    const link = join(temporaryFolder('links'), 'link');
    symlinkSync(folder, link);
    expect(whyOutside({ folder: link, name: 'real/a.json' })).to.equal(undefined);
    expect(whyOutside({ folder: link, name: 'out/a.json' })).to.be.a('string');
  });

  it('is named in the error, with its place and what permits it', () => {
    const folder = temporaryFolder();
    expect(() => containedPath({ folder, name: '../x' }, 'config.json: "icon"'))
      .to.throw('config.json: "icon" names "../x": it leads out of the folder')
      .with.property('hint')
      .that.includes('--allow-outside');
    permitOutside();
    try {
      expect(containedPath({ folder, name: '../x' }, '')).to.equal(resolve(folder, '../x'));
    } finally {
      forbidOutside();
    }
  });
});

describe('names of all kinds', () => {
  const parts = fc.constantFrom(
    ...['..', '.', '...', '', 'a', 'api', 'out', 'in', 'loop', 'C:', 'nul', '~', '%2e%2e', '..%2f', ' ', '\0', ':s'],
    ...['\\..\\', '\\', '//', '\\\\h\\s', 'ä', '\u202e'],
  );
  const names = fc
    .array(
      fc.tuple(fc.oneof({ weight: 4, arbitrary: parts }, fc.string({ maxLength: 8 })), fc.constantFrom('/', '\\', '')),
    )
    .map((list) => list.map(([part, separator]) => part + separator).join(''));

  it('are taken only where they stay inside', () => {
    const folder = realpathSync(temporaryFolder());
    const other = temporaryFolder('other');
    for (const name of ['a', 'api/a']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(other, 'a'), '');
    if (process.platform !== 'win32') {
      symlinkSync(other, join(folder, 'out'));
      symlinkSync('api', join(folder, 'in'));
      symlinkSync('loop', join(folder, 'loop'));
    }
    fc.assert(
      fc.property(names, fc.constantFrom('.', 'api', 'api/a'), (name, base) => {
        const held = { folder, base: join(folder, base), name };
        if (whyOutside(held) !== undefined) return;
        const target = realTarget(resolve(held.base, name.replaceAll('\\', '/')));
        expect(isInside(folder, target), name).to.equal(true);
        // as Windows would read it
        const there = win32.resolve('C:\\r', base, name.startsWith('/') ? '.' : name);
        expect(isInside('C:\\r', there, win32), name).to.equal(true);
      }),
      { seed: 20261128, numRuns: 3000 },
    );
  });

  it('may have the backslashes of Windows on every system', () => {
    const folder = realpathSync(temporaryFolder());
    expect(containedPath({ folder, name: '.\\api\\openapi.json' }, '')).to.equal(join(folder, 'api', 'openapi.json'));
    expect(() => containedPath({ folder, name: '..\\x' }, '')).to.throw('it leads out of the folder');
  });

  it('are inside of a folder by the words of each system', () => {
    expect(isInside('/a', '/a', posix)).to.equal(true);
    expect(isInside('/a', '/a/..b', posix)).to.equal(true);
    expect(isInside('/a', '/ab', posix)).to.equal(false);
    expect(isInside('/', '/ab', posix)).to.equal(true);
    expect(isInside('C:\\a', 'c:\\A\\b', win32)).to.equal(true);
    expect(isInside('C:\\a', 'D:\\a\\b', win32)).to.equal(false);
    expect(isInside('C:\\a', '\\\\host\\share\\a', win32)).to.equal(false);
  });
});

describe('the commands, in a repository whose names lead out of it', function () {
  this.timeout(120_000);

  it('refuse an output directory outside, with --yes too, and never edit the file of another program', () => {
    const parent = temporaryFolder('parent');
    const repository = join(parent, 'repository');
    expect(warmCli(['new', 'repository', '--yes'], { cwd: parent }).status).to.equal(0);
    const editor = { 'editor/settings.json': '{ "editor.fontSize": 14 }\n' };
    writeTree(parent, editor);
    const config = JSON.parse(readText(repository, 'config.json')) as object;
    const source = 'connector/apiDefinition.json';
    writeTree(repository, {
      'config.json': JSON.stringify({ ...config, apiDefinition: source, outputDirectory: '../editor' }),
    });
    const refused = warmCli(['build', '--yes'], { cwd: repository });
    expect(refused.status).to.equal(2);
    expect(refused.stderr).to.include('config.json: "outputDirectory" names "../editor": it leads out of the folder');
    const foreign = warmCli(['build', '--allow-outside'], { cwd: repository });
    expect(foreign.status).to.equal(2);
    expect(foreign.stderr).to.include('this is a file of another program, which has "editor.fontSize"');
    expect(snapshot(join(parent, 'editor'))).to.deep.equal({ 'settings.json': editor['editor/settings.json'] });
    writeTree(parent, { 'editor/settings.json': '{}' });
    expect(warmCli(['build', '--allow-outside'], { cwd: repository }).status).to.equal(0);
    expect(snapshot(join(parent, 'editor'))).to.include.keys('apiDefinition.json');
  });

  it('refuse an icon and a definition outside', () => {
    const parent = temporaryFolder('parent');
    const repository = join(parent, 'repository');
    expect(warmCli(['new', 'repository', '--yes'], { cwd: parent }).status).to.equal(0);
    writeTree(parent, { key: 'secret' });
    const config = JSON.parse(readText(repository, 'config.json')) as object;
    for (const key of ['icon', 'apiDefinition']) {
      writeTree(repository, { 'config.json': JSON.stringify({ ...config, [key]: '../key' }) });
      const { status, stderr } = warmCli(['build'], { cwd: repository });
      expect(status).to.equal(2);
      expect(stderr).to.include(`config.json: "${key}" names "../key"`);
    }
  });
});
