import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  comeBack,
  definitionAt,
  finish,
  freePort,
  type Machine,
  machineWith,
  oauthParameter,
  pageOf,
  planted,
  type Service,
  start,
  startService,
  storedFiles,
  usualTokens,
} from './support.ts';

/** All files below a folder that hold a text, as it is or in Base64. */
const filesWith = (text: string, folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const contents = readFileSync(path, 'utf8');
      const decoded = (contents.match(/[\w+/-]{16,}/g) ?? []).map((token) =>
        Buffer.from(token, 'base64').toString('latin1'),
      );
      return [contents, ...decoded].some((part) => part.includes(text));
    });

describe('signing in by OAuth', function () {
  this.timeout(120_000);
  let service: Service;
  let machine: Machine;
  let port: number;
  const connect = (...more: string[]) => start(['connect', '--port', String(port), '--no-browser', ...more], machine);

  before(async () => {
    service = await startService();
  });

  beforeEach(async () => {
    service.asked.length = 0;
    Object.assign(service.behaviour, { tokens: [usualTokens()], apiStatus: 200, device: undefined });
    port = await freePort();
    const { origin } = service;
    machine = machineWith(
      definitionAt(origin),
      { connectionParameters: { token: oauthParameter(origin.origin) } },
      { CONNECTOR_CLIENT_SECRET: planted.clientSecret },
    );
  });

  after(() => service.server.close());

  it("sends the platform's requests, tests, stores, and invoke uses it", async () => {
    const started = connect();
    const page = await pageOf(started);
    const { state, ...query } = Object.fromEntries(page.searchParams);
    expect(state).to.match(/^[\w-]{43}$/);
    expect(query).to.deep.equal({
      response_type: 'code',
      client_id: 'client-of-contoso',
      redirect_uri: `http://127.0.0.1:${port}/redirect`,
      scope: 'orders.read offline_access',
    });
    const answer = await comeBack(page, { code: 'c0de', iss: 'https://login.contoso.com' });
    expect(answer.status).to.equal(200);
    const { status, stdout, stderr } = await started.ended;
    expect(status, stderr).to.equal(0);
    expect(Object.fromEntries(service.forms()[0] ?? [])).to.deep.equal({
      grant_type: 'authorization_code',
      code: 'c0de',
      redirect_uri: `http://127.0.0.1:${port}/redirect`,
      client_id: 'client-of-contoso',
      client_secret: planted.clientSecret,
    });
    expect(service.authorizations()).to.deep.equal([`Bearer ${planted.accessToken}`]);
    expect(stdout).to.match(/ListOrders: 200/);
    const invoked = await finish(['invoke', 'GetOrder', '--set', 'id=7', '--format', 'json'], machine);
    expect(invoked.status, invoked.stderr).to.equal(0);
    expect(service.authorizations().at(-1)).to.equal(`Bearer ${planted.accessToken}`);
    const recorded = await finish(['invoke', 'ListOrders', '--record', 'run.har', '--format', 'har'], machine);
    expect(recorded.status, recorded.stderr).to.equal(0);
    for (const text of [stdout, stderr, invoked.stdout, invoked.stderr, recorded.stdout, recorded.stderr])
      expect(text).not.to.include('pl4nt3d');
    // the API sends back what it got
    expect(readFileSync(join(machine.folder, 'run.har'), 'utf8')).to.include('‹token›');
    expect(filesWith('pl4nt3d', dirname(machine.folder))).to.deep.equal(storedFiles(machine));
  });

  it('keeps it in a file of this user only, outside of the connector, until it is forgotten', async () => {
    const started = connect();
    await comeBack(await pageOf(started), { code: 'c0de' });
    await started.ended;
    const [file = '', ...others] = storedFiles(machine);
    expect(others).to.deep.equal([]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file, 'utf8')).to.include(planted.refreshToken);
    const forgotten = await finish(['connect', '--forget'], machine);
    expect(forgotten.status, forgotten.stderr).to.equal(0);
    expect(storedFiles(machine)).to.deep.equal([]);
    expect((await finish(['invoke', 'ListOrders'], machine)).status).to.equal(2);
  });

  it('renews an expired token during invoke, once, and stores the new one', async () => {
    service.behaviour.tokens = [
      { ...usualTokens(), expires_in: 1 },
      {
        access_token: planted.renewedToken,
        token_type: 'bearer',
        expires_in: '3600',
        refresh_token: planted.nextRefreshToken,
      },
    ];
    const started = connect();
    await comeBack(await pageOf(started), { code: 'c0de' });
    expect((await started.ended).status).to.equal(0);
    const [one, two] = await Promise.all([
      finish(['invoke', 'ListOrders', '--format', 'json'], machine),
      finish(['invoke', 'ListOrders', '--format', 'json'], machine),
    ]);
    expect([one.status, two.status], one.stderr + two.stderr).to.deep.equal([0, 0]);
    const [, ...refreshes] = service.forms();
    expect(refreshes.map((form) => Object.fromEntries(form))).to.deep.equal([
      {
        grant_type: 'refresh_token',
        refresh_token: planted.refreshToken,
        client_id: 'client-of-contoso',
        client_secret: planted.clientSecret,
      },
    ]);
    expect(service.asked.some(({ url }) => url === '/token/refresh')).to.equal(true);
    expect(service.authorizations().slice(1)).to.deep.equal(Array(2).fill(`Bearer ${planted.renewedToken}`));
    const [file = ''] = storedFiles(machine);
    const text = readFileSync(file, 'utf8');
    expect(text).to.include(planted.renewedToken).and.include(planted.nextRefreshToken);
    expect(text).not.to.include(planted.accessToken);
    expect(one.stdout + one.stderr + two.stdout + two.stderr).not.to.include('pl4nt3d');
  });

  it('renews nothing where nothing is sent', async () => {
    service.behaviour.tokens = [{ ...usualTokens(), expires_in: 1 }];
    const started = connect();
    await comeBack(await pageOf(started), { code: 'c0de' });
    await started.ended;
    const { status, stdout, stderr } = await finish(['invoke', 'ListOrders', '--dry-run'], machine);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.include('‹token›').and.not.include('pl4nt3d');
    expect(service.forms()).to.have.length(1);
  });

  it('says it where the service does not renew a token any more', async () => {
    const refusal = { error: 'invalid_grant', error_description: `\u001b[31mgone: ${planted.refreshToken}` };
    service.behaviour.tokens = [{ ...usualTokens(), expires_in: 1 }, refusal];
    const started = connect();
    await comeBack(await pageOf(started), { code: 'c0de' });
    await started.ended;
    const { status, stderr } = await finish(['invoke', 'ListOrders'], machine);
    expect(status).to.equal(1);
    expect(stderr).to.include('invalid_grant').and.include('pp-connector connect');
    expect(stderr).not.to.match(/\u001b|pl4nt3d/);
  });

  it('takes no answer of another state', async () => {
    const started = connect('--timeout', '1');
    const answer = await comeBack(await pageOf(started), { code: 'c0de', state: 'wrong' });
    expect(answer.status).to.equal(400);
    const { status, stderr } = await started.ended;
    expect(status).to.equal(1);
    expect(stderr).to.include('1 answer of another sign-in').and.include('--timeout');
    expect(service.asked).to.deep.equal([]);
    expect(storedFiles(machine)).to.deep.equal([]);
  });

  it('goes on waiting when a tab of a former sign-in comes back, or another page calls it', async () => {
    const started = connect();
    const page = await pageOf(started);
    for (const state of ['A'.repeat(43), 'wrong', ''])
      for (const name of ['code', 'error'])
        expect((await comeBack(page, { [name]: 'older', state })).status).to.equal(400);
    expect((await fetch(`http://127.0.0.1:${port}/favicon.ico`)).status).to.equal(404);
    expect((await fetch(`http://127.0.0.1:${port}/redirect`)).status).to.equal(400);
    expect((await fetch(`http://127.0.0.1:${port}/redirect`, { method: 'POST' })).status).to.equal(405);
    await comeBack(page, { code: 'c0de' });
    expect((await started.ended).status).to.equal(0);
    expect(service.forms().map((form) => form.get('code'))).to.deep.equal(['c0de']);
  });

  it('says that somebody refused, in texts that harm neither the page nor the terminal', async () => {
    const started = connect();
    const description = '<script>alert(1)</script>\u001b]0;x\u0007 "&';
    const answer = await comeBack(await pageOf(started), { error: 'access_denied', error_description: description });
    const html = await answer.text();
    expect(html)
      .to.include('access_denied')
      .and.not.match(/<script|\u001b/);
    expect(answer.headers.get('content-security-policy')).to.include("default-src 'none'");
    const { status, stderr } = await started.ended;
    expect(status).to.equal(1);
    expect(stderr)
      .to.include('access_denied')
      .and.not.match(/[\u001b\u0007]/);
    expect(storedFiles(machine)).to.deep.equal([]);
  });

  it('ends when nobody signs in in time, and when the service does not answer', async () => {
    const alone = await connect('--timeout', '0.5').ended;
    expect(alone.status).to.equal(1);
    expect(alone.stderr).to.include('--timeout');
    service.behaviour.tokens = ['never'];
    const started = connect('--timeout', '2');
    await comeBack(await pageOf(started), { code: 'c0de' });
    const slow = await started.ended;
    expect(slow.status).to.equal(1);
    expect(slow.stderr).to.include('no answer within 2 seconds');
    expect(storedFiles(machine)).to.deep.equal([]);
  });

  it('takes another port than the usual one, but no other than the one that was asked for', async () => {
    const first = connect();
    await pageOf(first);
    const second = await connect().ended;
    expect(second.status).to.equal(2);
    expect(second.stderr).to.include(`port ${port}`).and.include('--port').and.include('--paste');
    first.child.kill();
    const usual = start(['connect', '--no-browser'], machine);
    const page = await pageOf(usual);
    const other = start(['connect', '--no-browser'], machine);
    const otherPage = await pageOf(other);
    expect(otherPage.searchParams.get('redirect_uri')).not.to.equal(page.searchParams.get('redirect_uri'));
    usual.child.kill();
    other.child.kill();
    await Promise.all([first.ended, usual.ended, other.ended]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const waiting = connect();
    await pageOf(waiting);
    waiting.child.kill('SIGINT');
    expect((await waiting.ended).status).to.not.equal(0);
    service.behaviour.tokens = ['never'];
    const exchanging = connect();
    await comeBack(await pageOf(exchanging), { code: 'c0de' });
    while (service.forms().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    exchanging.child.kill('SIGINT');
    expect((await exchanging.ended).status).to.not.equal(0);
    expect(storedFiles(machine)).to.deep.equal([]);
  });

  it('takes a pasted address', async () => {
    const started = start(['connect', '--paste', '--no-browser'], machine);
    const page = await pageOf(started);
    const redirect = page.searchParams.get('redirect_uri') ?? '';
    expect(redirect).to.equal('https://global.consent.azure-apim.net/redirect');
    started.child.stdin.end(` "${redirect}?code=p4st3d&state=${page.searchParams.get('state')}" \n`);
    const { status, stdout, stderr } = await started.ended;
    expect(status, stderr).to.equal(0);
    expect(service.forms()[0]?.get('code')).to.equal('p4st3d');
    expect(service.forms()[0]?.get('redirect_uri')).to.equal(redirect);
    expect(stdout + stderr).not.to.match(/p4st3d|pl4nt3d/);
    for (const wrong of ['', 'nonsense', `${redirect}?code=x&state=other`, `${redirect}#access_token=x`]) {
      const again = start(['connect', '--paste', '--no-browser'], machine);
      await pageOf(again);
      again.child.stdin.end(`${wrong}\n`);
      expect((await again.ended).status, wrong).to.equal(1);
    }
    expect(service.forms()).to.have.length(1);
  });

  it('keeps the connection that works when a new one is refused', async () => {
    const started = connect();
    await comeBack(await pageOf(started), { code: 'c0de' });
    await started.ended;
    const [file = ''] = storedFiles(machine);
    const before = readFileSync(file, 'utf8');
    service.behaviour.apiStatus = 401;
    const again = connect();
    await comeBack(await pageOf(again), { code: 'c0de' });
    const { status, stderr } = await again.ended;
    expect(status).to.equal(1);
    expect(stderr).to.include('401').and.include('ListOrders');
    expect(readFileSync(file, 'utf8')).to.equal(before);
    expect((await finish(['connect', '--test'], machine)).status).to.equal(1);
    service.behaviour.apiStatus = 200;
    expect((await finish(['connect', '--test'], machine)).status).to.equal(0);
  });
});
