/**
 * The package as users get it: packed, installed into an empty folder, run by its own executable, by `npx`, by `yo`,
 * and on a newer Node. Slow, therefore apart from `npm test`.
 */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { npm, root, say } from './support.mjs';
import { hasTerminal } from './terminal.mjs';
import { yoByKeys } from './yo-by-keys.mjs';

const work = mkdtempSync(join(tmpdir(), 'pp connector smöke '));
const isRoot = process.getuid?.() === 0;
let passed = 0;

/** @param {string} title @param {() => void | Promise<void>} check */
async function step(title, check) {
  say(title);
  await check();
  passed += 1;
}

/** An empty folder with a package.json of its own. @param {string} name */
function emptyFolder(name) {
  const folder = join(work, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  return folder;
}

/** @param {string} program @param {string[]} args @param {string} cwd @param {import('node:child_process').SpawnSyncOptions} [options] */
function output(program, args, cwd, options = {}) {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', input: '', ...options });
  const text = `${result.stdout}${result.stderr}`;
  assert.equal(result.status, 0, `${program} ${args.join(' ')}\n${text}`);
  return text;
}

/** Bytes and number of packages of what an installation brought. @param {string} modules */
function installed(modules) {
  const packages = readdirSync(modules).filter((name) => !name.startsWith('.'));
  const sizeOf = (/** @type {string} */ path) => {
    const stats = statSync(path);
    if (!stats.isDirectory()) return stats.size;
    return readdirSync(path).reduce((/** @type {number} */ sum, name) => sum + sizeOf(join(path, name)), 0);
  };
  return { packages: packages.length, bytes: packages.reduce((sum, name) => sum + sizeOf(join(modules, name)), 0) };
}

/** Scaffold, change, validate and dry-run with one executable. @param {string} node @param {string} program @param {string} cwd @param {string} spec */
function journey(node, program, cwd, spec) {
  const run = (/** @type {string[]} */ ...args) => output(node, [program, ...args], cwd);
  const inside = (/** @type {string[]} */ ...args) => output(node, [program, ...args], join(cwd, 'demo'));
  run('new', 'demo', '--yes', '--tool-spec', spec);
  inside('oauth', '--auth', 'api-key', '--name', 'X-Key', '--yes');
  inside('operation', '--method', 'get', '--path', '/orders/{orderId}', '--yes');
  inside('readme', '--yes');
  assert.match(inside('validate'), /0 errors|No findings/);
  assert.match(inside('deploy', '--dry-run'), /pac connector create/);
  assert.match(readFileSync(join(cwd, 'demo', 'README.md'), 'utf8'), /Get order/);
}

try {
  npm(['pack', '--silent', '--pack-destination', work], root);
  const tarball = join(work, String(readdirSync(work).find((name) => name.endsWith('.tgz'))));
  const plain = emptyFolder('plain');
  const program = join(plain, 'node_modules', 'generator-pp-connector', 'dist', 'pp-connector.cjs');

  await step('The tarball installs into an empty folder and brings nothing else', () => {
    npm(['install', '--silent', '--no-audit', '--no-fund', tarball], plain);
    const { packages, bytes } = installed(join(plain, 'node_modules'));
    say(`${packages} package, ${(bytes / 1e6).toFixed(1)} MB installed`);
    assert.ok(packages <= 10, `${packages} packages`);
    assert.ok(bytes <= 12e6, `${bytes} bytes: at most 6 MB, and 6 MB for the C# grammar`);
  });

  await step('The executable works from there', () => journey(process.execPath, program, plain, `file:${tarball}`));

  await step('The generated repository installs itself, and its scripts run', () => {
    const demo = join(plain, 'demo');
    npm(['install', '--silent', '--no-audit', '--no-fund'], demo);
    for (const script of ['validate', 'docs', 'build', 'status', 'update']) npm(['run', '--silent', script], demo);
    npm(['run', '--silent', 'deploy', '--', '--dry-run'], demo);
    npm(['run', '--silent', 'package', '--', '--profile', 'verified', '--fail-on', 'never'], demo);
    npm(['run', '--silent', 'login', '--', '--dry-run', '--environment', 'https://contoso.crm.dynamics.com'], demo);
  });

  await step('A new repository is installed and tested, without a network and without .NET', () => {
    const folder = emptyFolder('first');
    const env = { ...process.env, npm_config_offline: 'true', DOTNET_ROOT: folder, PATH: dirname(process.execPath) };
    const seconds = (/** @type {() => void} */ work) => {
      const start = performance.now();
      work();
      return (performance.now() - start) / 1000;
    };
    const within = join(folder, 'contoso-items');
    const runNpm = (/** @type {string[]} */ ...args) =>
      output(process.execPath, [join(root, 'scripts', 'npm.mjs'), ...args], within, {
        env: { ...env, PATH: process.env.PATH },
      });
    const made = seconds(() =>
      output(process.execPath, [program, 'new', 'contoso-items', '--yes', '--tool-spec', `file:${tarball}`], folder, {
        env,
      }),
    );
    const brought = seconds(() => runNpm('install', '--offline', '--no-audit', '--no-fund'));
    const tested = seconds(() => assert.match(runNpm('test'), /[1-9]\d* passed; covered: operations 100 %/));
    const alone = seconds(() => output(process.execPath, [program, 'test'], within, { env }));
    say(
      `new ${made.toFixed(1)} s, npm install ${brought.toFixed(1)} s, npm test ${tested.toFixed(1)} s (test alone ${alone.toFixed(1)} s): ${(made + brought + tested).toFixed(1)} s`,
    );
  });

  await step('npx runs it by the name of the package', () => {
    const text = output(
      process.execPath,
      [join(root, 'scripts', 'npm.mjs'), 'exec', '--offline', '--', 'generator-pp-connector', '--version'],
      plain,
    );
    assert.match(text, /\d+\.\d+\.\d+/);
  });

  for (const version of ['7.0.1', '5.1.0']) {
    await step(`yo ${version} runs the generators`, async () => {
      const folder = emptyFolder(`yo ${version}`);
      npm(['install', '--silent', '--no-audit', '--no-fund', `yo@${version}`, tarball], folder);
      const yo = join(folder, 'node_modules', 'yo', 'lib', 'cli.js');
      const project = join(folder, 'demo');
      mkdirSync(project);
      // as root, yo becomes user 1000, who needs a folder and a home of its own
      if (isRoot) {
        chmodSync(work, 0o755);
        for (const path of [folder, project]) chownSync(path, 1000, 1000);
      }
      const options = { env: { ...process.env, HOME: folder, USERPROFILE: folder } };
      output(process.execPath, [yo, 'pp-connector', '--yes', '--title', 'Yo Demo'], project, options);
      output(process.execPath, [yo, 'pp-connector:oauth', '--yes', '--auth', 'basic'], project, options);
      output(
        process.execPath,
        [yo, 'pp-connector:operation', '--yes', '--method', 'get', '--path', '/things'],
        project,
        options,
      );
      output(process.execPath, [yo, 'pp-connector:readme', '--yes'], project, options);
      assert.match(readFileSync(join(project, 'connector', 'apiProperties.json'), 'utf8'), /"password"/);
      assert.match(readFileSync(join(project, 'README.md'), 'utf8'), /List things/);
      const other = spawnSync(process.execPath, [yo, 'pp-connector:validate'], {
        cwd: project,
        encoding: 'utf8',
        ...options,
      });
      assert.match(`${other.stdout}${other.stderr}`, /validate is not a generator; run: npx pp-connector validate/);
      const installedProgram = join(folder, 'node_modules', 'generator-pp-connector', 'dist', 'pp-connector.cjs');
      const place = (/** @type {string} */ name) => {
        const cwd = join(folder, name);
        mkdirSync(cwd);
        if (isRoot) chownSync(cwd, 1000, 1000);
        return { cwd, ...options };
      };
      if (hasTerminal) await yoByKeys({ script: yo, isOld: version.startsWith('5') }, installedProgram, place, output);
      else say('there is no terminal here: nobody was asked by yo');
    });
  }

  await step('All of it works on Node 26', () => {
    const folder = emptyFolder('node26');
    npm(['install', '--silent', '--no-audit', '--no-fund', '--foreground-scripts', 'node@26'], folder);
    const node = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    assert.ok(existsSync(node), 'the npm package "node" brought no executable');
    assert.match(output(node, ['--version'], folder), /^v26\./);
    journey(node, program, folder, `file:${tarball}`);
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
say(`${passed} passed, 0 failed`);
