import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/invoke.ts';
import { asObject, asString, getOwn, type JsonObject } from '../../src/connector/json/value.ts';
import type { TriggerTrace } from '../../src/runtime/trace.ts';
import { type Local, policy, serve, stepsOf } from '../runtime/runs.ts';
import { connectorWithTriggers, secret } from '../runtime/triggers/trigger-files.ts';
import { inProcess } from '../support/in-process.ts';

function invoke(cwd: string, ...args: string[]) {
  return inProcess({ cwd }, (context) => {
    const { flags, positionals, format } = parseArguments(command, [...args, '--connection', 'connection.json']);
    return command.run({ ...context, format }, positionals, flags);
  });
}

type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const json = (body: string): string => `{"url":"${body}"}`;
const addressIn = (body: string): string => asString(getOwn(JSON.parse(body) as JsonObject, 'url')) ?? '';
const post = (url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

/** A service of webhooks: `notify` gets the address of each subscription. */
const service =
  (notify: (address: string) => unknown, location: string | undefined = '/v1/hooks/7'): Handle =>
  (asked, response, body) => {
    if (asked.method !== 'POST') {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(201, location === undefined ? {} : { location }).end();
    void notify(addressIn(body));
  };

describe('invoke of triggers', () => {
  const servers: Local[] = [];
  const serving = async (handle: Handle): Promise<Local> => {
    const local = await serve(handle);
    servers.push(local);
    return local;
  };
  let folder: string;
  before(() => {
    folder = connectorWithTriggers();
  });
  after(() => {
    for (const { server } of servers) server.close();
  });

  async function webhook(handle: Handle, ...args: string[]) {
    const local = await serving(handle);
    const { status, stdout, stderr } = await invoke(
      folder,
      ...['OnOrder', '--webhook', '--yes', '--send-to', local.origin.origin, '--format', 'json'],
      ...args,
    );
    return { status, stderr, trace: JSON.parse(stdout) as TriggerTrace, asked: local.asked };
  }

  const bodies = ({ runs }: TriggerTrace) =>
    runs.flatMap(({ steps }) => stepsOf(steps, 'notification').map(({ body }) => body));

  describe('by --webhook', () => {
    it('subscribes, shows notifications, and unsubscribes', async () => {
      const notify = async (address: string): Promise<void> => {
        await post(address, '{"id":"a"}');
        await post(address, '{"id":"b"}');
      };
      const { status, trace, asked } = await webhook(service(notify), '--events', '2');
      expect(status).to.equal(0);
      expect(trace).to.deep.include({
        operationId: 'OnOrder',
        kind: 'trigger',
        state: { subscription: 'ended', notifications: 2, location: '/v1/hooks/7' },
      });
      expect(bodies(trace)).to.deep.equal([{ id: 'a' }, { id: 'b' }]);
      expect(asked.map(({ method, url, headers }) => [method, url, headers['x-key']])).to.deep.equal([
        ['POST', '/v1/hooks', secret],
        ['DELETE', '/v1/hooks/7', secret],
      ]);
      expect(addressIn(asked[0]?.body ?? '')).to.match(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
      expect(JSON.stringify(trace)).not.to.contain(secret);
    });

    it('takes a notification that comes before the answer to the subscription', async () => {
      const { status, trace } = await webhook((asked, response, body) => {
        if (asked.method === 'DELETE') response.writeHead(204).end();
        else
          void post(addressIn(body), '{"id":"early"}').then(() =>
            response.writeHead(201, { location: '/v1/hooks/7' }).end(),
          );
      });
      expect(status).to.equal(0);
      expect(bodies(trace)).to.deep.equal([{ id: 'early' }]);
    });

    it('ends the subscription when nothing comes in time, with 1', async () => {
      const { status, trace, asked, stderr } = await webhook(
        service(() => {}),
        '--timeout',
        '0.3',
      );
      expect(status).to.equal(1);
      expect(trace.error).to.equal('no notification came within 0.3 seconds (--timeout)');
      expect(stderr).to.contain(trace.error);
      expect(asked.map(({ method }) => method)).to.deep.equal(['POST', 'DELETE']);
    });

    it('refuses other paths and methods, and goes on', async () => {
      const answers: number[] = [];
      const notify = async (address: string): Promise<void> => {
        const { origin } = new URL(address);
        const paths = ['/', '/x', `${new URL(address).pathname}x`, `//${new URL(address).pathname}`];
        for (const path of paths) answers.push((await post(`${origin}${path}`, '{"id":"wrong"}')).status);
        answers.push((await fetch(address)).status);
        await post(address, '{"id":"right"}');
      };
      const { status, trace, stderr } = await webhook(service(notify));
      expect(status).to.equal(0);
      expect(answers).to.deep.equal([404, 404, 404, 404, 405]);
      expect(bodies(trace)).to.deep.equal([{ id: 'right' }]);
      expect(stderr).to.contain('POST to another path than that of the subscription was refused');
    });

    it('tells what does not fit, with 1', async () => {
      for (const body of ['{"id":1}', '{"id":', '', 'null']) {
        const { status, trace } = await webhook(service((address) => post(address, body)));
        expect(status, body).to.equal(1);
        expect(trace.state.subscription, body).to.equal('ended');
      }
    });

    it('ends the subscription after a notification that nobody can read', async () => {
      const { status, trace } = await webhook(service((address) => post(address, '['.repeat(100_000))));
      expect(status).to.equal(1);
      expect(trace.error).to.contain('nested more than 1000 levels deep');
      expect(trace.state.subscription).to.equal('ended');
    });

    it('unpacks notifications', async () => {
      const packed = new Uint8Array(gzipSync('{"id":"packed"}'));
      const { trace } = await webhook(service((address) => post(address, packed, { 'content-encoding': 'gzip' })));
      expect(bodies(trace)).to.deep.equal([{ id: 'packed' }]);
    });

    it('takes nothing larger than 100 MB, packed or not', async function () {
      this.timeout(30_000);
      const answers: number[] = [];
      const bomb = new Uint8Array(gzipSync(Buffer.alloc(101_000_000, ' ')));
      const { status, trace, asked } = await webhook(
        service(async (address) => {
          answers.push((await post(address, bomb, { 'content-encoding': 'gzip' })).status);
        }),
      );
      expect(status).to.equal(1);
      expect(trace.error).to.equal('a notification has more than 100 MB');
      expect(answers).to.deep.equal([413]);
      expect(asked.map(({ method }) => method)).to.deep.equal(['POST', 'DELETE']);
    });

    it('lives through what is no HTTP and what breaks off', async () => {
      const notify = async (address: string): Promise<void> => {
        const { hostname, port, pathname } = new URL(address);
        const raw = connect(Number(port), hostname).on('error', () => {});
        raw.write('\u0000\u0001 nonsense\r\n\r\n');
        const broken = request(address, { method: 'POST', headers: { 'content-length': '100' } }).on('error', () => {});
        broken.write('{"id"');
        await once(broken, 'socket');
        setTimeout(() => broken.destroy(), 50);
        setTimeout(() => void post(`http://${hostname}:${port}${pathname}`, '{"id":"after"}'), 150);
      };
      const { trace } = await webhook(service(notify));
      expect(bodies(trace)).to.deep.equal([{ id: 'after' }]);
    });

    it('has nothing to end where the API refuses', async () => {
      const { status, trace, asked } = await webhook((_, response) => response.writeHead(403).end());
      expect(status).to.equal(1);
      expect(trace.state.subscription).to.equal('none');
      expect(asked).to.have.length(1);
    });

    it('says that a subscription is left where the API gives no Location', async () => {
      const handle = service((address) => post(address, '{"id":"a"}'), undefined);
      const { status, trace } = await webhook((asked, response, body) => {
        if (asked.method === 'POST') response.writeHead(201).end(() => void post(addressIn(body), '{"id":"a"}'));
        else handle(asked, response, body);
      });
      expect(status).to.equal(1);
      expect(trace.state.subscription).to.equal('left');
      expect(trace.error).to.match(
        /it is still there; look for one to http:\/\/127\.0\.0\.1:\d+\/\S+ among the subscr/,
      );
    });

    it('ends a subscription at once whose answer can not be read', async () => {
      const head = { location: '/v1/hooks/7', 'content-type': 'application/json' };
      const unreadable: [name: string, answer: (response: ServerResponse) => void][] = [
        [
          'broken off',
          (response) =>
            response.writeHead(201, { ...head, 'content-length': '9' }).write('{', () => response.destroy()),
        ],
        ['packed otherwise', (response) => response.writeHead(201, { ...head, 'content-encoding': 'gzip' }).end('{}')],
        ['packed by nobody', (response) => response.writeHead(201, { ...head, 'content-encoding': 'x' }).end('{}')],
        ['too deep', (response) => response.writeHead(201, head).end('['.repeat(2000))],
      ];
      for (const [name, answer] of unreadable) {
        const { status, stderr, trace, asked } = await webhook((request, response) => {
          if (request.method === 'DELETE') response.writeHead(204).end();
          else answer(response);
        });
        expect(
          asked.map(({ method, url }) => [method, url]),
          name,
        ).to.deep.equal([
          ['POST', '/v1/hooks'],
          ['DELETE', '/v1/hooks/7'],
        ]);
        expect([status, trace.state.subscription], name).to.deep.equal([1, 'ended']);
        expect(trace.runs[0]?.error, name).to.be.a('string');
        expect(stderr, name).to.contain('Ending the subscription (DELETE https://api.contoso.com/v1/hooks/7).');
      }
    });

    it('says that a subscription is left where the API refuses to end it', async () => {
      const { status, trace } = await webhook((asked, response, body) => {
        if (asked.method === 'DELETE') response.writeHead(500).end();
        else service((address) => post(address, '{"id":"a"}'))(asked, response, body);
      });
      expect(status).to.equal(1);
      expect(trace.state.subscription).to.equal('left');
      const byHand =
        'end it yourself, with the credentials of the connection: DELETE https://api.contoso.com/v1/hooks/7';
      expect(trace.error).to.contain('the API answered 500').and.contain(byHand);
    });

    it('does not know what became of a request without an answer', async () => {
      const { status, trace } = await webhook((_, response) => response.destroy());
      expect(status).to.equal(1);
      expect(trace.state.subscription).to.equal('unknown');
      expect(trace.error).to.match(/is not known; look for one to http:\/\/127/);
    });

    it('gives the API the address of --callback, and listens at its path', async () => {
      const callback = 'https://tunnel.example.com/a/b?key=1';
      let port = 0;
      const free = await serving(() => {});
      port = Number(free.origin.port);
      await new Promise((resolve) => free.server.close(resolve));
      const answers: number[] = [];
      const { status, trace, asked } = await webhook(
        service(async () => {
          for (const path of ['/a/b', '/a/b?key=2', '/?key=1', '/a/b?key=1&more=2'])
            answers.push((await post(`http://127.0.0.1:${port}${path}`, '{"id":"a"}')).status);
        }),
        ...['--callback', callback, '--port', String(port)],
      );
      expect(status).to.equal(0);
      expect(asked[0]?.body).to.equal(json(callback));
      expect(answers.slice(0, 3)).to.deep.equal([404, 404, 404]);
      expect(bodies(trace)).to.deep.equal([{ id: 'a' }]);
    });

    it('subscribes to nothing when the port is taken', async () => {
      const taken = await serving(() => {});
      const args = ['OnOrder', '--webhook', '--yes', '--send-to', taken.origin.origin, '--port', taken.origin.port];
      const { status, stderr } = await invoke(folder, ...args);
      expect(status).to.equal(2);
      expect(stderr).to.contain(`port ${taken.origin.port}`);
      expect(taken.asked).to.deep.equal([]);
    });

    it('shows the request without sending it', async () => {
      const { status, stdout } = await invoke(folder, 'OnOrder', '--webhook', '--dry-run', '--format', 'json');
      const { runs } = JSON.parse(stdout) as TriggerTrace;
      expect(status).to.equal(0);
      expect(runs).to.have.length(1);
      expect(runs[0]?.steps.at(-1)).to.deep.include({ step: 'ready', body: { url: 'http://127.0.0.1:PORT/TOKEN' } });
    });

    it('prints the runs for people as they happen', async () => {
      const { origin } = await serving(service((address) => post(address, '{"id":"a"}')));
      const { stdout } = await invoke(folder, 'OnOrder', '--webhook', '--yes', '--send-to', origin.origin);
      expect(stdout)
        .to.contain('— 1. OnOrder —')
        .and.to.contain('notification')
        .and.to.contain('— 3. DeleteHook —')
        .and.to.contain('state    subscription=ended, notifications=1');
    });
  });

  describe('by --poll', () => {
    const polling = {
      policyTemplateInstances: [
        {
          ...policy('pollingtrigger', {
            triggerConfig: { since: '@{triggerBody().items[0].id}' },
            triggerDataPath: '@triggerBody().items',
          }),
          type: 'PollingTrigger',
        },
      ],
    };
    const answering: Handle = (asked, response) => {
      const since = new URL(asked.url ?? '', 'http://a').searchParams.get('since') ?? '0';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ items: [{ id: String(Number(since) + 1) }] }));
    };

    it('calls with the state of the call before, and keeps it', async () => {
      const cwd = connectorWithTriggers(polling);
      const { origin, asked } = await serving(answering);
      const args = [
        'OnPolled',
        '--send-to',
        origin.origin,
        '--interval',
        '0',
        '--state',
        'state.json',
        '--format',
        'json',
      ];
      const first = await invoke(cwd, ...args, '--poll', '2');
      const trace = JSON.parse(first.stdout) as TriggerTrace;
      expect(first.status).to.equal(0);
      expect(trace.state).to.deep.equal({ since: '2' });
      expect(trace.runs.map(({ result }) => result?.status)).to.deep.equal([202, 200]);
      expect(JSON.parse(readFileSync(join(cwd, 'state.json'), 'utf8'))).to.deep.equal({ since: '2' });
      await invoke(cwd, ...args, '--poll', '1');
      expect(asked.map(({ url }) => url)).to.deep.equal(['/v1/orders', '/v1/orders?since=1', '/v1/orders?since=2']);
    });

    it('waits as long as Retry-After says, or --interval', async () => {
      const { origin } = await serving((_, response) => response.writeHead(202, { 'retry-after': '1' }).end());
      const time = async (...args: string[]): Promise<number> => {
        const started = performance.now();
        await invoke(folder, 'OnPolled', '--poll', '2', '--send-to', origin.origin, ...args);
        return performance.now() - started;
      };
      expect(await time()).to.be.greaterThan(990);
      expect(await time('--interval', '0')).to.be.lessThan(900);
    });

    it('keeps no secret in the state, and finds it again', async () => {
      const cwd = connectorWithTriggers();
      const { origin, asked } = await serving((_, response) =>
        response.writeHead(202, { location: `/v1/orders?token=${secret}` }).end(),
      );
      const args = ['OnPolled', '--poll', '1', '--state', 'state.json', '--send-to', origin.origin, '--format', 'json'];
      const { stdout } = await invoke(cwd, ...args);
      await invoke(cwd, ...args);
      expect(stdout).not.to.contain(secret);
      expect(readFileSync(join(cwd, 'state.json'), 'utf8')).not.to.contain(secret);
      expect(asked[1]?.url).to.equal(`/v1/orders?token=${secret}`);
    });

    it('leaves with 1 where one call goes wrong, and makes the others', async () => {
      let count = 0;
      const { origin } = await serving((_, response) => {
        count += 1;
        response.writeHead(count === 2 ? 500 : 202).end();
      });
      const { status } = await invoke(folder, 'OnPolled', '--poll', '3', '--interval', '0', '--send-to', origin.origin);
      expect([status, count]).to.deep.equal([1, 3]);
    });

    it('makes one call of a dry run, with the state, which it does not change', async () => {
      const cwd = connectorWithTriggers(polling, { 'state.json': '{"since":"7"}' });
      const { status, stdout } = await invoke(
        cwd,
        'OnPolled',
        '--poll',
        '3',
        '--state',
        'state.json',
        '--dry-run',
        '--format',
        'json',
      );
      const { runs } = JSON.parse(stdout) as TriggerTrace;
      expect(status).to.equal(0);
      expect(runs).to.have.length(1);
      expect(asObject(runs[0]?.steps.at(-1)).url).to.equal('https://api.contoso.com/v1/orders?since=7');
      expect(readFileSync(join(cwd, 'state.json'), 'utf8')).to.equal('{"since":"7"}');
    });
  });

  describe('could not run', () => {
    const cases: [name: string, args: string[], words: string][] = [
      ['--poll of an action', ['DeleteHook', '--set', 'hookId=1', '--poll', '1'], 'is not a trigger'],
      ['--poll of a webhook', ['OnOrder', '--poll', '1'], 'use --webhook'],
      ['--webhook of a polling trigger', ['OnPolled', '--webhook'], '--poll 2'],
      ['a webhook without --webhook', ['OnOrder', '--yes'], '--webhook'],
      ['both', ['OnOrder', '--webhook', '--poll', '1'], 'contradict'],
      ['a mock that would notify', ['OnOrder', '--webhook', '--mock'], 'contradict'],
      ['no number of calls', ['OnPolled', '--poll', '0'], 'whole number'],
      ['no number of events', ['OnOrder', '--webhook', '--events', 'x'], 'whole number'],
      ['no time', ['OnPolled', '--poll', '1', '--interval', 'soon'], 'number of seconds'],
      ['no address', ['OnOrder', '--webhook', '--callback', 'tunnel'], 'is not an address'],
      ['no port', ['OnOrder', '--webhook', '--port', '70000'], '65535'],
      ['a state without --poll', ['OnPolled', '--state', 'x.json'], 'add --poll'],
      ['a state that is no JSON', ['OnPolled', '--poll', '1', '--state', 'bad.json'], 'is not JSON'],
      ['a state that is a list', ['OnPolled', '--poll', '1', '--state', 'list.json'], 'JSON object'],
      ['a state of other values', ['OnPolled', '--poll', '1', '--state', 'deep.json'], 'must be a text'],
    ];
    for (const [name, args, words] of cases) {
      it(name, async () => {
        const cwd = connectorWithTriggers({}, { 'bad.json': '{', 'list.json': '[]', 'deep.json': '{"since":{}}' });
        const { status, stderr } = await invoke(cwd, ...args);
        expect(status).to.equal(2);
        expect(stderr).to.contain(words);
      });
    }
  });
});
