import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { upTo } from '../../action/up-to.mjs';
import { exampleRepository } from '../operation/support.ts';
import { buildOnce, program } from '../support/cli.ts';
import { checkout, readText, readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { commitAll, git, gitEnvironment, initialise } from '../support/git.ts';

const hostile = '$(touch pwned) `touch pwned`; touch pwned\n::error::x <img src=x onerror=alert(1)> -->';

interface Call {
  method: string;
  path: string;
  token: string | undefined;
  body: string;
}

/** What GitHub's interface would be asked. */
class Api {
  readonly calls: Call[] = [];
  comments: unknown[] = [];
  status = 200;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: import('node:http').ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', url = '', headers } = request;
    this.calls.push({ method, path: url, token: headers.authorization, body: Buffer.concat(parts).toString() });
    response.writeHead(this.status, { 'content-type': 'application/json' });
    const listed = url.includes('/threads') ? { value: this.comments } : this.comments;
    response.end(JSON.stringify(method === 'GET' ? listed : {}));
  }
}

/** Three connectors as in the repository of published ones; the branch changes one and adds one. */
function pullRequest(): { root: string; base: string } {
  const root = temporaryFolder();
  const definition = readText(exampleRepository(), 'connector/apiDefinition.json');
  const folder = (name: string) => `certified-connectors/${name}/apiDefinition.swagger.json`;
  for (const name of ['One', 'Two', 'Three']) writeTree(root, { [folder(name)]: definition });
  initialise(root);
  const base = git(root, 'rev-parse', 'HEAD');
  git(root, 'checkout', '--quiet', '-b', 'x;touch-pwned');
  writeTree(root, {
    [folder('Two')]: definition.replace('"/stations"', '"/places"'),
    [folder('$(touch pwned)')]: definition,
    'certified-connectors/Two/tests/places.test.yaml': `operation: ListStations\ncases:\n  - name: "##vso[task.complete]"\n    api: { status: 200 }\n    expect: { sent: { url: https://contoso.com/wrong } }\n`,
  });
  commitAll(root, hostile);
  return { root, base };
}

const quick = { PP_TESTS: 'false', PP_PREVIEW: 'false' };

/** What an agent of Azure Pipelines tells. */
const azure = (temporary: string, address: string, base: string): Record<string, string> => ({
  AGENT_TEMPDIRECTORY: temporary,
  BUILD_BUILDID: '11',
  BUILD_REPOSITORY_ID: 'r1',
  BUILD_REPOSITORY_PROVIDER: 'TfsGit',
  PP_BASE: base,
  SYSTEM_COLLECTIONURI: `${address}/`,
  SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
  SYSTEM_PULLREQUEST_TARGETBRANCH: hostile,
  SYSTEM_TEAMPROJECT: 'Contoso Team',
});

describe('the action for pull requests', function () {
  // each check starts the program some ten times
  this.timeout(300_000);
  const api = new Api();
  let address = '';
  let place: ReturnType<typeof pullRequest>;
  /** The check as it is without any inputs, and what it asked of GitHub. */
  let whole: Awaited<ReturnType<typeof check>>;
  let asked: Call[] = [];

  before(async () => {
    buildOnce();
    address = await api.start();
    place = pullRequest();
    whole = await check();
    asked = [...api.calls];
  });
  beforeEach(() => {
    api.calls.length = 0;
    api.comments = [];
    api.status = 200;
  });
  after(() => api.stop());

  async function check(more: Record<string, string> = {}) {
    const temporary = temporaryFolder();
    writeTree(temporary, {
      'event.json': JSON.stringify({
        pull_request: { number: 7, title: hostile, base: { sha: place.base, ref: hostile }, head: { ref: hostile } },
      }),
    });
    const child = spawn(process.execPath, [join(checkout, 'action', 'check.mjs')], {
      cwd: place.root,
      env: {
        ...process.env,
        ...gitEnvironment,
        RUNNER_TEMP: temporary,
        GITHUB_EVENT_PATH: join(temporary, 'event.json'),
        GITHUB_STEP_SUMMARY: join(temporary, 'summary.md'),
        GITHUB_OUTPUT: join(temporary, 'output'),
        GITHUB_API_URL: address,
        GITHUB_REPOSITORY: 'contoso/connectors',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_RUN_ID: '11',
        PP_PROGRAM: program,
        PP_TOKEN: 'secret-token',
        ...(more.TF_BUILD && azure(temporary, address, place.base)),
        ...more,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status, output, files: readTree(temporary) };
  }

  it('judges what the pull request changes, and writes one comment', () => {
    const { status, output, files } = whole;
    expect(status, output).to.equal(1);
    expect(output).to.match(/^::error file=certified-connectors\/Two\/.*breaking-operation-path-changed/m);
    expect(output).to.not.match(/file=certified-connectors\/(One|Three)/);
    const summary = String(files['summary.md']);
    expect(summary).to.match(/certified-connectors\/Two: changes that flows notice/);
    expect(String(files.output)).to.match(/^sarif=.*connectors\.sarif$/m);
    const sarif = JSON.parse(String(files['connectors.sarif'])) as { runs: unknown[] };
    expect(sarif.runs).to.have.length(1);
    const [read, write] = asked;
    expect(asked).to.have.length(2);
    expect(read?.path).to.equal('/repos/contoso/connectors/issues/7/comments?per_page=100&page=1');
    expect(write).to.include({ method: 'POST', path: '/repos/contoso/connectors/issues/7/comments' });
    expect((JSON.parse(write?.body ?? '') as { body: string }).body.trim()).to.equal(summary.trim());
  });

  it('runs the tests of what changed, and shows it as makers will see it', async () => {
    const { output, files } = whole;
    expect(output).to.match(/^::error file=certified-connectors\/Two\/tests\/places\.test\.yaml/m);
    expect(String(files['summary.md'])).to.match(/\| certified-connectors\/Two \| ❌ 0 passed, 1 failed \| \d+ % \|/);
    expect(String(files['summary.md'])).to.match(/no tests/);
    expect(String(files['summary.md'])).to.include('[this run](https://github.com/contoso/connectors/actions/runs/11)');
    const pages = Object.keys(files).filter((name) => name.startsWith('connector-previews/'));
    expect(pages).to.have.length(2);
    for (const name of pages) expect(name).to.match(/^connector-previews\/\d-[\w-]+\.html$/);
    expect(String(files.output)).to.match(/^previews=.*connector-previews$/m);
    writeTree(place.root, { 'certified-connectors/Two/tests/other.test.yaml': 'cases: 1\n' });
    const damaged = await check({ PP_COMMENT: 'false', PP_PREVIEW: 'false' });
    expect(api.calls).to.deep.equal([]);
    expect(String(damaged.files['summary.md'])).to.not.include('Previews');
    expect(String(damaged.files.output)).to.not.include('previews=');
    rmSync(join(place.root, 'certified-connectors/Two/tests/other.test.yaml'));
    expect(damaged.status).to.equal(1);
    expect(String(damaged.files['summary.md'])).to.match(/Two \| ❌ could not be run/);
  });

  it('is the same in Azure Pipelines, with a thread of the pull request', async () => {
    const { status, output, files } = await check({ TF_BUILD: 'True' });
    expect(status, output).to.equal(1);
    const threads = '/Contoso%20Team/_apis/git/repositories/r1/pullRequests/7/threads';
    expect(api.calls.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      `GET ${threads}?api-version=7.1`,
      `POST ${threads}?api-version=7.1`,
    ]);
    const sent = JSON.parse(api.calls[1]?.body ?? '') as { comments: { content: string }[]; status: string };
    expect(sent.status).to.equal('closed');
    expect(sent.comments[0]?.content).to.equal(String(files['connectors.md']));
    expect(String(files['connectors.xml'])).to.match(/<testsuites/);
    const commands = output.split('\n').filter((line) => line.includes('##vso['));
    expect(commands.map((line) => line.split(']')[0])).to.deep.equal([
      '##vso[task.uploadsummary',
      '##vso[artifact.upload artifactname=connector-previews',
    ]);
    expect(output).to.not.include('secret-token');
    const thread = (id: number, uniqueName: string) => ({
      id,
      comments: [{ id: 1, content: '<!-- pp-connector -->\nformer', author: { uniqueName } }],
    });
    api.comments = [thread(3, 'mallory@contoso.com'), thread(4, 'Build\\0a1b')];
    await check({ TF_BUILD: 'True', ...quick });
    expect(api.calls.at(-1)).to.include({ method: 'PATCH', path: `${threads}/4/comments/1?api-version=7.1` });
  });

  it('replaces its own comment, never that of somebody else', async () => {
    const body = '<!-- pp-connector -->\nformer';
    api.comments = [
      { id: 1, body, user: { type: 'User' } },
      { id: 2, body, user: { type: 'Bot' } },
    ];
    await check(quick);
    expect(api.calls.at(-1)).to.include({ method: 'PATCH', path: '/repos/contoso/connectors/issues/comments/2' });
  });

  it('does without a comment where it may write none, and passes where breaking changes are allowed', async () => {
    api.status = 403;
    const { status, output } = await check({ PP_ALLOW_BREAKING: 'true', PP_FAIL_ON: 'never', ...quick });
    expect(status, output).to.equal(0);
    expect(output).to.match(/::notice::The comment could not be written \(GET .*: status 403\)/);
  });

  it('takes the texts of a pull request as data', () => {
    const { output, files } = whole;
    expect(
      Object.keys(readTree(place.root)).filter((name) => name.includes('pwned') && !name.includes('$(')),
    ).to.deep.equal([]);
    expect(output).to.not.match(/^::error::x/m);
    expect(output).to.not.include('secret-token');
    expect(JSON.stringify(files)).to.not.include('secret-token');
    expect(String(files['summary.md'])).to.not.include('<img');
  });

  it('says so when a definition could not be validated', async () => {
    const { status, output } = await check({ PP_BASE: 'no-such-branch' });
    expect(status).to.equal(1);
    expect(output).to.match(/^::error::pp-connector validate ended with 2$/m);
    expect(output).to.not.match(/^ +at /m);
  });

  it('cuts what has no room at the end of a line', () => {
    const row = `| ${'💥'.repeat(20)} |\n`;
    const text = `<!-- pp-connector -->\n${row.repeat(100)}`;
    expect(upTo(text.length, text, 'more')).to.equal(text);
    for (const most of [0, 30, 1000, 1001, 1002, text.length - 1]) {
      const cut = upTo(most, text, '… and more');
      expect(cut).to.match(/^(?:<!-- pp-connector -->\n(?:\| (?:💥){20} \|\n)*)?\n\n?… and more\n$/u);
      expect(cut.length).to.be.at.most(most + '\n\n… and more\n'.length);
    }
  });

  it('has the inputs that its script reads, and puts none of them into a command', () => {
    const text = readText(checkout, 'action/action.yml');
    const { inputs, runs } = parse(text) as {
      inputs: Record<string, unknown>;
      runs: { steps: { run?: string; uses?: string; env?: Record<string, string> }[] };
    };
    const step = runs.steps.find(({ run }) => run !== undefined);
    for (const { uses } of runs.steps) if (uses !== undefined) expect(uses).to.match(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    expect(step?.run).to.not.include('${{');
    const used = Object.values(step?.env ?? {}).map((value) => /inputs\.([\w-]+)/.exec(value)?.[1]);
    expect(used).to.have.members(Object.keys(inputs));
    const script = ['check', 'github', 'ask'].map((name) => readText(checkout, `action/${name}.mjs`)).join('');
    for (const name of Object.keys(step?.env ?? {})) expect(script).to.include(name);
    expect(text).to.include(
      `default: ${(JSON.parse(readText(checkout, 'package.json')) as { version: string }).version}\n`,
    );
  });
});
