import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/invoke.ts';
import { asArray, asObject, getOwn, type JsonObject, valueAt } from '../../src/connector/json/value.ts';
import { definitionOf, keyParameter, type Local, policy, serve } from '../runtime/runs.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';

const definition = definitionOf({
  definition: {
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ key: [] }],
  },
  operation: {
    parameters: [
      { name: 'top', in: 'query', type: 'integer' },
      { name: 'state', in: 'query', type: 'string', 'x-ms-visibility': 'internal' },
    ],
    responses: {
      200: {
        description: 'OK',
        schema: {
          type: 'object',
          required: ['items'],
          properties: { items: { type: 'array', items: { type: 'string' } } },
        },
      },
    },
  },
});
const paths = asObject(definition.paths);
paths['/orders/{id}'] = {
  put: {
    operationId: 'UpdateOrder',
    parameters: [
      { name: 'id', in: 'path', required: true, type: 'string' },
      {
        name: 'order',
        in: 'body',
        required: true,
        schema: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            tags: { type: 'array', items: { type: 'string' } },
            customer: { type: 'object', properties: { vip: { type: 'boolean' } } },
          },
        },
      },
    ],
    responses: { 200: { description: 'OK' } },
  },
};
paths['/hooks'] = {
  post: {
    operationId: 'OnOrder',
    'x-ms-trigger': 'single',
    parameters: [
      {
        name: 'hook',
        in: 'body',
        required: true,
        schema: {
          type: 'object',
          required: ['url'],
          properties: { url: { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' } },
        },
      },
    ],
    responses: { 201: { description: 'Created' } },
  },
};

const withKey: JsonObject = { connectionParameters: { api_key: keyParameter } };
const secret = 'k3y-of-ada';

function connectorIn(properties: JsonObject = withKey, more: Record<string, string> = {}): string {
  return writeTree(temporaryFolder('invoke'), {
    'apiDefinition.swagger.json': JSON.stringify(definition),
    'apiProperties.json': JSON.stringify({ properties }),
    'connection.json': JSON.stringify({ api_key: secret }),
    ...more,
  });
}

function invoke(cwd: string, ...args: string[]) {
  return inProcess({ cwd }, (context) => {
    const { flags, positionals, format } = parseArguments(command, args);
    return command.run({ ...context, format }, positionals, flags);
  });
}

/** With the value of the connection. */
const withConnection = (cwd: string, ...args: string[]) => invoke(cwd, ...args, '--connection', 'connection.json');

describe('invoke', () => {
  let folder: string;
  const servers: Local[] = [];
  const answering = async (body: string, status = 200): Promise<string> => {
    const local = await serve((_, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    );
    servers.push(local);
    return local.origin.origin;
  };

  before(() => {
    folder = connectorIn();
  });
  after(() => {
    for (const { server } of servers) server.close();
  });

  it('shows the request as it would leave, with 0', async () => {
    const { status, stdout } = await withConnection(folder, 'Op', '--set', 'top=50', '--dry-run');
    expect(status).to.equal(0);
    expect(stdout)
      .to.contain('ready    GET https://api.contoso.com/v1/orders?top=50')
      .and.to.contain('x-api-key: ‹api_key›');
    expect(stdout).not.to.contain(secret);
  });

  it('prints one object with every step', async () => {
    const origin = await answering('{"items":["a"]}');
    const { status, stdout } = await withConnection(folder, 'Op', '--format', 'json', '--send-to', origin);
    const trace = JSON.parse(stdout) as JsonObject;
    expect(status).to.equal(0);
    expect(trace).to.include({ operationId: 'Op', kind: 'action' });
    expect(asArray(trace.steps).map((step) => getOwn(step, 'step'))).to.deep.equal([
      'request',
      'send',
      'answer',
      'schema',
    ]);
    expect(trace.result).to.deep.equal({ status: 200, body: { items: ['a'] } });
  });

  describe('leaves with 1', () => {
    it('when the API refuses, or the answer does not fit', async () => {
      expect((await withConnection(folder, 'Op', '--send-to', await answering('{"items":[]}', 403))).status).to.equal(
        1,
      );
      const misfit = await withConnection(folder, 'Op', '--send-to', await answering('{"items":[1]}'));
      expect(misfit.status).to.equal(1);
      expect(misfit.stdout).to.contain('/items/0: string is declared, integer came');
    });

    it('when nobody answers, and says why on stderr', async () => {
      const { status, stderr, stdout } = await withConnection(
        folder,
        'Op',
        '--send-to',
        'http://127.0.0.1:1',
        '--format',
        'json',
      );
      expect(status).to.equal(1);
      expect(stderr).to.contain('refused');
      expect(JSON.parse(stdout)).to.have.property('error').that.contains('refused');
    });
  });

  describe('leaves with 2 and what to do', () => {
    const cases: [name: string, args: string[], says: string][] = [
      ['an operation that is mistyped', ['Opp', '--dry-run'], 'did you mean Op?'],
      ['an unknown input', ['Op', '--set', 'limit=1', '--dry-run'], 'Op has: top'],
      ['an internal input', ['Op', '--set', 'state=1', '--dry-run'], 'state is internal'],
      ['a value of another type', ['Op', '--set', 'top=many', '--dry-run'], '"many" is not an integer'],
      ['missing inputs', ['UpdateOrder', '--set', 'id=1', '--dry-run'], '--set order/name=VALUE'],
      [
        'an unknown part of the body',
        ['UpdateOrder', '--set', 'order/nam=1', '--dry-run'],
        'there are: name, tags, customer',
      ],
      ['a --set without value', ['Op', '--set', 'top', '--dry-run'], 'NAME=VALUE'],
      ['an input file that is not there', ['Op', '--input', 'none.json', '--dry-run'], 'none.json'],
      ['an unknown set', ['Op', '--connection-set', 'x', '--dry-run'], 'no connectionParameterSets'],
      [
        'what changes something, without a yes',
        ['UpdateOrder', '--set', 'id=1', '--set', 'order/name=a', '--send-to', 'http://127.0.0.1:1'],
        '--yes',
      ],
      ['flags that contradict each other', ['Op', '--dry-run', '--record', 'x.har'], 'leave one of them out'],
      ['an address that is no origin', ['Op', '--send-to', 'http://x/y'], 'http://127.0.0.1:8080'],
      ['no number of seconds', ['Op', '--timeout', 'soon'], '--timeout soon'],
      ['notifications that nobody would receive', ['OnOrder', '--yes'], '--dry-run'],
    ];
    for (const [name, args, says] of cases) {
      it(name, async () => {
        const { status, stderr, stdout } = await withConnection(folder, ...args);
        expect(status).to.equal(2);
        expect(stderr).to.contain(says);
        expect(stdout).to.equal('');
      });
    }

    it('a connection without its values, and a file with other ones', async () => {
      const missing = await invoke(folder, 'Op', '--dry-run');
      expect(missing.status).to.equal(2);
      expect(missing.stderr).to.contain('CONNECTOR_API_KEY');
      writeTree(folder, { 'typo.json': JSON.stringify({ apikey: secret }) });
      const typo = await invoke(folder, 'Op', '--dry-run', '--connection', 'typo.json');
      expect(typo.stderr).to.contain('did you mean api_key?').and.not.to.contain(secret);
    });

    it('code that runs the operation, but not others', async () => {
      const coded = connectorIn(
        { ...withKey, scriptOperations: ['UpdateOrder'] },
        { 'script.csx': 'public class Script : ScriptBase {}' },
      );
      expect((await withConnection(coded, 'UpdateOrder', '--dry-run')).stderr).to.contain('script.csx');
      expect((await withConnection(coded, 'Op', '--dry-run')).status).to.equal(0);
      const all = connectorIn(withKey, { 'script.csx': 'public class Script : ScriptBase {}' });
      expect((await withConnection(all, 'Op', '--dry-run')).status).to.equal(2);
    });

    it('a policy that reads what nobody declares', async () => {
      const wrong = connectorIn({
        ...withKey,
        policyTemplateInstances: [
          policy('setheader', { name: 'x', value: "@connectionParameters('tenent')" }, 'Request'),
        ],
      });
      const { status, stderr } = await withConnection(wrong, 'Op', '--dry-run');
      expect(status).to.equal(2);
      expect(stderr).to.contain('tenent').and.to.contain('policy 0 (setheader');
    });
  });

  it('reads inputs by their types, and --set wins over --input', async () => {
    writeTree(folder, { 'order.json': JSON.stringify({ id: 'a', order: { name: 'file' } }) });
    const { stdout } = await withConnection(
      folder,
      ...[
        'UpdateOrder',
        '--input',
        'order.json',
        '--set',
        'id=b/c',
        '--set',
        'order/customer/vip=true',
        '--set',
        'order/tags/0=x=y',
        '--set',
        'order/tags/1=z',
        '--dry-run',
        '--format',
        'json',
      ],
    );
    const ready = asObject(asArray((JSON.parse(stdout) as JsonObject).steps).at(-1));
    expect(ready.url).to.equal('https://api.contoso.com/v1/orders/b%2Fc');
    expect(ready.body).to.deep.equal({ name: 'file', tags: ['x=y', 'z'], customer: { vip: true } });
  });

  it('takes the connection from the environment, the file first', async () => {
    process.env.CONNECTOR_API_KEY = 'from-environment';
    try {
      const origin = await answering('{"items":[]}');
      await invoke(folder, 'Op', '--send-to', origin);
      await withConnection(folder, 'Op', '--send-to', origin);
    } finally {
      delete process.env.CONNECTOR_API_KEY;
    }
    expect(servers.at(-1)?.asked.map(({ headers }) => headers['x-api-key'])).to.deep.equal([
      'from-environment',
      secret,
    ]);
  });

  it('records, replays in order, and says what is another request', async () => {
    const origin = await answering('{"items":["recorded"]}');
    expect((await withConnection(folder, 'Op', '--send-to', origin, '--record', 'run.har')).status).to.equal(0);
    const har = JSON.parse(readFileSync(join(folder, 'run.har'), 'utf8')) as JsonObject;
    expect(valueAt(har, ['log', 'version'])).to.equal('1.2');
    expect(JSON.stringify(har)).not.to.contain(secret);
    const again = await withConnection(folder, 'Op', '--replay', 'run.har');
    expect(again.status).to.equal(0);
    expect(again.stdout).to.contain('recorded');
    const other = await withConnection(
      folder,
      'UpdateOrder',
      '--set',
      'id=1',
      '--set',
      'order/name=a',
      '--replay',
      'run.har',
    );
    expect(other.stderr).to.contain('recorded for GET');
    expect((await withConnection(folder, 'Op', '--replay', 'connection.json')).status).to.equal(2);
  });

  it('answers by the definition with --mock', async () => {
    const { status, stdout } = await withConnection(folder, 'Op', '--mock', '--format', 'json');
    expect(status).to.equal(0);
    expect((JSON.parse(stdout) as JsonObject).result).to.deep.equal({ status: 200, body: { items: ['example'] } });
  });

  it('prints a command for curl and an archive', async () => {
    const curl = await withConnection(
      folder,
      'UpdateOrder',
      '--set',
      "id=it's",
      '--set',
      'order/name=a',
      '--dry-run',
      '--format',
      'curl',
    );
    expect(curl.stdout)
      .to.contain("curl --request PUT 'https://api.contoso.com/v1/orders/it'\\''s'")
      .and.to.contain(`--data-raw '{"name":"a"}'`);
    const har = JSON.parse((await withConnection(folder, 'Op', '--dry-run', '--format', 'har')).stdout) as JsonObject;
    expect(valueAt(har, ['log', 'entries', 0, 'request', 'method'])).to.equal('GET');
  });
});
