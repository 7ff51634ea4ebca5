/** Steps with a stand-in for pac, and with files that can't be replaced. */
import { strict as assert } from 'node:assert';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connector, demo, onWindows, put, read } from './step.mjs';
import { runNode, runProgram } from './systems.mjs';

/** @typedef {import('./step.mjs').Step} Step */

const dev = 'https://contoso-dev.crm4.dynamics.com';
/** With what cmd.exe gives a meaning, but for the percent sign: wine expands arguments a second time there. */
const profile = '& | ^ ! <x> (y), ;=';
const certificate = 'keys & more/c^d!(1).pfx';
const application = '1c0ffee0-0000-4000-8000-000000000001';

/** With a stand-in for pac: a .cmd file on Windows, as .NET and npm make them. @type {Step[]} */
export const deploying = [
  {
    title: 'login with a certificate in an awkward place',
    cwd: demo,
    before: (system) => put(system, certificate, 'key'),
    words: (at) => [
      ...['login', '--environment', dev, '--application-id', application, '--tenant', application],
      ...['--name', profile, '--certificate', at(certificate)],
    ],
    after: (system) => {
      const calls = readFileSync(join(system.state, 'calls.jsonl'), 'utf8').trim().split('\n');
      // doctor has asked for the version before
      const create = calls
        .map((call) => JSON.parse(call).argv)
        .find(([noun, verb]) => noun === 'auth' && verb === 'create');
      assert.deepEqual(create?.slice(2, 6), [
        ...['--name', profile, '--certificateDiskPath', system.native(join(system.folder, certificate))],
      ]);
    },
  },
  {
    title: 'deploy --dry-run',
    cwd: demo,
    words: () => ['deploy', '--dry-run', '--environment', dev, '--profile', 'custom'],
    differs: true,
  },
  { title: 'deploy', cwd: demo, words: () => ['deploy', '--environment', dev, '--profile', 'custom', '--yes'] },
  {
    title: 'deploy again',
    cwd: demo,
    words: () => ['deploy', '--environment', dev, '--profile', 'custom', '--yes', '--verbose'],
    differs: true,
  },
  { title: 'download', cwd: demo, words: () => ['download', '--environment', dev] },
  {
    title: 'download elsewhere',
    cwd: demo,
    words: (at) => ['download', '--environment', dev, '--output', at('from the portal ä')],
  },
];

/** Opens a file for itself alone, as some editors and virus scanners do, says so by a file, and waits until that is gone. */
const holder = `
  import { existsSync, openSync, writeFileSync } from 'node:fs';
  const [file, sign] = process.argv.slice(1);
  const exclusive = 0x10000000; // libuv: nobody else may open the file
  openSync(file, 2 | exclusive);
  writeFileSync(sign, '');
  setInterval(() => existsSync(sign) || process.exit(), 50);
`;

/** Runs the program while another process has a file. @param {string} name @returns {NonNullable<Step['run']>} */
const whileHeld = (name) => async (system, words, cwd) => {
  const sign = `${system.folder}.held`;
  const aside = { ...system, folder: `${system.folder} holder` };
  const paths = [join(system.folder, name), sign].map(system.native);
  const held = runNode(aside, ['--input-type=module', '-e', holder, ...paths], cwd);
  while (!existsSync(sign)) await new Promise((resolve) => setTimeout(resolve, 50));
  const result = await runProgram(system, words, cwd);
  rmSync(sign);
  await held;
  return result;
};

/** @type {Step[]} */
export const replacing = [
  {
    title: 'a file that stays open elsewhere',
    cwd: demo,
    only: onWindows,
    words: () => ['operation', '--yes', '--method', 'get', '--path', '/held'],
    run: whileHeld(`${connector}/apiDefinition.json`),
    status: 2,
    says: /apiDefinition\.json: .*in use by another program/,
    after: (system) => assert.doesNotMatch(read(system, `${connector}/apiDefinition.json`), /held/),
  },
  {
    title: 'a read-only file',
    cwd: demo,
    differs: true,
    before: ({ folder }) => chmodSync(join(folder, connector, 'apiDefinition.json'), 0o444),
    words: () => ['operation', '--yes', '--method', 'get', '--path', '/closed'],
    status: 2,
    says: /apiDefinition\.json: the file is read-only\n.*(?:attrib -R|chmod u\+w)/,
    after: (system) => {
      chmodSync(join(system.folder, connector, 'apiDefinition.json'), 0o644);
      assert.doesNotMatch(read(system, `${connector}/apiDefinition.json`), /closed/);
    },
  },
  {
    title: 'a device as a folder',
    differs: true,
    words: () => ['new', 'aux', '--yes'],
    status: 2,
    says: /"aux" is a device on Windows|aux.*config\.json/,
  },
  {
    title: 'a path that is too long',
    only: onWindows,
    words: () => ['new', `${'long folder/'.repeat(20)}demo`, '--yes'],
    status: 2,
    says: /the path has \d+ characters, and Windows takes 259/,
  },
];
