/** GitHub Actions: where the check finds what it needs, and where its results go. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ask } from './ask.mjs';

const { env } = process;
const temporary = env.RUNNER_TEMP ?? '';
const event = existsSync(env.GITHUB_EVENT_PATH ?? '')
  ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  : {};

export const service = {
  temporary,
  base: event.pull_request?.base?.sha || 'HEAD~1',
  /** Formats of what goes to the log: annotations. */
  format: 'github',
  testFormat: 'github',
  /** Reports of the findings, as files. */
  files: [['sarif', 'connectors.sarif']],
  run: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
  install,
  summarise,
  comment,
  note: (/** @type {string} */ text) => process.stdout.write(`::notice::${text}\n`),
};

/** @param {string} text @param {{ previews: number }} made */
function summarise(text, { previews }) {
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${text}\n`);
  if (!env.GITHUB_OUTPUT) return;
  appendFileSync(env.GITHUB_OUTPUT, `sarif=${join(temporary, 'connectors.sarif')}\n`);
  if (previews > 0) appendFileSync(env.GITHUB_OUTPUT, `previews=${join(temporary, 'connector-previews')}\n`);
}

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

/** @param {string} body @param {string} marker */
async function comment(body, marker) {
  const number = event.pull_request?.number;
  if (!Number.isInteger(number)) return;
  const own = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/issues`;
  const former = await formerComment(`${own}/${number}/comments`, marker);
  if (former === undefined) await ask('POST', `${own}/${number}/comments`, { body });
  else await ask('PATCH', `${own}/comments/${former.id}`, { body });
}

/** Ours of a former run; somebody else's may begin with the same words. @param {string} address @param {string} marker */
async function formerComment(address, marker) {
  for (let page = 1; page <= 10; page += 1) {
    const comments = await ask('GET', `${address}?per_page=100&page=${page}`);
    const found = comments.find(
      (/** @type {any} */ { body, user }) => user?.type === 'Bot' && body?.startsWith(marker),
    );
    if (found !== undefined || comments.length < 100) return found;
  }
  return undefined;
}
