/**
 * What the action runs: findings and breaking changes of the connectors that a pull request changes, as annotations,
 * summary, SARIF file and one comment. Nothing of the pull request is run: its definitions are read, and its texts are data.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const { env } = process;
const temporary = env.RUNNER_TEMP ?? '';
const event = existsSync(env.GITHUB_EVENT_PATH ?? '')
  ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  : {};
const base = env.PP_BASE || event.pull_request?.base?.sha || 'HEAD~1';
const marker = '<!-- pp-connector -->';
/** Characters that GitHub takes in a comment. */
const longest = 65_000;

process.on('uncaughtException', ({ message }) => {
  process.stdout.write(`::error::${message.replaceAll(/[\r\n]+/g, ' ')}\n`);
  process.exitCode = 1;
});

// tests give the program of the checkout
const program = env.PP_PROGRAM || install();
const changed = ['--changed', base];

const validation = run('validate', ...changed, '--fail-on', env.PP_FAIL_ON || 'error', '--format', 'github');
process.stdout.write(validation.stdout);
const differences = run('diff', base, ...changed, '--format', 'github');
process.stdout.write(differences.stdout);

const sarif = join(temporary, 'connectors.sarif');
writeFileSync(sarif, run('validate', ...changed, '--fail-on', 'never', '--format', 'sarif').stdout);
if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `sarif=${sarif}\n`);

const text = `${marker}
${run('validate', ...changed, '--fail-on', 'never', '--format', 'markdown').stdout}
${breaking()}`;
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${text}\n`);
if (env.PP_COMMENT !== 'false') await comment(text.length > longest ? `${text.slice(0, longest)}\n\n…` : text);

const isBroken = differences.status !== 0 && env.PP_ALLOW_BREAKING !== 'true';
process.exitCode = validation.status !== 0 || isBroken ? 1 : 0;

/** The package, into a folder of its own: nothing of the checkout decides what is installed. @returns {string} its program */
function install() {
  const folder = join(temporary, 'pp-connector');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `generator-pp-connector@${env.PP_VERSION}`];
  const beside = dirname(process.execPath);
  // on Windows npm is beside Node, elsewhere below lib
  const [npm = ''] = [join(beside, 'node_modules'), join(beside, '..', 'lib', 'node_modules')]
    .map((modules) => join(modules, 'npm', 'bin', 'npm-cli.js'))
    .filter((path) => existsSync(path));
  const { status, stderr } = spawnSync(process.execPath, [npm, ...words], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${words.join(' ')}: ${stderr}`);
  return join(folder, 'node_modules', 'generator-pp-connector', 'dist', 'pp-connector.cjs');
}

/** @param {string[]} words */
function run(...words) {
  const options = { encoding: /** @type {const} */ ('utf8'), maxBuffer: 256 * 1024 * 1024 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words, '--yes'], options);
  process.stderr.write(stderr);
  // 2: it could not be judged at all, and an empty report would look like a good one
  if (status === null || status > 1) throw new Error(`pp-connector ${words[0]} ended with ${status}`);
  return { status, stdout };
}

/** What flows would notice, one section for each connector. */
function breaking() {
  const { connectors } = JSON.parse(run('diff', base, ...changed, '--format', 'json').stdout);
  const titles = connectors.map(
    (/** @type {{ folder: string }} */ { folder }) => `### ${plain(folder)}: changes that flows notice`,
  );
  const texts = run('diff', base, ...changed, '--format', 'markdown')
    .stdout.split(/^(?=## )/m)
    .filter((part) => part.trim() !== '');
  return texts.map((part, index) => `${titles[index] ?? ''}\n\n${part.replace(/^## /, '')}`).join('\n');
}

/** A folder's name may be anything. @param {string} name */
function plain(name) {
  return name.replaceAll(/[^\p{L}\p{N} ./_-]/gu, '_');
}

/** Writes the comment, or replaces the one of the run before. @param {string} body */
async function comment(body) {
  const number = event.pull_request?.number;
  if (!Number.isInteger(number)) return;
  const own = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/issues`;
  const headers = {
    authorization: `Bearer ${env.PP_TOKEN}`,
    accept: 'application/vnd.github+json',
    'content-type': 'application/json',
  };
  const ask = async (/** @type {string} */ method, /** @type {string} */ address, /** @type {object} */ content) => {
    const response = await fetch(address, { method, headers, body: content && JSON.stringify(content) });
    if (!response.ok) throw new Error(`${method} ${new URL(address).pathname}: status ${response.status}`);
    return response.json();
  };
  try {
    const former = await formerComment((page) =>
      ask('GET', `${own}/${number}/comments?per_page=100&page=${page}`, undefined),
    );
    if (former === undefined) await ask('POST', `${own}/${number}/comments`, { body });
    else await ask('PATCH', `${own}/comments/${former.id}`, { body });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(
      `::notice::The comment could not be written (${reason.replaceAll(/[\r\n]/g, ' ')}); see the summary of the run\n`,
    );
  }
}

/** Ours of a former run; somebody else's may begin with the same words. @param {(page: number) => Promise<any[]>} page */
async function formerComment(page) {
  for (let number = 1; number <= 10; number += 1) {
    const comments = await page(number);
    const found = comments.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(marker));
    if (found !== undefined || comments.length < 100) return found;
  }
  return undefined;
}
