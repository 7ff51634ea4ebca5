import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/invoke.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { runLine } from '../support/command-line.ts';
import { dotnetForTests, lendDotnet } from '../support/dotnet.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { type Local, serve } from './runs.ts';

/** Every command of the guide about running a connector, as it is printed, in order. */

const guide = readFileSync(join(checkout, 'docs', 'guides', 'run.md'), 'utf8');
const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));

/** What a service does after somebody has subscribed. */
const notify = (body: string, event: JsonObject): Promise<unknown> =>
  fetch(String((JSON.parse(body) as JsonObject).callbackUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });

describe('the guide about running a connector', () => {
  let local: Local;
  let folder: string;
  let hasDotnet = false;

  before(async function () {
    this.timeout(180_000);
    const place = await dotnetForTests();
    hasDotnet = place !== undefined;
    if (place !== undefined) lendDotnet(place);
    local = await serve((request, response, body) => {
      const item = { id: 'a', name: 'Blue chair', created: '2026-11-28T10:00:00Z' };
      const isPost = request.method === 'POST';
      if (request.url?.includes('/hooks')) {
        response.writeHead(isPost ? 201 : 204, isPost ? { location: `${request.url}/7` } : {}).end();
        if (isPost) void notify(body, { sold: item });
        return;
      }
      response.writeHead(isPost ? 201 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isPost ? item : { items: [item], value: [item] }));
    });
    const parent = temporaryFolder('guide');
    await runLine('pp-connector new contoso-items --yes', parent);
    folder = join(parent, 'contoso-items');
    writeTree(parent, { 'connection.json': '{}' });
    const shown = [...guide.matchAll(/^```json (\S+)\n([\s\S]*?)^```$/gm)];
    writeTree(folder, Object.fromEntries(shown.map(([, name = '', text = '']) => [name, text])));
  });

  after(() => local.server.close());

  it('shows commands', () => {
    expect(lines.length).to.be.greaterThan(10);
  });

  for (const line of lines) {
    it(`runs: ${line}`, async function () {
      // where there is no .NET, code can't be run
      if (line.includes('--trust-script') && !hasDotnet) this.skip();
      if (!line.startsWith('pp-connector invoke ')) {
        await runLine(line, folder);
        return;
      }
      const words = splitCommandLine(line.replace('http://127.0.0.1:8080', local.origin.origin)).slice(2);
      const { flags, positionals, format } = parseArguments(command, words);
      const { status, stdout, stderr } = await inProcess({ cwd: folder }, (context) =>
        command.run({ ...context, format }, positionals, flags),
      );
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      expect(stdout).not.to.equal('');
    });
  }

  it('names the flags that there are', () => {
    const known = new Set([...command.flags.map(({ name }) => name), 'format', 'yes']);
    const policyFlags = ['template', 'section', 'operations'];
    const operationFlags = ['kind', 'path', 'id', 'response-sample', 'state-param', 'state-path', 'edit', 'script'];
    const otherFlags = ['install', 'serve'];
    const webhookFlags = ['notification-sample', 'notification-url'];
    for (const [, flag = ''] of guide.matchAll(/--([a-z][a-z-]+)/g))
      expect([...known, ...policyFlags, ...operationFlags, ...webhookFlags, ...otherFlags], flag).to.include(flag);
  });
});
