/**
 * What the action and the template for Azure Pipelines run: findings, breaking changes, tests and previews of the
 * connectors that a pull request changes, as annotations, summary, files and one comment. Nothing of the pull request is
 * run: its definitions are read, its code isn't trusted, and its texts are data.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { upTo } from './up-to.mjs';

const { env } = process;

process.on('uncaughtException', ({ message }) => {
  const text = message.replaceAll(/[\r\n]+/g, ' ').replaceAll('##', '# #');
  process.stdout.write(env.TF_BUILD ? `##vso[task.logissue type=error]${text}\n` : `::error::${text}\n`);
  process.exitCode = 1;
});

const { service } = await import(env.TF_BUILD ? './azure.mjs' : './github.mjs');
const marker = '<!-- pp-connector -->';
/** Characters of a comment; GitHub takes 65,536, Azure more. */
const longestComment = 65_000;
/** Of a summary, of which GitHub takes 1 MB for all steps together, and else shows none; a character has three bytes at most. */
const longestSummary = 300_000;
/** Previews of so many connectors: who changes more looks at them otherwise. */
const mostPreviews = 20;

// tests give the program of the checkout
const program = env.PP_PROGRAM || service.install();
const base = env.PP_BASE || service.base;
const changed = ['--changed', base];
const isWanted = (/** @type {string} */ name) => env[name] !== 'false';

const validation = run('validate', ...changed, '--fail-on', env.PP_FAIL_ON || 'error', '--format', service.format);
process.stdout.write(validation.stdout);
const differences = run('diff', base, ...changed, '--format', service.format);
process.stdout.write(differences.stdout);
const tests = isWanted('PP_TESTS')
  ? run('test', ...changed, '--format', service.testFormat)
  : { status: 0, stdout: '' };
process.stdout.write(tests.stdout);

for (const [format, name] of service.files) {
  writeFileSync(
    join(service.temporary, name),
    run('validate', ...changed, '--fail-on', 'never', '--format', format).stdout,
  );
}
const compared = several('diff', base);
const previews = isWanted('PP_PREVIEW') ? makePreviews(compared.map(({ folder }) => folder)) : 0;
const text = [
  marker,
  run('validate', ...changed, '--fail-on', 'never', '--format', 'markdown').stdout,
  breaking(compared.map(({ folder }) => folder)),
  isWanted('PP_TESTS') ? coverage(several('test')) : '',
  previews === 0
    ? ''
    : `Previews, as makers will see them: artifact \`connector-previews\` of [this run](${service.run}).\n`,
]
  .filter((part) => part !== '')
  .join('\n');
const more = `… and more than there is room for: see the log of [this run](${service.run}).`;
service.summarise(upTo(longestSummary, text, more), { previews });
if (isWanted('PP_COMMENT')) await comment(upTo(longestComment, text, more));

const isBroken = differences.status !== 0 && env.PP_ALLOW_BREAKING !== 'true';
process.exitCode = validation.status !== 0 || tests.status !== 0 || isBroken ? 1 : 0;

/** @param {string[]} words */
function run(...words) {
  const options = { encoding: /** @type {const} */ ('utf8'), maxBuffer: 256 * 1024 * 1024 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words, '--yes'], options);
  process.stderr.write(stderr);
  // 2: it could not be validated at all, and an empty report would look like a good one; of tests the table says so
  if (status === null || status > (words[0] === 'test' ? 2 : 1))
    throw new Error(`pp-connector ${words[0]} ended with ${status}`);
  return { status, stdout };
}

/**
 * The result of each changed connector.
 *
 * @param {string[]} words
 * @returns {{ folder: string, exitStatus: number, result: any }[]}
 */
function several(...words) {
  return JSON.parse(run(...words, ...changed, '--format', 'json').stdout || '{ "connectors": [] }').connectors;
}

/** What flows would notice, one section for each connector. @param {string[]} folders */
function breaking(folders) {
  const texts = run('diff', base, ...changed, '--format', 'markdown')
    .stdout.split(/^(?=## )/m)
    .filter((part) => part.trim() !== '');
  return texts
    .map(
      (part, index) => `### ${plain(folders[index] ?? '')}: changes that flows notice\n\n${part.replace(/^## /, '')}`,
    )
    .join('\n');
}

/**
 * Results of the tests, and what they go through.
 *
 * @param {{ folder: string, exitStatus: number, result: any }[]} connectors
 */
function coverage(connectors) {
  const rows = connectors.map(({ folder, exitStatus, result }) => {
    if (exitStatus > 1) return `| ${plain(folder)} | ❌ could not be run: see the log | | | |`;
    if (!result) return `| ${plain(folder)} | no tests | | | |`;
    const { passed, failed, skipped } = result.counts;
    const counts = [
      `${passed} passed`,
      ...(failed ? [`${failed} failed`] : []),
      ...(skipped ? [`${skipped} skipped`] : []),
    ];
    const shares = ['operations', 'responses', 'properties'].map((name) => percent(result.coverage?.[name]));
    return `| ${plain(folder)} | ${failed ? '❌' : '✅'} ${counts.join(', ')} | ${shares.join(' | ')} |`;
  });
  if (rows.length === 0) return '';
  const head = '| Tests | | Operations | Responses | Properties of answers |\n|---|---|---|---|---|\n';
  return `${head}${rows.join('\n')}\n`;
}

/** @param {unknown} share */
function percent(share) {
  return typeof share === 'number' ? `${Math.floor(share * 100)} %` : '';
}

/** Pages that need nothing else, one for each connector. @param {string[]} folders @returns {number} how many there are */
function makePreviews(folders) {
  const into = join(service.temporary, 'connector-previews');
  mkdirSync(into, { recursive: true });
  let count = 0;
  for (const folder of folders.slice(0, mostPreviews)) {
    // a folder's name may be anything, an artifact takes less
    const name = `${count + 1}-${folder.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(-60)}.html`;
    const words = [program, 'preview', `./${folder}`, '--static', join(into, name), '--yes'];
    // one that can't be shown has its finding above
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    if (status === 0) count += 1;
    else process.stderr.write(stderr);
  }
  return count;
}

/** A folder's name may be anything. @param {string} name */
function plain(name) {
  return name.replaceAll(/[^\p{L}\p{N} ./_-]/gu, '_');
}

/** Writes the comment, or replaces the one of the run before. @param {string} body */
async function comment(body) {
  try {
    await service.comment(body, marker);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    service.note(`The comment could not be written (${reason.replaceAll(/[\r\n]/g, ' ')}); see the summary of the run`);
  }
}
