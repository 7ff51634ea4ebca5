import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'chai';
import { ConnectionStore } from '../../src/connect/connection-store.ts';
import { renewConnection, renewNextTime, type UseOptions, useConnection } from '../../src/connect/use-connection.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import type { Send } from '../../src/runtime/send.ts';
import { temporaryFolder } from '../support/folders.ts';
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

const json = { 'content-type': 'application/json' };

const next = {
  access_token: planted.renewedToken,
  token_type: 'bearer',
  expires_in: 3600,
  refresh_token: planted.nextRefreshToken,
};

describe('a token that ends while something runs', () => {
  const origin = new URL('http://127.0.0.1:9');

  /** A connection as `connect` leaves it. @param signIn changes of how its token is renewed */
  const stored = (signIn: object = {}) => {
    const root = temporaryFolder('renew');
    const store = ConnectionStore.of(root);
    const inner: JsonObject = { connectionParameters: { token: oauthParameter(origin.origin) } };
    store.save({
      name: 'default',
      connector: 'Orders',
      folder: root,
      set: undefined,
      saved: '2026-11-01T00:00:00Z',
      chosen: 1,
      destinations: [],
      contents: {
        values: { token: planted.accessToken },
        signIn: { clientId: 'c', redirectUrl: 'http://127.0.0.1/r', refreshToken: planted.refreshToken, ...signIn },
      },
    });
    const asked: string[] = [];
    const send: Send = async ({ body }) => {
      asked.push(body?.toString() ?? '');
      return {
        status: 200,
        statusText: 'OK',
        headers: json,
        body: Buffer.from(JSON.stringify(next)),
      };
    };
    const definition = { ...definitionAt(origin), host: 'api.contoso.com' };
    const options: UseOptions = {
      sources: { inner, setName: undefined, file: undefined, env: {} },
      definition,
      root,
      send,
    };
    const destinations = ConnectionStore.of(root);
    return { options, store: destinations, asked, root };
  };

  /** The destinations of the connector as it is, so that nobody refuses them. */
  const used = async (made: ReturnType<typeof stored>) => {
    const { destinationsOf } = await import('../../src/connect/destinations.ts');
    const { definition, sources } = made.options;
    const latest = made.store.read();
    if (latest === undefined) throw new Error('nothing is stored');
    made.store.save({ ...latest, destinations: destinationsOf(definition, sources.inner, undefined) });
    return useConnection(made.options);
  };

  it('is renewed when the service refuses it, and only then', async () => {
    const made = stored();
    const before = await used(made);
    expect(before.connection.accessToken).to.equal(planted.accessToken);
    expect(await renewConnection(made.options, before, false)).to.equal(undefined);
    const after = await renewConnection(made.options, before, true);
    expect(after?.connection.accessToken).to.equal(planted.renewedToken);
    expect(after?.secrets.map(({ value }) => value)).to.include.members([
      planted.refreshToken,
      planted.nextRefreshToken,
    ]);
    expect(made.store.read()?.contents.signIn?.refreshToken).to.equal(planted.nextRefreshToken);
    expect(made.asked).to.have.length(1);
  });

  it('is renewed once by two that are refused at the same time, and never marked as ended after that', async () => {
    const made = stored();
    const before = await used(made);
    const both = await Promise.all([1, 2].map(() => renewConnection(made.options, before, true)));
    expect(both.map((one) => one?.connection.accessToken)).to.deep.equal([planted.renewedToken, planted.renewedToken]);
    expect(made.asked).to.have.length(1);
    // a third one has seen its 401 of the old token only now
    expect(await renewNextTime(made.options, before)).to.equal(true);
    expect(made.store.read()?.contents.signIn?.refreshToken).to.equal(planted.nextRefreshToken);
    expect(made.store.read()?.contents.signIn?.expiresAt).to.be.above(Date.now());
  });

  it('is left alone where another one is in use, nothing can renew it, or it was forgotten', async () => {
    const made = stored();
    await used(made);
    const given = { ...made.options, sources: { ...made.options.sources, env: { CONNECTOR_ACCESS_TOKEN: 'given' } } };
    const other = await useConnection(given);
    expect(other.connection.accessToken).to.equal('given');
    expect(await renewConnection(given, other, true)).to.equal(undefined);
    expect(await renewNextTime(given, other)).to.equal(false);
    const without = stored({ refreshToken: undefined });
    const unrenewable = await used(without);
    expect(await renewConnection(without.options, unrenewable, true)).to.equal(undefined);
    expect(await renewNextTime(without.options, unrenewable)).to.equal(false);
    const before = await useConnection(made.options);
    made.store.forget('default');
    expect(await renewConnection(made.options, before, true)).to.equal(undefined);
    expect(made.store.read()).to.equal(undefined);
    expect([...made.asked, ...without.asked]).to.deep.equal([]);
  });
});

describe('a token that ends while a trigger runs', function () {
  this.timeout(60_000);
  let service: Service;
  let machine: Machine;

  const trigger = { 'x-ms-trigger': 'single', responses: { 200: { description: 'OK' } } };
  const callback = { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' };
  const body = {
    name: 'body',
    in: 'body',
    required: true,
    schema: { type: 'object', required: ['url'], properties: { url: callback } },
  };
  const paths = {
    '/orders': { get: { ...trigger, operationId: 'OnPolled' } },
    '/hooks': {
      'x-ms-notification-content': { schema: { type: 'object' } },
      post: { ...trigger, operationId: 'OnOrder', parameters: [body], responses: { 201: { description: 'OK' } } },
    },
  };

  before(async () => {
    service = await startService();
  });
  after(() => service.server.close());

  beforeEach(async () => {
    service.asked.length = 0;
    const { origin } = service;
    Object.assign(service.behaviour, { tokens: [usualTokens(), next], apiStatus: 200, api: undefined });
    const properties = { connectionParameters: { token: oauthParameter(origin.origin) } };
    machine = machineWith(definitionAt(origin, { paths }), properties, {
      CONNECTOR_CLIENT_SECRET: planted.clientSecret,
    });
    const started = start(['connect', '--port', String(await freePort()), '--no-browser'], machine);
    await comeBack(await pageOf(started), { code: 'c0de' });
    expect((await started.ended).status).to.equal(0);
    service.asked.length = 0;
  });

  /** After so many answers the old token is good no more. */
  const endingAfter = (answers: number, usual: (request: IncomingMessage, response: ServerResponse) => void): void => {
    let left = answers;
    service.behaviour.api = (request, response) => {
      const isOld = request.headers.authorization !== `Bearer ${planted.renewedToken}`;
      if (isOld && left === 0) response.writeHead(401).end();
      else {
        left -= 1;
        usual(request, response);
      }
      return true;
    };
  };

  it('is renewed between two calls, and the refused one is made again', async () => {
    endingAfter(1, (_, response) => response.writeHead(200, json).end('[]'));
    const ended = await finish(['invoke', 'OnPolled', '--poll', '3', '--interval', '0', '--format', 'json'], machine);
    expect(ended.status, ended.stderr).to.equal(0);
    const { runs } = JSON.parse(ended.stdout) as { runs: { result: { status: number } }[] };
    expect(runs.map(({ result }) => result.status)).to.deep.equal([200, 200, 200]);
    expect(service.authorizations().map((value) => value?.slice(-1))).to.deep.equal(['1', '1', '2', '2']);
    expect(service.forms()).to.have.length(1);
    expect(ended.stderr).to.include('the service refused the stored token (401); it was renewed');
    expect(ended.stdout + ended.stderr).not.to.include('pl4nt3d');
    expect(readFileSync(storedFiles(machine)[0] ?? '', 'utf8')).to.include(planted.nextRefreshToken);
  });

  it('is renewed to end the subscription', async () => {
    endingAfter(1, (request, response) => {
      if (request.method === 'DELETE') return response.writeHead(204).end();
      const { url } = JSON.parse(service.asked.at(-1)?.body ?? '') as { url: string };
      setTimeout(() => void fetch(url, { method: 'POST', body: '{}', headers: json }), 50);
      return response.writeHead(201, { location: '/v1/hooks/7' }).end();
    });
    const ended = await finish(['invoke', 'OnOrder', '--webhook', '--yes', '--format', 'json'], machine);
    expect(ended.status, ended.stderr).to.equal(0);
    expect((JSON.parse(ended.stdout) as { state: JsonObject }).state.subscription).to.equal('ended');
    const ofApi = service.asked.filter(({ url }) => url.includes('/v1/'));
    expect(ofApi.map(({ method }) => method)).to.deep.equal(['POST', 'DELETE', 'DELETE']);
    expect(service.authorizations()[2]).to.equal(`Bearer ${planted.renewedToken}`);
  });
});
