import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/invoke.ts';
import type { LearnReport } from '../../src/cli/learn-definition.ts';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { type Local, serve } from '../runtime/runs.ts';
import { connectorWithTriggers, secret } from '../runtime/triggers/trigger-files.ts';
import { runLine } from '../support/command-line.ts';
import { snapshot, temporaryFolder } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';

function invoke(cwd: string, ...args: string[]) {
  return inProcess({ cwd }, (context) => {
    const { flags, positionals, format } = parseArguments(command, args);
    return command.run({ ...context, format }, positionals, flags);
  });
}

const reportIn = (stdout: string): LearnReport => (JSON.parse(stdout) as { learned: LearnReport }).learned;

describe('invoke --mend', () => {
  const servers: Local[] = [];
  const serving = async (...answers: JsonObject[]): Promise<string> => {
    let count = 0;
    const local = await serve((_, response) => {
      const answer = answers[Math.min(count, answers.length - 1)];
      count += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
    servers.push(local);
    return local.origin.origin;
  };
  after(() => {
    for (const { server } of servers) server.close();
  });

  describe('in a repository', () => {
    let root: string;
    const path = (name: string): string => join(root, ...name.split('/'));
    const read = (name: string): string => readFileSync(path(name), 'utf8');
    const answer = { items: [{ id: 5, name: 'Ada Lovelace', soldAt: '2026-11-28T10:00:00Z' }] };

    beforeEach(async () => {
      const parent = temporaryFolder('mend');
      await runLine('pp-connector new contoso-items --yes', parent);
      root = join(parent, 'contoso-items');
      // as somebody else would have laid it out
      const text = read('connector/apiDefinition.json').replace('"swagger": "2.0"', '"swagger" :   "2.0"');
      writeFileSync(path('connector/apiDefinition.json'), text.replaceAll('\n', '\r\n'));
    });

    it('shows what would change, and writes nothing', async () => {
      const before = snapshot(root);
      const { status, stdout, stderr } = await invoke(
        root,
        'ListItems',
        '--mend',
        '--dry-run',
        '--send-to',
        await serving(answer),
      );
      expect(stdout).to.contain('Would change in the definition, 2 places:');
      expect(stderr).to.contain('+').and.to.contain('"soldAt"');
      expect(snapshot(root)).to.deep.equal(before);
      expect(status).to.equal(1);
    });

    it('writes it, keeps all other bytes, remembers the texts that were made, and is done', async () => {
      const before = read('connector/apiDefinition.json').split('\r\n');
      const origin = await serving(answer);
      const first = await invoke(root, 'ListItems', '--mend', '--send-to', origin, '--format', 'json');
      const { changes, written } = reportIn(first.stdout);
      expect(first.status).to.equal(0);
      expect(written).to.equal(true);
      expect(changes.map(({ kind, at, breaking }) => [kind, at, breaking])).to.deep.equal([
        ['type', '/items/*/id', ['breaking-output-type']],
        ['property', '/items/*/soldAt', []],
      ]);
      const after = read('connector/apiDefinition.json').split('\r\n');
      const gone = before.filter((line) => !after.includes(line));
      expect(gone.length, gone.join('\n')).to.be.lessThan(4);
      expect(after[1]).to.contain('"swagger" :   "2.0"');
      expect(after.join('')).not.to.match(/\n|Ada|Lovelace/);
      expect(read('.pp-connector/derived-texts.json')).to.contain('sold');
      const whole = snapshot(root);
      const second = await invoke(root, 'ListItems', '--mend', '--send-to', origin);
      expect(second.stdout).to.contain('nothing to change');
      expect(second.stdout).to.contain(`sent to ${origin} instead`);
      expect(second.status).to.equal(0);
      expect(snapshot(root)).to.deep.equal(whole);
      expect((await invoke(root, 'ListItems', '--send-to', origin)).status).to.equal(0);
    });

    it('keeps what its author wrote while it ran', async () => {
      const local = await serve((_, response) => {
        const text = read('connector/apiDefinition.json').replace(
          '"x-ms-summary": "Items"',
          '"x-ms-summary": "Things"',
        );
        writeFileSync(path('connector/apiDefinition.json'), text);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
      servers.push(local);
      await invoke(root, 'ListItems', '--mend', '--send-to', local.origin.origin);
      expect(read('connector/apiDefinition.json')).to.contain('"x-ms-summary": "Things"').and.to.contain('"soldAt"');
    });
  });

  const definitionIn = (cwd: string): JsonObject =>
    JSON.parse(readFileSync(join(cwd, 'apiDefinition.swagger.json'), 'utf8')) as JsonObject;
  const withConnection = ['--connection', 'connection.json', '--format', 'json'];

  it('learns from all answers that a recording has to the operation', async () => {
    const entry = (method: string, url: string, status: number, body: JsonObject): JsonObject => ({
      request: { method, url, headers: [] },
      response: { status, headers: [], content: { mimeType: 'application/json', text: JSON.stringify(body) } },
    });
    const url = 'https://api.contoso.com/v1/orders';
    const entries = [
      entry('GET', 'https://api.contoso.com/v1/other', 200, { nothing: true }),
      entry('GET', `${url}?since=1`, 200, { items: [{ id: 'a' }], first: 1 }),
      entry('GET', `${url}?since=2`, 200, { items: [{ id: 'a', total: 'x' }], second: '2' }),
      entry('GET', url, 429, { error: 'slowly' }),
    ];
    const cwd = connectorWithTriggers({}, { 'all.har': JSON.stringify({ log: { entries } }) });
    const { status, stdout } = await invoke(cwd, 'OnPolled', '--replay', 'all.har', '--mend', ...withConnection);
    expect(reportIn(stdout).changes.map(({ kind, at }) => `${kind} ${at}`)).to.have.members([
      'property /first',
      'property /second',
      'type /items/*/total',
      'status ',
    ]);
    expect(status).to.equal(0);
    expect(JSON.stringify(definitionIn(cwd))).not.to.contain('nothing');
  });

  it('learns from the calls of a poll, and from notifications', async () => {
    const cwd = connectorWithTriggers();
    const args = ['OnPolled', '--poll', '2', '--interval', '0', '--mend', '--send-to'];
    await invoke(cwd, ...args, await serving({ items: [], one: 1 }, { items: [], two: 2 }), ...withConnection);
    const hook = await serve((request, response, body) => {
      if (request.method === 'DELETE') response.writeHead(204).end();
      else {
        response.writeHead(201, { location: '/v1/hooks/7' }).end();
        void fetch(String((JSON.parse(body) as JsonObject).url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"id":"a","paid":true}',
        });
      }
    });
    servers.push(hook);
    const { status } = await invoke(
      cwd,
      'OnOrder',
      '--webhook',
      '--yes',
      '--mend',
      '--send-to',
      hook.origin.origin,
      ...withConnection,
    );
    expect(status).to.equal(0);
    const text = JSON.stringify(definitionIn(cwd));
    for (const name of ['one', 'two', 'paid']) expect(text).to.contain(`"${name}"`);
  });

  it('writes no secret that the API says back', async () => {
    const cwd = connectorWithTriggers();
    const { stdout } = await invoke(
      cwd,
      'OnPolled',
      '--mend',
      '--send-to',
      await serving({ items: [], [secret]: 1 }),
      ...withConnection,
    );
    expect(stdout).not.to.contain(secret);
    expect(JSON.stringify(definitionIn(cwd))).not.to.contain(secret);
  });

  it('has nothing to learn from a mock', async () => {
    const { status, stderr } = await invoke(connectorWithTriggers(), 'OnPolled', '--mend', '--mock');
    expect(status).to.equal(2);
    expect(stderr).to.contain('contradict');
  });

  it('changes nothing where no answer came', async () => {
    const local = await serve((_, response) => response.destroy());
    servers.push(local);
    const cwd = connectorWithTriggers();
    const before = definitionIn(cwd);
    const { status } = await invoke(cwd, 'OnPolled', '--mend', '--send-to', local.origin.origin, ...withConnection);
    expect(status).to.equal(1);
    expect(asObject(definitionIn(cwd))).to.deep.equal(before);
  });
});
