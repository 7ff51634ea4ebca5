import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { expect } from 'chai';
import { openCompiledCode } from '../../src/cli/compiled-code.ts';
import { buildOnce, cli, program, userEnvironment } from '../support/cli.ts';
import { checkout, temporaryFolder, testState, writeTree } from '../support/folders.ts';

const ours = {
  'main.cjs': `const { double } = require('./parts/double.cjs');
    exports.answer = (number) => double(number);
    exports.later = () => Promise.resolve().then(() => require('./parts/later.cjs'));
    exports.names = [__filename, __dirname, typeof require.resolve, this === module.exports];
    exports.fail = () => { throw new Error('as wanted'); };`,
  'parts/double.cjs': "exports.double = (number) => number * 2; exports.main = require('../main.cjs');",
  'parts/later.cjs': 'exports.text = "later";',
  'parts/importing.cjs': 'exports.builtin = () => import("node:zlib");',
  'parts/broken.cjs': 'exports.half = true; null.x;',
};

interface Main {
  answer: (number: number) => number;
  later: () => Promise<{ text: string }>;
  names: unknown[];
  fail: () => never;
}

describe('compiled code', () => {
  let dist = '';
  let state = '';
  const { NODE_OPTIONS: options } = process.env;
  // V8 remembers within a process what it has compiled: then it looks at nothing that was kept
  before(() => setFlagsFromString('--no-compilation-cache'));
  after(() => setFlagsFromString('--compilation-cache'));
  beforeEach(() => {
    dist = writeTree(temporaryFolder(), ours) + sep;
    state = join(temporaryFolder(), 'state');
    process.env.XDG_STATE_HOME = state;
  });
  afterEach(() => {
    process.env.XDG_STATE_HOME = testState;
    delete process.env.NODE_DISABLE_COMPILE_CACHE;
    if (options === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = options;
  });

  /** As in a process of its own, which has loaded nothing yet. */
  const open = (run: { build?: string; command?: string } = {}) => {
    const require = Object.assign(createRequire(import.meta.url), { cache: {} });
    return openCompiledCode({ dist, build: 'build', command: 'validate', ...run }, require);
  };
  const load = (code = open()) => code?.load(join(dist, 'main.cjs')) as Main;
  /** One run of a command. @returns the number that main makes of 21 */
  const run = (options?: { build?: string; command?: string }) => {
    const code = open(options);
    const answer = code === undefined ? undefined : load(code).answer(21);
    code?.keep();
    return answer;
  };
  const folder = () => join(state, 'pp-connector', 'code');
  const kept = () =>
    existsSync(folder())
      ? readdirSync(folder(), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
      : [];
  const only = (): string => {
    const [file = '', ...others] = kept();
    expect(others).to.deep.equal([]);
    return file;
  };
  /** Changes with every time that it is written. */
  const edition = () => statSync(only()).ino;

  it('runs files as Node does, with what they require now and later', async () => {
    for (let time = 1; time <= 2; time += 1) {
      const code = open();
      const main = load(code);
      expect(main.answer(4)).to.equal(8);
      expect((await main.later()).text).to.equal('later');
      const importing = code?.load(join(dist, 'parts', 'importing.cjs')) as { builtin: () => Promise<unknown> };
      expect(await importing.builtin()).to.have.property('gzipSync');
      expect(main.names).to.deep.equal([join(dist, 'main.cjs'), dist.slice(0, -1), 'function', true]);
      expect(main.fail).to.throw('as wanted');
      expect(load(code), 'once').to.equal(main);
      code?.keep();
    }
  });

  it('names the line and the column of a failure, and loads a file that failed anew', () => {
    const code = open();
    const broken = join(dist, 'parts', 'broken.cjs');
    for (let time = 1; time <= 2; time += 1) {
      const failing = () => code?.load(broken);
      expect(failing).to.throw(TypeError);
      try {
        failing();
      } catch (error) {
        expect((error as Error).stack).to.match(/broken\.cjs:1:27/);
      }
    }
  });

  it('writes once, and uses it: V8 would have refused it otherwise, and it would be written again', () => {
    run();
    const first = edition();
    expect(run()).to.equal(42);
    expect(edition()).to.equal(first);
    if (process.platform !== 'win32') {
      expect(statSync(only()).mode & 0o777).to.equal(0o600);
      expect(statSync(folder()).mode & 0o777).to.equal(0o700);
    }
  });

  it('keeps the code of each command, build and set of flags', () => {
    run();
    run({ command: 'import' });
    run({ build: 'another' });
    process.env.NODE_OPTIONS = '--max-old-space-size=100';
    run();
    expect(kept()).to.have.length(4);
  });

  it('keeps nothing for flags too long for a name, which others may begin with', () => {
    process.env.NODE_OPTIONS = `--title=${'x'.repeat(200)}`;
    expect(run()).to.equal(undefined);
    expect(kept()).to.deep.equal([]);
  });

  it('keeps the code of each installation of one build, whose files were written at other times', () => {
    const places = [dist, writeTree(temporaryFolder(), ours) + sep];
    const editions = () => kept().map((file) => statSync(file).ino);
    const runBoth = () => {
      for (const place of places) {
        dist = place;
        expect(run()).to.equal(42);
      }
    };
    runBoth();
    const first = editions();
    expect(first).to.have.length(2);
    runBoth();
    expect(editions()).to.deep.equal(first);
  });

  it('keeps no more than forty, the latest, nor what runs have begun that were killed', () => {
    run({ build: 'first' });
    const [first = ''] = readdirSync(folder());
    writeFileSync(join(folder(), '4711'), 'half of i');
    const old = Date.now() / 1000 - 60;
    for (const name of readdirSync(folder())) utimesSync(join(folder(), name), old, old);
    for (let build = 1; build <= 38; build += 1) {
      run({ build: String(build) });
    }
    expect(readdirSync(folder())).to.have.length(40);
    run({ build: 'last' });
    run({ build: 'very last' });
    const names = readdirSync(folder());
    expect(names).to.have.length(40);
    expect(names).to.not.include.members([first, '4711']);
    // one of the same number has begun and was killed
    const mine = join(folder(), String(process.pid));
    writeFileSync(mine, 'half of i');
    expect(run({ build: 'next' })).to.equal(42);
    expect(existsSync(mine)).to.equal(false);
  });

  it('runs what a file says now, after it was edited', () => {
    run();
    const path = join(dist, 'parts', 'double.cjs');
    const { mtimeMs } = statSync(path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('* 2', '* 3'));
    utimesSync(path, mtimeMs / 1000, mtimeMs / 1000 + 10);
    expect(run()).to.equal(63);
  });

  const damages: Record<string, (bytes: Buffer) => Buffer> = {
    'a changed bit': (bytes) => {
      const changed = Buffer.from(bytes);
      const at = Math.floor(bytes.length / 3);
      changed[at] = (changed[at] ?? 0) ^ 4;
      return changed;
    },
    'a lost page': (bytes) => Buffer.concat([bytes.subarray(0, 900), Buffer.alloc(64), bytes.subarray(964)]),
    'the end missing': (bytes) => bytes.subarray(0, -1000),
    'its halves in pieces that changed places': (bytes) => {
      const quarter = bytes.length >> 2;
      return Buffer.concat([bytes.subarray(quarter), bytes.subarray(0, quarter)]);
    },
    'half of it missing': (bytes) => bytes.subarray(0, bytes.length / 2),
    nothing: () => Buffer.alloc(0),
    zeros: (bytes) => Buffer.alloc(bytes.length),
    'another file': () => Buffer.from('{"a":1}\n{"a":1}\n'),
    'another version of V8': (bytes) => {
      const changed = Buffer.from(bytes.subarray(0, bytes.length / 2)).fill(1, 0, 8);
      return Buffer.concat([changed, changed]);
    },
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`doesn't run what was damaged (${name}), and replaces it`, () => {
      run();
      const bytes = readFileSync(only());
      writeFileSync(only(), damage(bytes));
      const damaged = edition();
      expect(run()).to.equal(42);
      expect(edition()).to.not.equal(damaged);
      const mended = edition();
      expect(run()).to.equal(42);
      expect(edition()).to.equal(mended);
    });
  }

  it('never fails where it cannot write', () => {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    chmodSync(join(state, 'pp-connector'), 0o700);
    run();
    const file = only();
    rmSync(file);
    // what is there cannot be replaced by a file
    mkdirSync(join(file, 'full'), { recursive: true });
    expect(run()).to.equal(42);
    expect(kept()).to.deep.equal([]);
  });

  it('is switched off by a variable, and without a command', () => {
    process.env.NODE_DISABLE_COMPILE_CACHE = '1';
    expect(open()).to.equal(undefined);
    delete process.env.NODE_DISABLE_COMPILE_CACHE;
    expect(open()).to.be.an('object');
    const words = [undefined, '', '--version', '../x', 'a/b', 'CON:', 'a.b'];
    for (const command of words)
      expect(openCompiledCode({ dist, build: '1', command }, createRequire(dist))).to.equal(undefined);
  });

  it('believes nothing in a repository, in a link, or where others can write', function () {
    if (process.platform === 'win32') this.skip();
    const code = () => join(state, 'pp-connector', 'code');
    const planted = () => existsSync(code()) && readdirSync(code()).length > 0;
    const isRefused = (prepare: () => void, undo: () => void) => {
      rmSync(state, { recursive: true, force: true });
      mkdirSync(state);
      prepare();
      run();
      expect(planted()).to.equal(false);
      undo();
    };
    isRefused(
      () => mkdirSync(join(state, '..', '.git')),
      () => rmSync(join(state, '..', '.git'), { recursive: true }),
    );
    const elsewhere = temporaryFolder();
    chmodSync(elsewhere, 0o700);
    isRefused(
      () => symlinkSync(elsewhere, join(state, 'pp-connector')),
      () => rmSync(join(state, 'pp-connector')),
    );
    isRefused(
      () => {
        mkdirSync(join(state, 'pp-connector'), { mode: 0o700 });
        symlinkSync(elsewhere, code());
      },
      () => rmSync(code()),
    );
    expect(readdirSync(elsewhere)).to.deep.equal([]);
    for (const path of ['pp-connector', 'pp-connector/code']) {
      isRefused(
        () => {
          mkdirSync(code(), { recursive: true, mode: 0o700 });
          chmodSync(join(state, path), 0o777);
        },
        () => {},
      );
      if (process.getuid?.() !== 0) continue;
      isRefused(
        () => {
          mkdirSync(code(), { recursive: true, mode: 0o700 });
          chownSync(join(state, path), 65_534, 65_534);
        },
        () => {},
      );
    }
  });
});

/** This Node, or one that the bench has installed. */
function nodeOf(major: string): string | undefined {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const bin = join(checkout, 'bench', '.cache', `node-${major}`, 'node_modules', 'node', 'bin');
  return ['node', 'node.exe'].map((name) => join(bin, name)).find((path) => existsSync(path));
}

describe('the executable with compiled code', () => {
  /** A definition with findings, and what is kept about it. */
  const prepare = () => {
    const state = temporaryFolder('state');
    const folder = writeTree(temporaryFolder(), {
      'apiDefinition.swagger.json': '{ "swagger": "2.0", "info": { "title": "A", "version": "1" }, "paths": {} }',
    });
    const env = { XDG_STATE_HOME: state, LOCALAPPDATA: state };
    const code = join(state, 'pp-connector', 'code');
    return { folder, env, kept: () => (existsSync(code) ? readdirSync(code).map((name) => join(code, name)) : []) };
  };
  const words = ['validate', '--format', 'json'];
  before(buildOnce);

  for (const major of ['20', '22', '24']) {
    it(`prints the same without it, with it fresh, used and damaged, and keeps it for what succeeds (Node ${major})`, function () {
      const node = nodeOf(major);
      if (node === undefined) return this.skip();
      const { folder, env, kept } = prepare();
      const validate = (more: Record<string, string> = {}, args = words) =>
        cli(args, { node, cwd: folder, env: { ...env, ...more } });
      const without = validate({ NODE_DISABLE_COMPILE_CACHE: '1' });
      expect(without.status).to.equal(1);
      expect(validate({}, ['validate', '--no-such-flag']).status).to.equal(2);
      validate({}, ['--version']);
      expect(kept()).to.deep.equal([]);
      expect(validate(), 'fresh').to.deep.equal(without);
      const [file = '', ...others] = kept();
      expect(others).to.deep.equal([]);
      const first = statSync(file);
      expect(validate(), 'used').to.deep.equal(without);
      expect(statSync(file)).to.include({ ino: first.ino, mtimeMs: first.mtimeMs });
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0, 100_000, 104_096));
      expect(validate(), 'damaged').to.deep.equal(without);
      expect(statSync(file).ino).to.not.equal(first.ino);
    });
  }

  it('is written by six at once, and then whole', async () => {
    const { folder, env, kept } = prepare();
    const outputs = await Promise.all(
      Array.from({ length: 6 }, () => {
        const options = { cwd: folder, env: userEnvironment(env) };
        // the status says that there are findings, which isn't a failure here
        return new Promise<string>((done) =>
          execFile(process.execPath, [program, ...words], options, (_, text) => done(text)),
        );
      }),
    );
    expect(JSON.parse(outputs[0] ?? '').connectors).to.have.length(1);
    expect(new Set(outputs).size).to.equal(1);
    const [file = '', ...others] = kept();
    expect(others).to.deep.equal([]);
    const { ino } = statSync(file);
    expect(cli(words, { cwd: folder, env }).stdout).to.equal(outputs[0]);
    expect(statSync(file).ino, 'it is used').to.equal(ino);
  });

  it('leaves nothing on a full disk, and prints the same', function () {
    // a limit of the shell for the size of files
    if (process.platform === 'win32') this.skip();
    const { folder, env, kept } = prepare();
    const without = cli(words, { cwd: folder, env: { ...env, NODE_DISABLE_COMPILE_CACHE: '1' } });
    const limited = spawnSync('sh', ['-c', 'ulimit -f 100; exec "$0" "$@"', process.execPath, program, ...words], {
      cwd: folder,
      env: userEnvironment(env),
      encoding: 'utf8',
    });
    expect(limited).to.include(without);
    expect(kept()).to.deep.equal([]);
  });
});
