import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { definitionOf } from '../runtime/runs.ts';
import { bodies, withBody } from '../runtime/script/scripts.ts';
import { buildOnce, program } from '../support/cli.ts';
import { dotnetForTests, lendDotnet } from '../support/dotnet.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** However a program of ours ends, the process of .NET that it started ends, too, and so does a server without its client. */

describe('no process is left', function () {
  this.timeout(120_000);
  let folder = '';
  let state = '';
  let child: ChildProcess;

  before(async function () {
    this.timeout(180_000);
    const place = process.platform === 'win32' ? undefined : await dotnetForTests();
    if (place === undefined) return this.skip();
    buildOnce();
    // its name is in the arguments of the process
    state = temporaryFolder('state');
    lendDotnet(place, state);
    return undefined;
  });

  const start = (...args: string[]): void => {
    child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...process.env, XDG_STATE_HOME: state },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdout?.resume();
  };
  const connector = (body: string): void => {
    folder = writeTree(temporaryFolder(), {
      'apiDefinition.swagger.json': JSON.stringify(definitionOf({})),
      'apiProperties.json': '{"properties":{"scriptOperations":["Op"]}}',
      'script.csx': withBody(body),
    });
  };
  const hosts = (): string[] =>
    spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.includes(state) && line.includes('ScriptHost'));
  const until = async (done: () => boolean): Promise<void> => {
    for (const giveUp = Date.now() + 30_000; !done() && Date.now() < giveUp; ) await wait(50);
    expect(done(), hosts().join('\n')).to.equal(true);
  };
  const isGone = () => until(() => hosts().length === 0);
  const isThere = () => until(() => hosts().length === 1);
  const invoke = (...args: string[]): void => start('invoke', 'Op', '--mock', '--trust-script', ...args);

  it('after a run, nor after code that never ends', async () => {
    connector(bodies.forward);
    invoke();
    const [status] = (await once(child, 'exit')) as [number];
    expect(status).to.equal(0);
    await isGone();
    connector(bodies.neverEnds);
    invoke('--script-timeout', '0.5');
    const [late] = (await once(child, 'exit')) as [number];
    expect(late).to.equal(1);
    await isGone();
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`after ${signal} while code runs without end`, async () => {
      connector(bodies.neverEnds);
      invoke('--script-timeout', '50');
      await isThere();
      // it may still be compiling, which is no reason to stay either
      await wait(300);
      child.kill(signal);
      const [, by] = (await once(child, 'exit')) as [number | null, string | null];
      expect(by).to.equal(signal);
      await isGone();
    });
  }

  it('of a server for editors whose editor is gone', async () => {
    connector(bodies.forward);
    start('lsp', '--stdio');
    const send = (message: object): void => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    };
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    const uri = `file://${folder}/apiDefinition.swagger.json`;
    const textDocument = { uri, languageId: 'json', version: 1, text: JSON.stringify(definitionOf({})) };
    send({ method: 'textDocument/didOpen', params: { textDocument } });
    await isThere();
    child.stdin?.end();
    await once(child, 'exit');
    await isGone();
  });

  it('of a server for agents whose agent is gone', async () => {
    connector(bodies.forward);
    start('mcp', '--allow', 'scripts', '--allow', 'invoke');
    const send = (message: object): void =>
      void child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'test', version: '1' };
    send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: 'validate', arguments: {} } });
    await isThere();
    child.stdin?.end();
    await once(child, 'exit');
    await isGone();
  });
});
