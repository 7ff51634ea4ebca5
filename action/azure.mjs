/** Azure Pipelines: where the check finds what it needs, and where its results go. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.mjs';

const { env } = process;
const temporary = env.AGENT_TEMPDIRECTORY ?? '';
const target = env.SYSTEM_PULLREQUEST_TARGETBRANCH?.replace(/^refs\/heads\//, '');
const project = `${env.SYSTEM_COLLECTIONURI}${encodeURIComponent(env.SYSTEM_TEAMPROJECT ?? '')}`;

export const service = {
  temporary,
  base: target ? `origin/${target}` : 'HEAD~1',
  format: 'stylish',
  testFormat: 'text',
  /** A task publishes the first one as test results. */
  files: [
    ['junit', 'connectors.xml'],
    ['sarif', 'connectors.sarif'],
  ],
  run: `${project}/_build/results?buildId=${env.BUILD_BUILDID}`,
  /** The template has installed the package that this file is in. */
  install: () => join(import.meta.dirname, '..', 'dist', 'pp-connector.cjs'),
  summarise,
  comment,
  note: (/** @type {string} */ text) => process.stdout.write(`##vso[task.logissue type=warning]${text}\n`),
};

/** @param {string} text @param {{ previews: number }} made */
function summarise(text, { previews }) {
  const summary = join(temporary, 'connectors.md');
  writeFileSync(summary, text);
  process.stdout.write(`##vso[task.uploadsummary]${summary}\n`);
  const folder = join(temporary, 'connector-previews');
  if (previews > 0) process.stdout.write(`##vso[artifact.upload artifactname=connector-previews]${folder}\n`);
}

/**
 * One thread of the pull request, closed so that it keeps nobody from completing it. In Azure Repos only: what GitHub has
 * is commented there.
 *
 * @param {string} body
 * @param {string} marker
 */
async function comment(body, marker) {
  const id = env.SYSTEM_PULLREQUEST_PULLREQUESTID;
  if (!id || env.BUILD_REPOSITORY_PROVIDER !== 'TfsGit' || !env.PP_TOKEN) return;
  const threads = `${project}/_apis/git/repositories/${env.BUILD_REPOSITORY_ID}/pullRequests/${id}/threads`;
  const version = 'api-version=7.1';
  const { value } = await ask('GET', `${threads}?${version}`);
  // the services that run pipelines are called Build\…; nobody else's comment could be changed anyway
  const isOurs = (/** @type {any} */ { comments }) =>
    comments?.[0]?.content?.startsWith(marker) && /^Build\\/.test(comments[0].author?.uniqueName ?? '');
  const former = value.find(isOurs);
  if (former === undefined) {
    await ask('POST', `${threads}?${version}`, {
      comments: [{ content: body, commentType: 'text' }],
      status: 'closed',
    });
    return;
  }
  await ask('PATCH', `${threads}/${former.id}/comments/${former.comments[0].id}?${version}`, { content: body });
}
