import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/test.ts';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { whyNotPortable } from '../../src/files/portable-names.ts';
import { definitionOf, keyParameter, serve } from '../runtime/runs.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';

const definition = definitionOf({
  definition: {
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ key: [] }],
  },
  operation: {
    responses: {
      200: {
        description: 'OK',
        schema: { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } },
      },
    },
  },
});

function repository(): string {
  return writeTree(temporaryFolder(), {
    'apiDefinition.swagger.json': JSON.stringify(definition),
    'apiProperties.json': JSON.stringify({ properties: { connectionParameters: { api_key: keyParameter } } }),
  });
}

function run(cwd: string, line: readonly string[]) {
  const { positionals, flags, format } = parseArguments(command, [...line]);
  return inProcess({ cwd, format }, (context) => command.run(context, positionals, flags));
}

describe('pp-connector test', () => {
  it('says how tests come about, writes them, runs them', async () => {
    const cwd = repository();
    const none = await run(cwd, []);
    expect([none.status, none.stderr]).to.satisfy(
      ([status, text]: [number, string]) => status === 2 && text.includes('--init'),
    );
    expect(await run(cwd, ['--init'])).to.include({ status: 0, stderr: '' });
    const all = await run(cwd, ['--format', 'json', '--min', '100']);
    expect(all.status).to.equal(0);
    expect(asObject(JSON.parse(all.stdout)).counts).to.deep.equal({ passed: 1, failed: 0, skipped: 0 });
    expect((await run(cwd, ['--init'])).stdout).to.equal('Nothing is new.\n');
  });

  it('fails by a failing case, by too few operations; refuses what can not be read, with its place', async () => {
    const cwd = repository();
    writeTree(cwd, {
      'tests/a.test.yaml': 'operation: Op\ncases:\n  - name: a\n    expect: { sent: { method: POST } }\n',
    });
    const failed = await run(cwd, []);
    expect(failed.status).to.equal(1);
    expect(failed.stdout).to.contain('expected: POST').and.to.contain('tests/a.test.yaml:3:5');
    writeTree(cwd, { 'tests/a.test.yaml': 'operation: Op\ncase: []\n' });
    const unread = await run(cwd, []);
    expect([unread.status, unread.stderr.includes('a.test.yaml:2:1')]).to.deep.equal([2, true]);
    writeTree(cwd, { 'tests/a.test.yaml': 'operation: Gone\ncases: [ { name: a } ]\n' });
    const few = await run(cwd, ['--min', '50']);
    expect([few.status, few.stderr.includes('0 of 1 operations')]).to.deep.equal([1, true]);
  });

  it('takes what happens now for what is expected, and leaves comments and other cases', async () => {
    const cwd = repository();
    const text = `# mine
operation: Op
cases:
  - name: old # why
    api: { body: { items: [] } }
    expect:
      sent: { url: https://old.example.com/, headers: { X-API-Key: old } }
`;
    writeTree(cwd, { 'tests/a.test.yaml': text });
    expect((await run(cwd, [])).status).to.equal(1);
    expect((await run(cwd, ['--update'])).status).to.equal(0);
    const after = readFileSync(join(cwd, 'tests', 'a.test.yaml'), 'utf8');
    expect(after)
      .to.contain('# mine')
      .and.to.contain('# why')
      .and.to.contain('https://api.contoso.com/v1/orders')
      .and.not.to.contain('accept');
    expect((await run(cwd, [])).status).to.equal(0);
  });

  it('records what the API answers: no secret and no person is in any file, and the tests pass offline', async () => {
    const cwd = repository();
    const planted: JsonObject = {
      password: 'hunter2-hunter2',
      nested: { client_secret: 's3cr3t-value-1', refreshToken: 'r-0123456789', 'api-key': 'k-0123456789' },
      note: 'Bearer abcdefghijklmnop and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sIgNaTuRe',
      link: 'https://api.contoso.com/f?sig=SIGNATURE123&x=1',
      dsn: 'https://user:passw0rd@db.contoso.com/',
      tokens: ['ghp_0123456789abcdefghij', 'sk_live_0123456789abcdef', 'AKIAIOSFODNN7EXAMPLE'],
      mail: 'grace.hopper@contoso.com',
      phone: '+49 30 1234567',
      firstName: 'Grace',
      lastName: 'Hopper',
      echoed: 'the key is my-real-key-123',
      base64: Buffer.from('my-real-key-123').toString('base64'),
      cookie: 'session=abc',
      created: '2025-03-04T05:06:07Z',
    };
    const local = await serve((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('set-cookie', 'sid=cookie-0123456789');
      response.end(JSON.stringify({ items: [planted] }));
    });
    writeTree(cwd, {
      'connection.json': JSON.stringify({ api_key: 'my-real-key-123' }),
      'tests/a.test.yaml':
        'operation: Op\ncases:\n  - name: all orders\n    expect:\n      sent: { url: https://api.contoso.com/v1/orders }\n',
    });
    const result = await run(cwd, [
      '--record',
      '--connection',
      'connection.json',
      '--send-to',
      local.origin.origin,
      '--freeze',
      '2026-01-31',
    ]);
    local.server.close();
    expect(result.stdout).to.contain('1 case recorded');
    expect(local.asked[0]?.headers['x-api-key']).to.equal('my-real-key-123');
    const files = readdirSync(join(cwd, 'tests'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => name).sort()).to.deep.equal(['Op-all-orders.json', 'a.test.yaml']);
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n');
    for (const secret of [
      'hunter2',
      's3cr3t-value-1',
      'r-0123456789',
      'k-0123456789',
      'abcdefghijklmnop',
      'eyJhbGci',
      'SIGNATURE123',
      'passw0rd',
      'ghp_0123',
      'sk_live',
      'AKIAIOSF',
      'grace.hopper',
      '1234567',
      'Grace',
      'Hopper',
      'my-real-key-123',
      Buffer.from('my-real-key-123').toString('base64'),
      'session=abc',
      'cookie-0123456789',
      '2025-03-04',
    ]) {
      expect(texts, secret).not.to.contain(secret);
    }
    const offline = await run(cwd, []);
    expect(offline.stdout + offline.stderr).to.contain('1 passed');
  });

  it('records each case into a file of its own, also where file systems know no capitals', async () => {
    const cwd = repository();
    const local = await serve((_, response) => response.end('{}'));
    const names = ['Found', 'found', 'a b', 'a-b', 'con'];
    writeTree(cwd, {
      'connection.json': JSON.stringify({ api_key: 'my-real-key-123' }),
      'tests/a.test.yaml': `operation: Op\ncases:\n${names.map((name) => `  - name: ${name}\n    expect: {}\n`).join('')}`,
    });
    const words = ['--record', '--connection', 'connection.json', '--send-to', local.origin.origin];
    const { stdout, stderr } = await run(cwd, words);
    local.server.close();
    expect(stdout, stderr).to.contain('5 cases recorded');
    const files = readdirSync(join(cwd, 'tests', 'recordings')).map((name) => name.toLowerCase());
    expect(new Set(files).size).to.equal(5);
    expect(files.filter((name) => whyNotPortable(name) !== undefined)).to.deep.equal([]);
  });

  it('reads no answers and no inputs that a file of tests names outside of the repository', async () => {
    const cwd = repository();
    const secret = join(
      writeTree(temporaryFolder('home'), { 'secret.json': '{"status":200,"body":"canary"}' }),
      'secret.json',
    );
    for (const api of [secret, `../../${'../'.repeat(9)}${secret}`, 'C:\\\\secret.json', '\\\\\\\\host\\\\share']) {
      writeTree(cwd, {
        'tests/a.test.yaml': `operation: Op\ncases:\n  - name: a\n    api: "${api}"\n    expect: { result: { body: x } }\n`,
      });
      const { status, stdout, stderr } = await run(cwd, []);
      expect(status, api).to.equal(1);
      expect(stdout + stderr, api).to.match(
        /a\.test\.yaml: api names .*(?:leads out|names another computer|names a drive)/,
      );
      expect(stdout + stderr, api).not.to.contain('canary');
    }
  });

  it('asks the real API, and compares the status and the form of what it answers', async () => {
    const cwd = repository();
    let items: unknown = [];
    const local = await serve((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ items }));
    });
    writeTree(cwd, {
      'connection.json': JSON.stringify({ api_key: 'my-real-key-123' }),
      'tests/a.test.yaml': `operation: Op
cases:
  - name: all orders
    api: { body: { items: [ { id: 1 } ] } }
    expect: { sent: { headers: { x-api-key: ‹api_key› } }, result: { body: { items: [ { id: 1 } ] } } }
  - name: refused
    api: { status: 404 }
    expect: { result: { status: 404 } }
`,
    });
    const ask = () => run(cwd, ['--live', '--connection', 'connection.json', '--send-to', local.origin.origin]);
    const right = await ask();
    expect([right.status, right.stdout.includes('1 passed, 1 skipped')]).to.deep.equal([0, true]);
    expect(local.asked.map(({ headers }) => headers['x-api-key'])).to.deep.equal(['my-real-key-123']);
    items = 'none';
    const wrong = await ask();
    local.server.close();
    expect(wrong.status).to.equal(1);
    expect(wrong.stdout).to.contain('at /items').and.to.contain('sent: GET https://api.contoso.com/v1/orders');
    expect(wrong.stdout + wrong.stderr).not.to.contain('my-real-key');
  });

  it('takes the recording of a browser: preflights, blocked requests, Base64 and what HTTP/2 adds', async () => {
    const entry = (method: string, status: number, content: JsonObject = {}): JsonObject => ({
      request: { method, url: 'https://api.contoso.com/v1/orders', headers: [{ name: ':method', value: method }] },
      response: {
        status,
        headers: [
          { name: ':status', value: String(status) },
          { name: 'content-encoding', value: 'br' },
        ],
        content: { mimeType: 'application/json', ...content },
      },
    });
    const body = Buffer.from('{"items":[{"id":"from-a-browser"}]}').toString('base64');
    const entries = [entry('OPTIONS', 204), entry('GET', 0), entry('GET', 200, { text: body, encoding: 'base64' })];
    const cwd = writeTree(repository(), {
      'tests/browser.har': JSON.stringify({ log: { version: '1.2', entries } }),
      'tests/a.test.yaml': `operation: Op
cases:
  - name: recorded
    api: browser.har
    expect: { result: { headers: { ':status': null }, body: { items: [ { id: from-a-browser } ] } } }
`,
    });
    const { status, stdout } = await run(cwd, []);
    expect([status, stdout.split(';')[0]], stdout).to.deep.equal([0, '1 passed']);
  });

  it('refuses flags that have no use for one another', async () => {
    const cwd = repository();
    await run(cwd, ['--init']);
    for (const line of [
      '--live --record',
      '--init --update',
      '--connection x.json',
      '--freeze 2026-01-31',
      '--live --freeze 2026-01-31',
    ]) {
      let message = '';
      try {
        message = (await run(cwd, line.split(' '))).stderr;
      } catch (error) {
        message = String(error);
      }
      expect(message, line).to.match(/contradict|is for --/);
    }
  });

  describe('ends with', () => {
    const passing = 'operation: Op\ncases: [ { name: a } ]\n';
    const failing = 'operation: Op\ncases: [ { name: a, expect: { result: { status: 500 } } } ]\n';
    const rows: [status: number, why: string, line: string, files: Record<string, string>][] = [
      [0, 'all passed', '', { 'tests/a.test.yaml': passing }],
      [0, 'enough is tested', '--min 100', { 'tests/a.test.yaml': passing }],
      [0, 'all skipped', '', { 'tests/a.test.yaml': passing, 'script.csx': 'public class Script : ScriptBase { }' }],
      [1, 'one failed', '', { 'tests/a.test.yaml': failing }],
      [1, 'one failed, whatever the format', '--format junit', { 'tests/a.test.yaml': failing }],
      [1, 'its operation is gone', '', { 'tests/a.test.yaml': 'operation: Gone\ncases: [ { name: a } ]\n' }],
      [1, 'less than --min', '--min 1', { 'tests/a.test.yaml': 'operation: Gone\ncases: [ { name: a } ]\n' }],
      [1, 'a recording is missing', '', { 'tests/a.test.yaml': passing.replace('name: a', 'name: a, api: no.har') }],
      [2, 'there is no test', '', {}],
      [2, 'a file that there isn’t', 'tests/none.test.yaml', { 'tests/a.test.yaml': passing }],
      [2, 'a file that is not YAML', '', { 'tests/a.test.yaml': 'operation: [' }],
      [2, 'a file with unknown keys', '', { 'tests/a.test.yaml': 'operation: Op\ncase: []\n' }],
      [2, 'an unknown operation', '--operation Gone', { 'tests/a.test.yaml': passing }],
      [2, 'no percentage', '--min much', { 'tests/a.test.yaml': passing }],
    ];
    for (const [status, why, line, files] of rows) {
      it(`${status}: ${why}`, async () => {
        const cwd = writeTree(repository(), files);
        expect((await run(cwd, line === '' ? [] : line.split(' '))).status).to.equal(status);
      });
    }
  });
});
