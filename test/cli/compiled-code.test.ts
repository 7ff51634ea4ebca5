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
import { cli } from '../support/cli.ts';
import { temporaryFolder, testState, writeTree } from '../support/folders.ts';

/** Long enough to be worth keeping. */
const padding = `/* ${'x'.repeat(20_000)} */`;
const ours = {
  'main.cjs': `${padding}
    const { double } = require('./parts/double.cjs');
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

  it('keeps the code of each command, build and set of flags; of four, and the older ones go', () => {
    run();
    run({ command: 'import' });
    expect(kept()).to.have.length(2);
    for (const build of ['2', '3', '4', '5', '6']) {
      run({ build });
      for (const name of readdirSync(folder())) {
        const { mtimeMs } = statSync(join(folder(), name));
        utimesSync(join(folder(), name), mtimeMs / 1000 - 60, mtimeMs / 1000 - 60);
      }
    }
    const builds = readdirSync(folder()).map((name) => name.split('-')[0]);
    expect(builds).to.have.members(['3', '4', '5', '6']);
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
    'half of it missing': (bytes) => bytes.subarray(0, bytes.length / 2),
    nothing: () => Buffer.alloc(0),
    zeros: (bytes) => Buffer.alloc(bytes.length),
    'another file': () => Buffer.from('{"a":1}\n{"a":1}\n'),
    'another version of V8': (bytes) => {
      const half = bytes.subarray(0, bytes.length / 2);
      const changed = Buffer.from(half);
      const start = half.indexOf('\n') + 1;
      changed.fill(1, start, start + 8);
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
    const key = join(folder(), readdirSync(folder())[0] ?? '');
    rmSync(key, { recursive: true });
    writeFileSync(key, 'a file where a folder should be');
    expect(run()).to.equal(42);
    rmSync(key);
    mkdirSync(join(key, 'validate'), { recursive: true });
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

describe('the executable with compiled code', () => {
  it('prints the same without it, with it fresh and with it used, and keeps it for what succeeds only', () => {
    const state = temporaryFolder('state');
    const folder = writeTree(temporaryFolder(), {
      'apiDefinition.swagger.json': '{ "swagger": "2.0", "info": { "title": "A", "version": "1" }, "paths": {} }',
    });
    const validate = (env: Record<string, string> = {}, words = ['--format', 'json']) =>
      cli(['validate', ...words], { cwd: folder, env: { XDG_STATE_HOME: state, LOCALAPPDATA: state, ...env } });
    const code = join(state, 'pp-connector', 'code');
    const without = validate({ NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(without.status).to.equal(1);
    expect(existsSync(code)).to.equal(false);
    expect(validate({}, ['--no-such-flag']).status).to.equal(2);
    cli(['--version'], { env: { XDG_STATE_HOME: state, LOCALAPPDATA: state } });
    expect(existsSync(code) ? readdirSync(code) : []).to.deep.equal([]);
    const fresh = validate();
    const file = () => {
      const [key = ''] = readdirSync(code);
      expect(readdirSync(join(code, key))).to.deep.equal(['validate']);
      return statSync(join(code, key, 'validate'));
    };
    const first = file();
    const used = validate();
    expect(fresh).to.deep.equal(without);
    expect(used).to.deep.equal(without);
    expect(file().ino).to.equal(first.ino);
    expect(file().mtimeMs).to.equal(first.mtimeMs);
  });
});
