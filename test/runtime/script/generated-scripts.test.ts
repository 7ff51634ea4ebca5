import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { command } from '../../../src/cli/commands/invoke.ts';
import type { Trace } from '../../../src/runtime/trace.ts';
import { runLine } from '../../support/command-line.ts';
import { dotnetForTests, lendDotnet } from '../../support/dotnet.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { inProcess } from '../../support/in-process.ts';
import { type Local, serve, stepsOf } from '../runs.ts';

/** The scripts that this program writes, run by `invoke` with the policies beside them, against a server of this machine. */

const secret = 'a+b&c=d%e/f-planted';

describe('connectors with the code that is generated', function () {
  this.timeout(120_000);
  let api: Local;
  let folder: string;

  before(async function () {
    const place = await dotnetForTests();
    if (place === undefined) return this.skip();
    lendDotnet(place);
    api = await serve((request, response, body) => {
      const { method, url = '' } = request;
      if (url === '/token') {
        const isRight = new URLSearchParams(body).get('client_secret') === secret;
        response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
        return void response.end(isRight ? '{"access_token":"fetched-token-1"}' : '{}');
      }
      if (request.headers.authorization !== 'Bearer fetched-token-1') return void response.writeHead(401).end('{}');
      if (url.endsWith('/picture')) {
        return void response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([0, 200, 255]));
      }
      const isPost = method === 'POST';
      if (isPost && url === '/v1/hooks') {
        void fetch(JSON.parse(body).callbackUrl, { method: 'POST', body: '{"event":{"id":"x"}}' });
      }
      response.writeHead(isPost ? 201 : 200, { 'content-type': 'application/json' });
      const isList = url.startsWith('/v1/list');
      response.end(isPost ? '{"id":"a b"}' : isList ? '[{"n":1},{"n":2}]' : JSON.stringify({ url, n: 7 }));
    });
    folder = await made();
    return undefined;
  });

  after(() => api?.server.close());

  async function made(): Promise<string> {
    const parent = temporaryFolder('generated');
    await runLine('pp-connector new contoso-things --yes --host api.contoso.com --base-path /v1', parent);
    const repository = join(parent, 'contoso-things');
    writeTree(repository, {
      'list.json': '[{"n":1}]',
      'thing.json': '{"id":"x","n":7}',
      'new.json': '{"name":"x"}',
      'picture.json': '{"content":"AAE="}',
      'event.json': '{"event":{"id":"x"}}',
      'connection.json': JSON.stringify({
        clientId: 'id',
        clientSecret: secret,
      }),
    });
    for (const line of [
      'oauth --auth client-credentials --token-url https://login.contoso.com/token --scope read',
      'operation --path /list --id ListThings --response-sample list.json --script transform',
      'operation --method post --path /things --id CreateThing --request-sample new.json --response-sample thing.json --script split',
      'operation --path /find --id FindThings --param ids:query:string[] --response-sample thing.json --script repeat-query',
      'operation --path /picture --id GetPicture --response-sample picture.json --script base64',
      'operation --path /plain --id GetPlain --response-sample thing.json',
      'policy --template setheader --set name=x-tenant --set value=contoso --operations FindThings',
      'policy --template setproperty --set newPropertyParentPathTemplate=@body() --set newPropertySubPathTemplate=seen --set propertyValuePathTemplate=yes --section Response --operations ListThings',
      'operation --kind webhook --path /hooks --id OnThing --notification-sample event.json --notification-url callbackUrl --location script --location-property id',
    ])
      await runLine(`pp-connector ${line}`, repository);
    return repository;
  }

  async function invoke(...words: string[]) {
    const args = [
      ...words,
      '--connection',
      'connection.json',
      '--send-to',
      api.origin.origin,
      '--format',
      'json',
      '--yes',
    ];
    const { flags, positionals, format } = parseArguments(command, args);
    return inProcess({ cwd: folder, format }, (context) => command.run(context, positionals, flags));
  }

  async function traced(...words: string[]): Promise<Trace> {
    const { status, stdout, stderr } = await invoke(...words, '--trust-script');
    expect(stderr).to.equal('');
    expect(`${stdout}${stderr}`).not.to.match(/planted|fetched-token/);
    const trace = JSON.parse(stdout) as Trace;
    expect(status, JSON.stringify(trace.steps.at(-1))).to.be.oneOf([0, 1]);
    return trace;
  }

  const asked = (): string[] => api.asked.splice(0).map(({ method, url }) => `${method} ${url}`);

  it('are run only when somebody has said that they may be, and --yes is no such word', async () => {
    const refused = await invoke('GetPlain');
    expect(refused.status).to.equal(2);
    expect(refused.stderr)
      .to.match(/is code of whoever wrote this connector/)
      .and.to.contain('--trust-script');
    await traced('GetPlain');
    expect(asked()).to.deep.equal(['POST /token', 'GET /v1/plain']);
    // from now on it may
    expect((await invoke('GetPlain')).status).not.to.equal(2);
    const script = join(folder, 'connector', 'script.csx');
    const text = readFileSync(script, 'utf8');
    writeFileSync(script, `${text}// edited\n`);
    expect((await invoke('GetPlain')).status).to.equal(2);
    writeFileSync(script, text);
    asked();
  });

  it('sign in, and take the private headers away', async () => {
    const { steps } = await traced('GetPlain');
    const [, request] = stepsOf(steps, 'send');
    expect(request?.headers.authorization).to.equal('Bearer ‹fetched›');
    expect(Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('x-cc-'))).to.deep.equal([]);
    asked();
  });

  it('change an answer before the policies of the answer do', async () => {
    const { result, assumptions } = await traced('ListThings');
    expect(result?.body).to.deep.equal({ items: [{ n: 1 }, { n: 2 }], count: 2, seen: 'yes' });
    expect(assumptions.map(({ id }) => id)).to.include('response-policies-after-script');
    asked();
  });

  it('answer one call by two', async () => {
    const { result } = await traced('CreateThing', '--set', 'body/name=x');
    expect(asked()).to.deep.equal(['POST /token', 'POST /v1/things', 'GET /v1/things/a%20b']);
    expect(result?.body).to.deep.equal({ url: '/v1/things/a%20b', n: 7 });
  });

  it('repeat a query parameter, after a policy', async () => {
    const { steps } = await traced('FindThings', '--set', 'ids=a b,c', '--operation-id', 'base64');
    expect(asked()).to.deep.equal(['POST /token', 'GET /v1/find?ids=a%20b&ids=c']);
    expect(stepsOf(steps, 'send')[1]?.headers).to.include({ 'x-tenant': 'contoso' });
  });

  it('answer with a file as text in Base64', async () => {
    const { result } = await traced('GetPicture');
    expect(result?.body).to.deep.equal({ content: Buffer.from([0, 200, 255]).toString('base64') });
    asked();
  });

  it('say where a subscription ends, and end it there, signed in', async () => {
    const { stdout } = await invoke('OnThing', '--webhook', '--trust-script');
    expect(asked()).to.deep.equal(['POST /token', 'POST /v1/hooks', 'POST /token', 'DELETE /v1/hooks/a%20b']);
    const { runs, state } = JSON.parse(stdout) as { runs: Trace[]; state: object };
    expect(stepsOf(runs[0]?.steps ?? [], 'answer')[0]?.headers.location).to.equal(
      'https://connector.invalid/hooks/a%20b',
    );
    expect(state).to.include({ subscription: 'ended', notifications: 1 });
    expect(stdout).not.to.match(/planted|fetched-token/);
  });

  it('show what they would send first, in a dry run', async () => {
    const { flags, positionals, format } = parseArguments(command, [
      ...['ListThings', '--connection', 'connection.json', '--dry-run', '--trust-script', '--format', 'json'],
    ]);
    const { stdout } = await inProcess({ cwd: folder, format }, (context) => command.run(context, positionals, flags));
    const last = (JSON.parse(stdout) as Trace).steps.at(-1);
    expect(last).to.include({ step: 'ready', method: 'POST', url: 'https://login.contoso.com/token' });
    expect(JSON.stringify(last)).not.to.contain('planted');
    expect(asked()).to.deep.equal([]);
  });
});
