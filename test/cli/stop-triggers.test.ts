import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Local, serve } from '../runtime/runs.ts';
import { connectorWithTriggers } from '../runtime/triggers/trigger-files.ts';
import { buildOnce, program } from '../support/cli.ts';

/** Ctrl-C while a trigger runs, as a process of its own. */

const later = (milliseconds: number, act: () => void): void => void setTimeout(act, milliseconds);

describe('Ctrl-C', () => {
  const servers: Local[] = [];
  let child: ChildProcess;
  let stderr = '';

  before(function () {
    // there a signal ends a process at once, whatever it wants
    if (process.platform === 'win32') this.skip();
    this.timeout(120_000);
    buildOnce();
  });
  after(() => {
    for (const { server } of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  /** Handles a request of the child: `method` and its response. */
  async function run(args: string[], cwd: string, handle: (method: string, response: ServerResponse) => void) {
    const local = await serve((request, response) => handle(request.method ?? '', response));
    servers.push(local);
    stderr = '';
    const words = ['invoke', ...args, '--yes', '--connection', 'connection.json', '--send-to', local.origin.origin];
    child = spawn(process.execPath, [program, ...words], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return { end: code ?? signal, methods: local.asked.map(({ method }) => method) };
  }

  const stop = (signal: NodeJS.Signals = 'SIGINT'): void => {
    child.kill(signal);
  };
  const subscribed = (response: ServerResponse): void =>
    void response.writeHead(201, { location: '/v1/hooks/7' }).end();
  const webhook = ['OnOrder', '--webhook', '--timeout', '20'];

  it('while it subscribes: waits for the answer, and ends the subscription', async () => {
    const { end, methods } = await run(webhook, connectorWithTriggers(), (method, response) => {
      if (method === 'DELETE') response.writeHead(204).end();
      else {
        later(50, stop);
        later(400, () => subscribed(response));
      }
    });
    expect(methods).to.deep.equal(['POST', 'DELETE']);
    expect(end).to.equal(130);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`while it waits (${signal}): ends the subscription`, async () => {
      const { end, methods } = await run(webhook, connectorWithTriggers(), (method, response) => {
        if (method === 'DELETE') response.writeHead(204).end();
        else {
          subscribed(response);
          later(300, () => stop(signal));
        }
      });
      expect(methods).to.deep.equal(['POST', 'DELETE']);
      expect(end).to.equal(130);
    });
  }

  it('while it unsubscribes, also for the second time: goes on', async () => {
    const { end, methods } = await run(webhook, connectorWithTriggers(), (method, response) => {
      if (method === 'DELETE') {
        later(50, stop);
        later(400, () => response.writeHead(204).end());
      } else {
        subscribed(response);
        later(300, stop);
      }
    });
    expect(methods).to.deep.equal(['POST', 'DELETE']);
    expect(end).to.equal(130);
    expect(stderr).to.contain('Still ending it.');
  });

  it('for the third time: ends at once', async () => {
    const { end, methods } = await run(webhook, connectorWithTriggers(), (method, response) => {
      if (method === 'POST') {
        subscribed(response);
        later(300, stop);
        return;
      }
      later(50, stop);
      later(300, stop);
    });
    expect(methods).to.deep.equal(['POST', 'DELETE']);
    expect(end).to.equal('SIGINT');
  });

  it('while it subscribes, and no answer comes: says that nobody knows', async () => {
    const { end, methods } = await run([...webhook.slice(0, -1), '0.5'], connectorWithTriggers(), () =>
      later(50, stop),
    );
    expect(methods).to.deep.equal(['POST']);
    expect(end).to.equal(1);
    expect(stderr).to.contain('whether it subscribed is not known');
  });

  it('while it polls: breaks off at once, and keeps the state of the calls before', async () => {
    const cwd = connectorWithTriggers();
    let count = 0;
    const started = performance.now();
    const { end } = await run(
      ['OnPolled', '--poll', '9', '--interval', '0', '--state', 's.json'],
      cwd,
      (_, response) => {
        count += 1;
        if (count === 1) response.writeHead(202, { location: '/v1/orders?since=1' }).end();
        else later(50, stop);
      },
    );
    expect(end).to.equal(130);
    expect(performance.now() - started).to.be.lessThan(15_000);
    expect(readFileSync(join(cwd, 's.json'), 'utf8')).to.contain('since=1');
  });

  it('between two calls: ends at once', async () => {
    const cwd = connectorWithTriggers();
    const { end } = await run(['OnPolled', '--poll', '2', '--state', 's.json'], cwd, (_, response) => {
      response.writeHead(202, { 'retry-after': '3600' }).end();
      later(500, stop);
    });
    expect(end).to.equal(130);
    expect(stderr).to.contain('The next call is in 3600 seconds');
    expect(existsSync(join(cwd, 's.json'))).to.equal(true);
  });
});
