import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildOnce, cli, program } from '../support/cli.ts';
import { checkout, readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';

/** Files with code or data that Node opens until the process ends: source and JSON, without Node's own. */
function openedBy(args: string[], cwd: string): string[] {
  const hook = writeTree(temporaryFolder(), {
    'count.cjs': `
      const fs = require('node:fs');
      const { writeFileSync } = fs;
      const opened = new Set();
      for (const name of ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream']) {
        const original = fs[name];
        fs[name] = (path, ...rest) => {
          if (/\\.(?:[cm]?js|json)$/.test(String(path))) opened.add(String(path));
          return original(path, ...rest);
        };
      }
      process.on('exit', () => {
        const modules = Object.keys(require.cache).filter((path) => path !== __filename);
        writeFileSync(process.env.OPENED_FILES, JSON.stringify([...new Set([...opened, ...modules])]));
      });`,
  });
  const report = join(hook, 'opened.json');
  cli(args, { cwd, nodeFlags: ['--require', join(hook, 'count.cjs')], env: { OPENED_FILES: report } });
  return (JSON.parse(readFileSync(report, 'utf8')) as string[]).filter((path) => !path.startsWith(hook));
}

const inside = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the built executable', () => {
  before(function () {
    this.timeout(120_000);
    buildOnce();
  });

  it('prints its version', () => {
    const { version } = JSON.parse(readText(checkout, 'package.json')) as { version: string };
    expect(cli(['--version'])).to.deep.equal({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('makes, changes, builds and validates a repository without a terminal, in an awkward folder', () => {
    const cwd = temporaryFolder("Tom's Wetter ü & Co");
    // some other package around it is none of our business
    writeTree(cwd, { 'package.json': '{ "name": "around", "type": "commonjs" }', 'node_modules/x/package.json': '{}' });
    const around = readText(cwd, 'package.json');
    const root = join(cwd, 'my connector');
    const made = cli(['new', 'my connector', '--title', 'Contoso Weather', '--auth', 'api-key'], { cwd });
    expect(made.status, made.stderr).to.equal(0);
    expect(made.stdout + made.stderr).to.match(/cd (['"])my connector\1/);
    for (const words of [
      ['oauth', '--auth', 'client-credentials', '--token-url', 'https://login.contoso.com/token'],
      ['operation', '--path', '/stations'],
      ['readme'],
      ['build'],
      ['validate'],
    ]) {
      const { status, stdout, stderr } = cli(words, { cwd: root });
      expect(status, `${words.join(' ')}: ${stdout}${stderr}`).to.equal(0);
    }
    const before = snapshot(root);
    expect(cli(['oauth', '--yes', '--cwd', root], { cwd }).status).to.equal(0);
    expect(cli(['validate', 'my connector', '--cwd', cwd]).status).to.equal(0);
    expect(snapshot(root)).to.deep.equal(before);
    expect(readText(cwd, 'package.json')).to.equal(around);
  });

  it('never waits for an answer: closed or empty stdin', () => {
    for (const [index, options] of [{}, { input: '' }].entries()) {
      const cwd = temporaryFolder(`closed-${index}`);
      expect(cli(['new'], { cwd, ...options }).status).to.equal(0);
      expect(cli(['oauth'], { cwd, ...options }).status).to.equal(0);
      const { status, stderr } = cli(['operation'], { cwd, ...options });
      expect(status).to.equal(2);
      expect(stderr).to.match(/--path is missing/);
    }
  });

  it('shows mistakes of generators as one error, without a stack, and writes nothing', () => {
    const cwd = temporaryFolder();
    for (const words of [
      ['new', '--host', 'https://x'],
      ['new', '--titel', 'x'],
      ['new', '--from', 'nowhere'],
      ['oauth', '--auth', 'basic'],
    ]) {
      const { status, stderr } = cli(words, { cwd });
      expect(status, words.join(' ')).to.equal(2);
      expect(stderr)
        .to.match(/^error: \S.*\n/)
        .and.not.match(/^\s+at /m);
      expect(stderr.match(/error:/g)).to.have.lengthOf(1);
    }
    expect(readdirSync(cwd)).to.deep.equal([]);
  });

  it('ends quietly when the reader closes the pipe', async () => {
    const child = spawn(process.execPath, [program, 'rules', '--format', 'json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, errors]).to.deep.equal([0, '']);
  });

  it('waits for a slow reader whose end of the line never blocks', async function () {
    if (process.platform === 'win32') this.skip();
    const words = ['rules', '--format', 'json'];
    const path = join(temporaryFolder(), 'reader');
    const chunks: Buffer[] = [];
    const server = createServer({ pauseOnConnect: true }, (reader) => {
      reader.on('data', (chunk) => chunks.push(chunk));
      // long after what fits into the line is written
      setTimeout(() => reader.resume(), 500);
      reader.once('end', () => server.close());
    }).listen(path);
    await once(server, 'listening');
    // of this program, which lets its sockets block nowhere; the command writes to the very same one
    const line = connect(path);
    await once(line, 'connect');
    const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', line, 'ignore'] });
    const [status] = await once(child, 'close');
    line.destroy();
    await once(server, 'close');
    expect(status).to.equal(0);
    expect(Buffer.concat(chunks).equals(Buffer.from(cli(words).stdout))).to.equal(true);
  });

  it('prints no colours into a pipe, and none with NO_COLOR or --no-color', () => {
    const cwd = writeTree(temporaryFolder(), { 'apiDefinition.json': '{"swagger":"2.0"}' });
    for (const options of [{}, { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }]) {
      expect(cli(['validate', '.'], { cwd, ...options }).stdout).to.not.contain('\u001b[');
    }
    expect(cli(['validate', '.', '--no-color'], { cwd }).stdout)
      .to.match(/error/)
      .and.not.contain('\u001b[');
  });

  it('works through a link, as npm installs it', function () {
    if (process.platform === 'win32') this.skip();
    const link = join(temporaryFolder(), 'pp-connector');
    symlinkSync(program, link);
    expect(cli([], { nodeFlags: [link, '--version'] }).stdout).to.match(/^\d+\.\d+\.\d+/);
  });

  describe('opens few files', () => {
    it('for --version', () => {
      expect(openedBy(['--version'], checkout).length).to.be.within(1, 3);
    });

    it('for validate', () => {
      const cwd = temporaryFolder();
      cli(['new'], { cwd });
      const single = openedBy(['validate', join('connector', 'apiDefinition.json')], cwd);
      expect(single.length, single.join('\n')).to.be.within(2, 10);
      const opened = openedBy(['validate'], cwd);
      const connectors = opened.filter((path) => path.startsWith(cwd));
      expect(connectors, 'the files of the connector are seen, and which texts were made of names').to.have.lengthOf(5);
      const ours = opened.filter((path) => !connectors.includes(path));
      expect(ours.length, ours.join('\n')).to.be.at.most(10);
      expect(ours.join('\n')).to.not.match(/yeoman|environment|node_modules/);
    });
  });

  it('is small, and brings no other package along', () => {
    const manifest = JSON.parse(readText(checkout, 'package.json')) as Record<string, unknown>;
    expect(manifest.dependencies ?? {}).to.deep.equal({});
    const size = inside(join(checkout, 'dist')).reduce((sum, path) => sum + statSync(path).size, 0);
    expect(size).to.be.below(6_000_000);
  });
});
