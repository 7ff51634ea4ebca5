import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
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
    response.end(JSON.stringify(method === 'GET' ? this.comments : {}));
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
  });
  commitAll(root, hostile);
  return { root, base };
}

describe('the action for pull requests', () => {
  const api = new Api();
  let address = '';
  let place: ReturnType<typeof pullRequest>;

  before(async () => {
    buildOnce();
    address = await api.start();
    place = pullRequest();
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
        PP_PROGRAM: program,
        PP_TOKEN: 'secret-token',
        ...more,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status, output, files: readTree(temporary) };
  }

  it('judges what the pull request changes, and writes one comment', async () => {
    const { status, output, files } = await check();
    expect(status, output).to.equal(1);
    expect(output).to.match(/^::error file=certified-connectors\/Two\/.*breaking-operation-path-changed/m);
    expect(output).to.not.match(/file=certified-connectors\/(One|Three)/);
    const summary = String(files['summary.md']);
    expect(summary).to.match(/certified-connectors\/Two: changes that flows notice/);
    expect(String(files.output)).to.match(/^sarif=.*connectors\.sarif\n$/);
    const sarif = JSON.parse(String(files['connectors.sarif'])) as { runs: unknown[] };
    expect(sarif.runs).to.have.length(1);
    const [read, write] = api.calls;
    expect(api.calls).to.have.length(2);
    expect(read?.path).to.equal('/repos/contoso/connectors/issues/7/comments?per_page=100&page=1');
    expect(write).to.include({ method: 'POST', path: '/repos/contoso/connectors/issues/7/comments' });
    expect((JSON.parse(write?.body ?? '') as { body: string }).body.trim()).to.equal(summary.trim());
  });

  it('replaces its own comment, never that of somebody else', async () => {
    const body = '<!-- pp-connector -->\nformer';
    api.comments = [
      { id: 1, body, user: { type: 'User' } },
      { id: 2, body, user: { type: 'Bot' } },
    ];
    await check();
    expect(api.calls.at(-1)).to.include({ method: 'PATCH', path: '/repos/contoso/connectors/issues/comments/2' });
  });

  it('does without a comment where it may write none, and passes where breaking changes are allowed', async () => {
    api.status = 403;
    const { status, output } = await check({ PP_ALLOW_BREAKING: 'true', PP_FAIL_ON: 'never' });
    expect(status, output).to.equal(0);
    expect(output).to.match(/::notice::The comment could not be written \(GET .*: status 403\)/);
    api.calls.length = 0;
    await check({ PP_COMMENT: 'false' });
    expect(api.calls).to.deep.equal([]);
  });

  it('takes the texts of a pull request as data', async () => {
    const { output, files } = await check();
    expect(
      Object.keys(readTree(place.root)).filter((name) => name.includes('pwned') && !name.includes('$(')),
    ).to.deep.equal([]);
    expect(output).to.not.match(/^::error::x/m);
    expect(output).to.not.include('secret-token');
    expect(JSON.stringify(files)).to.not.include('secret-token');
    expect(String(files['summary.md'])).to.not.include('<img');
  });

  it('says so when a definition could not be judged', async () => {
    const { status, output } = await check({ PP_BASE: 'no-such-branch' });
    expect(status).to.equal(1);
    expect(output).to.match(/^::error::pp-connector validate ended with 2$/m);
    expect(output).to.not.match(/^ +at /m);
  });

  it('has the inputs that its script reads, and puts none of them into a command', () => {
    const text = readText(checkout, 'action/action.yml');
    const { inputs, runs } = parse(text) as {
      inputs: Record<string, unknown>;
      runs: { steps: { run?: string; env?: Record<string, string> }[] };
    };
    const step = runs.steps.find(({ run }) => run !== undefined);
    expect(step?.run).to.not.include('${{');
    const used = Object.values(step?.env ?? {}).map((value) => /inputs\.([\w-]+)/.exec(value)?.[1]);
    expect(used).to.have.members(Object.keys(inputs));
    const script = readText(checkout, 'action/check.mjs');
    for (const name of Object.keys(step?.env ?? {})) expect(script).to.include(name);
    expect(text).to.include(
      `default: ${(JSON.parse(readText(checkout, 'package.json')) as { version: string }).version}\n`,
    );
  });
});
