import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { Secrets } from '../../src/runtime/secrets.ts';
import { imports } from '../architecture/sources.ts';
import { buildOnce, program } from '../support/cli.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { definitionOf, type Local, policy, serve } from './runs.ts';

/** Planted secrets: of every kind of place and spelling, none may appear in what a run shows or writes. */

const names = Array.from({ length: 20 }, (_, index) => `secret${index}`);
/** Letters that URLs, forms, JSON and HTML each spell in another way. */
const secretText = (name: string, index: number): string =>
  `pl4nt3d-${name}-${['"quoted"', 'a b+c', 'ü/ß=', '<&>', "it's", 'back\\slash', '100%'][index % 7]}-end`;
const values = Object.fromEntries(names.map((name, index) => [name, secretText(name, index)]));

const parameters = Object.fromEntries(
  names.map((name) => [
    name,
    { type: 'securestring', uiDefinition: { constraints: { required: 'true', clearText: true } } },
  ]),
);
const inQuery = (name: string): JsonObject =>
  policy('setqueryparameter', { name, value: `@connectionParameters('${name}')` });
const inHeader = (name: string, value = `Bearer @connectionParameters('${name}')`): JsonObject =>
  policy('setheader', { name: `x-${name}`, value }, 'Request');

const connector: Record<string, string> = {
  'apiDefinition.swagger.json': JSON.stringify(
    definitionOf({
      method: 'post',
      operation: {
        parameters: [
          { name: 'q', in: 'query', type: 'string' },
          { name: 'body', in: 'body', schema: { type: 'object' } },
        ],
      },
    }),
  ),
  'apiProperties.json': JSON.stringify({
    properties: {
      connectionParameters: parameters,
      policyTemplateInstances: [
        ...names.slice(0, 10).map(inQuery),
        // texts of headers can't hold every letter: those that can
        ...names.slice(10).map((name) => inHeader(name)),
        policy(
          'setvaluefromurl',
          {
            parameterTemplate: "@headers('Authorization')",
            parameterValueUrl: '/token',
            parameterValuePathTemplate: '@body().access_token',
          },
          'Request',
        ),
        policy('setheader', { name: 'Authorization', value: "Bearer @headers('Authorization')" }, 'Request'),
      ],
    },
  }),
};

/** All that a server can make of what it was sent. */
function echo(url: string, headers: Readonly<Record<string, unknown>>): JsonObject {
  const all = Object.values(values);
  const text = all.join(' | ');
  return {
    url,
    headers: JSON.stringify(headers),
    plain: all,
    nested: JSON.stringify({ inner: JSON.stringify(all) }),
    base64: all.map((value) => Buffer.from(`user:${value}`).toString('base64')),
    inside: Buffer.from(`{"x":"${encodeURIComponent(text)}"}`).toString('base64url'),
    form: new URLSearchParams(values).toString(),
    twice: encodeURIComponent(encodeURIComponent(text)),
    html: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    [all[0] ?? '']: 'a name',
  };
}

/** A process of its own that doesn't block this one, where the server is. */
function invoke(args: readonly string[], cwd: string): Promise<{ status: number | null; output: string }> {
  buildOnce();
  const child = spawn(process.execPath, [program, 'invoke', 'Op', ...args], {
    cwd,
    env: { ...process.env, CI: undefined },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, output })));
}

/** Secrets that are left in a text, also in Base64. */
function left(text: string): string[] {
  const decoded = [...text.matchAll(/[\w+/-]{16,}/g)].map(([token]) => Buffer.from(token, 'base64').toString('latin1'));
  return [text, ...decoded].flatMap((part) => part.match(/.{0,20}(?:pl4nt3d|f3tch3d).{0,40}/g) ?? []);
}

describe('secrets', function () {
  this.timeout(60_000);
  let local: Local;
  let folder: string;

  before(async () => {
    folder = writeTree(temporaryFolder('secrets'), { ...connector, 'connection.json': JSON.stringify(values) });
    local = await serve((request, response, body) => {
      const isToken = request.url?.endsWith('/token') === true;
      const answer = isToken
        ? { access_token: 'f3tch3d-token' }
        : { ...echo(request.url ?? '', request.headers), body };
      response.writeHead(request.url?.includes('fail') ? 500 : 200, {
        'content-type': 'application/json',
        'x-echo': encodeURIComponent(Object.values(values).join()),
      });
      response.end(JSON.stringify(answer));
    });
  });

  after(() => local.server.close());

  it('are sent, and appear in no output, trace or file', async () => {
    const sending = ['--connection', 'connection.json', '--yes', '--send-to', local.origin.origin, '--set', 'q=1'];
    for (const format of ['text', 'json', 'curl', 'har']) {
      const { output } = await invoke([...sending, '--format', format, '--record', `${format}.har`], folder);
      expect(output.length, format).to.be.greaterThan(500);
      expect(left(output), format).to.deep.equal([]);
      expect(left(readFileSync(join(folder, `${format}.har`), 'utf8')), `${format}.har`).to.deep.equal([]);
    }
    expect(local.asked.at(-1)?.headers.authorization).to.equal('Bearer f3tch3d-token');
    expect(decodeURIComponent(local.asked.at(-1)?.url ?? '')).to.contain(values.secret0);
  });

  it('appear in no error: of a server, of a missing one, of a run that ends early', async () => {
    const sending = ['--connection', 'connection.json', '--yes'];
    const failing = await invoke([...sending, '--send-to', local.origin.origin, '--set', 'q=fail'], folder);
    expect(failing.status).to.equal(1);
    const refused = await invoke([...sending, '--send-to', 'http://127.0.0.1:1'], folder);
    expect(refused.status).to.equal(1);
    const dry = await invoke(['--connection', 'connection.json', '--dry-run', '--format', 'json'], folder);
    expect(dry.status).to.equal(0);
    for (const { output } of [failing, refused, dry]) expect(left(output)).to.deep.equal([]);
    expect(dry.output).to.contain('‹secret0›');
  });

  it('are found in numbers and names, and leave everything else alone', () => {
    const secrets = new Secrets([{ label: 'pin', value: '48151623' }]);
    expect(secrets.json({ a: 48151623, b: 'x48151623y', c: [48], 48151623: null })).to.deep.equal({
      a: '‹pin›',
      b: 'x‹pin›y',
      c: [48],
      '‹pin›': null,
    });
    const text = 'aGVsbG8gd29ybGQ= /v1/orders/with/a/long/path?x=%20';
    expect(secrets.text(text)).to.equal(text);
    expect(secrets.text(`https://x/a/${Buffer.from('a:48151623').toString('base64')}?y=1`)).to.equal(
      'https://x/a/‹pin›?y=1',
    );
  });
});

describe('the engine', () => {
  it('starts no program but the host of scripts: there is no argument or environment that a secret could be in', () => {
    const isEngine = (from: string): boolean =>
      from.startsWith('src/runtime/') && !from.startsWith('src/runtime/script/');
    const runs = imports.filter(({ from }) => isEngine(from) || from === 'src/cli/commands/invoke.ts');
    expect(runs.length).to.be.greaterThan(50);
    expect(runs.filter(({ to }) => /^src\/process\/(?!redact\.ts)/.test(to))).to.deep.equal([]);
    for (const file of new Set(runs.map(({ from }) => from))) {
      expect(readFileSync(join(checkout, file), 'utf8'), file).not.to.contain('node:child_process');
    }
  });
});
