import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockFolder } from '../../src/files/lock.ts';
import { stateFolder } from '../../src/files/state-folder.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { buildOnce, cli, program } from '../support/cli.ts';
import { readJson, temporaryFolder, writeTree } from '../support/folders.ts';

const folderVariables = ['TMPDIR', 'TEMP', 'TMP', 'XDG_STATE_HOME'] as const;
/** A number that no process has: above the highest of Linux and macOS, and no multiple of four as Windows has them. */
const deadProcess = 99_999_999;

describe('a folder that a command has for itself', () => {
  let locks: string;
  let before: (string | undefined)[];

  beforeEach(() => {
    locks = mkdtempSync(join(tmpdir(), 'locks-'));
    before = folderVariables.map((name) => process.env[name]);
    for (const name of folderVariables) process.env[name] = locks;
  });

  afterEach(() => {
    folderVariables.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
    rmSync(locks, { recursive: true, force: true });
  });

  const place = (): string => join(locks, 'pp-connector');
  const lockNames = (): string[] => readdirSync(place());

  const take = (folder: string, told: string[] = []): Promise<() => void> =>
    lockFolder(folder, { command: 'pp-connector build', notify: (text) => told.push(text), timeoutMs: 300 });

  /** What another process has written; made from the name of our own lock. */
  async function lockOfAnother(folder: string, contents: string): Promise<string> {
    const release = await take(folder);
    const [name = ''] = lockNames();
    release();
    writeFileSync(join(place(), name), contents);
    return join(place(), name);
  }

  const holder = (pid: number): string =>
    JSON.stringify({ pid, command: 'pp-connector deploy', since: '2026-01-31T10:00:00.000Z' });

  it('is given back, and leaves nothing in the folder', async () => {
    const folder = temporaryFolder();
    const release = await take(folder);
    expect(lockNames()).to.have.length(1);
    expect(readdirSync(folder)).to.deep.equal([]);
    release();
    expect(lockNames()).to.deep.equal([]);
  });

  it('is given back once: the next one to have it keeps it', async () => {
    const folder = temporaryFolder();
    const release = await take(folder);
    release();
    const path = await lockOfAnother(folder, holder(process.ppid));
    release();
    expect(existsSync(path)).to.equal(true);
  });

  it('is refused while another process works there, with its name', async () => {
    const folder = temporaryFolder();
    const path = await lockOfAnother(folder, holder(process.ppid));
    const told: string[] = [];
    const error = await take(folder, told).then(
      () => undefined,
      (refusal: Error & { hint?: string }) => refusal,
    );
    expect(error?.message).to.include(
      `pp-connector deploy (process ${process.ppid}, since 2026-01-31T10:00:00.000Z) is working here`,
    );
    expect(error?.hint).to.include(path);
    expect(told.join('')).to.equal(`waiting for pp-connector deploy (process ${process.ppid}) …\n`);
  });

  it('is taken once the other one has ended', async () => {
    const folder = temporaryFolder();
    const path = await lockOfAnother(folder, holder(process.ppid));
    setTimeout(() => rmSync(path), 120);
    (await take(folder))();
  });

  it('is taken from a process that was killed', async () => {
    const folder = temporaryFolder();
    await lockOfAnother(folder, holder(deadProcess));
    (await take(folder))();
  });

  it('is taken from a process that was killed while it took it', async () => {
    const folder = temporaryFolder();
    const path = await lockOfAnother(folder, '{ "pi');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(path, longAgo, longAgo);
    (await take(folder))();
  });

  it('is taken without a lock where that of a killed process belongs to another user', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    const folder = temporaryFolder();
    await lockOfAnother(folder, holder(deadProcess));
    chmodSync(place(), 0o500);
    try {
      (await take(folder))();
    } finally {
      chmodSync(place(), 0o700);
    }
  });

  it('is taken without a lock where there is no place for one', async () => {
    const folder = temporaryFolder();
    const file = join(locks, 'a file');
    writeFileSync(file, '');
    for (const name of folderVariables) process.env[name] = join(file, 'below');
    (await take(folder))();
  });

  it('is taken where something else has the place of the lock, and that stays', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    const make: ((path: string) => void)[] = [
      (path) => mkdirSync(path),
      (path) => symlinkSync('nowhere', path),
      (path) => void spawnSync('mkfifo', [path]),
    ];
    for (const planted of make) {
      const path = await lockOfAnother(folder, '');
      rmSync(path);
      planted(path);
      (await take(folder))();
      expect(lstatSync(path).isFile()).to.equal(false);
      rmSync(path, { recursive: true });
    }
  });

  it('never has its lock where others can write', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    mkdirSync(place(), { mode: 0o777 });
    chmodSync(place(), 0o777);
    (await take(folder))();
    expect(stateFolder(folder)).to.equal(join(locks, `pp-connector-${process.getuid?.()}`));
    symlinkSync(locks, join(folder, 'linked'));
    process.env.XDG_STATE_HOME = folder;
    expect(stateFolder(folder), 'the repository itself').to.equal(join(locks, `pp-connector-${process.getuid?.()}`));
  });
});

describe('two commands at once in one repository', () => {
  it('both do their work', async function () {
    this.timeout(60_000);
    buildOnce();
    const cwd = temporaryFolder();
    expect(cli(['new', '.', '--yes'], { cwd }).status).to.equal(0);
    const add = (path: string): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [program, 'operation', '--path', path, '--yes'], {
          cwd,
          stdio: 'ignore',
        });
        child.on('close', resolve);
      });
    const paths = ['/orders', '/customers', '/invoices'];
    expect(await Promise.all(paths.map(add))).to.deep.equal([0, 0, 0]);
    const definition = readJson(cwd, 'connector/apiDefinition.json') as { paths: object };
    expect(definition.paths).to.include.keys(paths);
    expect(cli(['validate'], { cwd }).status).to.equal(0);
  });

  it('do not wait for each other where each has files of its own', async function () {
    this.timeout(60_000);
    buildOnce();
    const cwd = temporaryFolder();
    const names = ['a', 'b', 'c'];
    for (const name of names)
      writeTree(cwd, { [`${name}/apiDefinition.swagger.json`]: JSON.stringify(exampleDefinition) });
    const commands = names.flatMap((name) => [
      ['import', `${name}/apiDefinition.swagger.json`, '--output', `${name}.json`],
      ['validate', '--fix', '--fail-on', 'never', name],
    ]);
    const said = await Promise.all(
      commands.map(
        (args) =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
            let text = '';
            child.stderr.on('data', (chunk: Buffer) => {
              text += chunk.toString();
            });
            child.on('close', (status) => resolve(`${status} ${text}`));
          }),
      ),
    );
    for (const text of said)
      expect(text)
        .to.match(/^0 /)
        .and.not.match(/waiting for/);
  });
});
