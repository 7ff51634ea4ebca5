import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, cli } from '../support/cli.ts';
import { snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

/** Where people really work: awkward folders, other clocks and languages, line ends of Windows, disks without space. */

/** What an author does first. */
const work: readonly (readonly string[])[] = [
  ['new', '.', '--yes', '--auth', 'basic'],
  ['operation', '--path', '/orders/{orderId}', '--yes'],
  ['readme'],
  ['validate'],
  ['deploy', '--dry-run', '--environment', 'https://contoso.crm.dynamics.com'],
];

function doWork(cwd: string, run: typeof warmCli = warmCli, env: Record<string, string> = {}): CliResult[] {
  return work.map((args) => {
    const result = run(args, { cwd, env });
    expect(result.status, `${args.join(' ')}\n${result.stderr}`).to.equal(0);
    return result;
  });
}

/** A folder whose whole path has this many characters. */
function deepFolder(length: number): string {
  const parent = temporaryFolder('Müller & Söhne (Berlin) 100%');
  const missing = length - parent.length - 2;
  const path = join(parent, "Tom's".padEnd(missing / 2, ' very long name'), 'ä'.repeat(Math.ceil(missing / 2)));
  mkdirSync(path, { recursive: true });
  return path;
}

describe('awkward places', function () {
  this.timeout(60_000);

  it('a path of 240 characters with blanks, umlauts and quotes', () => {
    const folder = deepFolder(240);
    expect(folder).to.have.length.within(238, 242);
    doWork(folder);
  });

  const elsewhere = [
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/Adak', LANG: 'de_DE.ISO-8859-1', LC_ALL: 'C' },
  ];
  it('another clock and another language: the same bytes', () => {
    const trees = elsewhere.map((env) => {
      const folder = temporaryFolder('contoso');
      // both count when Node starts
      doWork(folder, cli, env);
      return snapshot(folder);
    });
    expect(trees[1]).to.deep.equal(trees[0]);
  });

  it('a user without a home folder and a name: the same work', () => {
    const folder = temporaryFolder();
    const none = "const os = require('os'); os.homedir = os.userInfo = () => { throw new Error('there is none'); };";
    const preload = join(writeTree(temporaryFolder(), { 'none.cjs': none }), 'none.cjs');
    for (const args of work.slice(0, 2)) {
      const { status, stderr } = cli(args, { cwd: folder, nodeFlags: ['--require', preload] });
      expect(status, stderr).to.equal(0);
    }
  });

  it('line ends of Windows: kept, and nothing to change', () => {
    const folder = temporaryFolder();
    doWork(folder);
    const texts = Object.entries(snapshot(folder)).filter(([name]) => !name.endsWith('.png'));
    writeTree(folder, Object.fromEntries(texts.map(([name, text]) => [name, text.replaceAll('\n', '\r\n')])));
    const before = snapshot(folder);
    for (const args of [['new', '.', '--yes'], ['readme'], ['build'], ['oauth', '--yes']]) {
      expect(warmCli(args, { cwd: folder }).status).to.equal(0);
    }
    expect(snapshot(folder)).to.deep.equal(before);
    expect(warmCli(['operation', '--path', '/stock', '--yes'], { cwd: folder }).status).to.equal(0);
    const definition = readFileSync(join(folder, 'connector', 'apiDefinition.json'), 'utf8');
    expect(definition).to.include('/stock');
    expect(definition.replaceAll('\r\n', '')).not.to.include('\n');
  });
});

/** Real file systems, where the tests may mount some: as root on Linux. */
describe('real disks', () => {
  let disk: string;
  let isMounted = false;

  beforeEach(function () {
    disk = temporaryFolder('disk');
    const mounted = process.getuid?.() === 0 ? mount('size=48k') : undefined;
    isMounted = mounted?.status === 0;
    if (!isMounted) this.skip();
  });
  afterEach(() => {
    if (isMounted) spawnSync('umount', ['--lazy', disk]);
  });
  const mount = (options: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);

  it('a full disk: nothing is written, and it says so', () => {
    const { status, stderr } = warmCli(['new', 'shop', '--yes'], { cwd: disk });
    expect(status).to.equal(2);
    expect(stderr).to.match(/error: .*the disk is full/);
    expect(snapshot(disk)).to.deep.equal({});
  });

  it('a disk that is read-only: nothing is written, and it says so', () => {
    expect(spawnSync('mount', ['-o', 'remount,size=4m', disk]).status).to.equal(0);
    expect(warmCli(['new', 'shop', '--yes'], { cwd: disk }).status).to.equal(0);
    const before = snapshot(disk);
    expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).to.equal(0);
    const cwd = join(disk, 'shop');
    expect(warmCli(['validate'], { cwd }).status).to.equal(0);
    const { status, stderr } = warmCli(['operation', '--path', '/orders', '--yes'], { cwd });
    expect(status).to.equal(2);
    expect(stderr).to.match(/error: .*the file system is read-only/);
    expect(stderr).not.to.match(/\n {4}at /);
    expect(snapshot(disk)).to.deep.equal(before);
  });
});
