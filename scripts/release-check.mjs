/**
 * What must hold before a version is published, besides `npm test` and `npm run smoke`: versions, changelog, addresses,
 * licences of what is bundled, contents and size of the package, and two installs.
 *
 * `--tag v1.2.3`: the version is being released; then placeholders and an open section of the changelog are faults, too.
 * `--notes FILE`: writes the section of the changelog there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { problemsOf, sectionsOf } from './changelog.mjs';
import { npm, npmOutput, root, say } from './support.mjs';

const { values } = parseArgs({ options: { tag: { type: 'string' }, notes: { type: 'string' } } });
const read = (/** @type {string} */ name) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { version } = manifest;
/** @type {string[]} */
const faults = [];
/** @type {string[]} */
const open = [];
/** What may be so until a version is released. @param {string} text */
const before = (text) => (values.tag === undefined ? open : faults).push(text);

checkVersions();
checkChangelog();
checkAddresses();
checkLicences();
checkContents();
if (faults.length === 0) checkInstalls();

for (const text of open) say(`note: ${text}`);
for (const text of faults) say(`error: ${text}`);
say(
  faults.length === 0
    ? `Version ${version} can be released${open.length === 0 ? '' : ' once the notes are settled'}.`
    : '',
);
process.exitCode = faults.length === 0 ? 0 : 1;

function checkVersions() {
  if (values.tag !== undefined && values.tag !== `v${version}`) {
    faults.push(`the tag is ${values.tag}, and package.json has version ${version}`);
  }
  const lock = JSON.parse(read('package-lock.json'));
  if (lock.version !== version)
    faults.push(`package-lock.json has version ${lock.version}: npm install --package-lock-only`);
  const creator = JSON.parse(read('packages/create-pp-connector/package.json'));
  if (creator.version !== version || creator.dependencies[manifest.name] !== version) {
    faults.push(`packages/create-pp-connector/package.json: its version and its dependency must be ${version}`);
  }
  if (creator.engines.node !== manifest.engines.node) faults.push('create-pp-connector runs on other versions of Node');
}

function checkChangelog() {
  const text = read('CHANGELOG.md');
  faults.push(...problemsOf(text, manifest.repository.url).map((problem) => `CHANGELOG.md: ${problem}`));
  const [newest] = sectionsOf(text);
  if (newest?.version === 'Unreleased')
    before(`CHANGELOG.md: "${newest.title}" becomes "## [${version}] - " and the date`);
  else if (newest?.version !== version) faults.push(`CHANGELOG.md begins with "${newest?.title}", not with ${version}`);
  if (values.notes !== undefined) writeFileSync(values.notes, `${newest?.body}\n`);
}

/** Where the project lives is said in package.json alone. */
function checkAddresses() {
  const addresses = [manifest.homepage, manifest.repository?.url, manifest.bugs];
  if (addresses.some((address) => typeof address !== 'string' || !URL.canParse(address.replace('git+', '')))) {
    faults.push('package.json: homepage, repository and bugs must be addresses');
  }
  if (addresses.some((address) => String(address).includes('/OWNER/'))) {
    before('package.json: homepage, repository and bugs have the placeholder OWNER');
  }
}

/** Of every package of which something is in the bundles, which the build lists; each has its text there. */
function checkLicences() {
  const permitted =
    /^\(?(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|Artistic-2\.0|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0)\b/;
  const sections = read('dist/LICENSES.txt')
    .split(/^-{80}\n\n|below\.\n\n/m)
    .slice(1);
  const bundled = sections.flatMap((section) => {
    const [packages = '', firstLine = ''] = section.split('\n\n');
    return [...packages.matchAll(/^(\S+) (\d\S*)$/gm)].map(([, name, itsVersion]) => ({ name, itsVersion, firstLine }));
  });
  let count = 0;
  for (const { name, itsVersion, firstLine } of bundled) {
    count += 1;
    const path = `node_modules/${name}/package.json`;
    const stated = existsSync(join(root, path)) ? JSON.parse(read(path)).license : undefined;
    // packages from before the field say it in the text only
    const licence = stated ?? /^(\w+) License\b/.exec(firstLine)?.[1];
    if (!permitted.test(String(licence)))
      faults.push(`${name} ${itsVersion} is bundled, and its licence is ${licence}`);
  }
  say(`${count} packages are bundled`);
  if (count < 10) faults.push('dist/LICENSES.txt names too few packages: npm run build');
}

function checkContents() {
  const [pack] = JSON.parse(npmOutput(['pack', '--dry-run', '--json', '--ignore-scripts'], root));
  const names = pack.files.map((/** @type {{ path: string }} */ { path }) => path);
  const needed = [
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'SECURITY.md',
    'SUPPORT.md',
    'dist/pp-connector.cjs',
    'dist/LICENSES.txt',
  ];
  for (const name of needed) if (!names.includes(name)) faults.push(`the package lacks ${name}`);
  const stray = names.filter((/** @type {string} */ name) =>
    /^(?:src|test|scripts|generators|bench)\/|\.map$|\.ts$/.test(name),
  );
  if (stray.length > 0) faults.push(`the package has files that only developers need: ${stray.slice(0, 5).join(', ')}`);
  const megabytes = pack.unpackedSize / 1e6;
  say(`${names.length} files, ${megabytes.toFixed(1)} MB installed`);
  if (megabytes > 6)
    faults.push(`the package takes ${megabytes.toFixed(1)} MB when it is installed; at most 6 MB are allowed`);
}

/** The package alone, and by `npm create`; both from archives, as they will be published. */
function checkInstalls() {
  const work = mkdtempSync(join(tmpdir(), 'pp-release-'));
  try {
    for (const folder of [root, join(root, 'packages', 'create-pp-connector')]) {
      npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', work], folder);
    }
    const archives = readdirSync(work)
      .filter((name) => name.endsWith('.tgz'))
      .map((name) => join(work, name));
    const own = archives.filter((name) => !name.includes('create-'));
    const alone = install(join(work, 'alone'), own);
    expectOutput(join(alone, 'generator-pp-connector', 'dist', 'pp-connector.cjs'), ['--version'], work, version);
    const both = install(join(work, 'create'), archives);
    const creator = join(both, 'create-pp-connector', 'create-pp-connector.cjs');
    expectOutput(creator, ['demo', '--yes', '--tool-spec', `file:${own[0]}`], work, 'connector/apiDefinition.json');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string[]} archives @returns {string} where the packages are */
function install(folder, archives) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(['install', '--silent', '--no-audit', '--no-fund', ...archives], folder);
  return join(folder, 'node_modules');
}

/** @param {string} program @param {string[]} words @param {string} cwd @param {string} expected */
function expectOutput(program, words, cwd, expected) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd,
    encoding: 'utf8',
    input: '',
  });
  const text = `${stdout}${stderr}`;
  if (status !== 0 || !text.includes(expected))
    faults.push(`${program} ${words.join(' ')} (status ${status}): ${text}`);
}
