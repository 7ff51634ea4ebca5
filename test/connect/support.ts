import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { type Local, serve } from '../runtime/runs.ts';
import { buildOnce, program } from '../support/cli.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** Sign-ins against a service on this machine, by processes as users start them. */

export const planted = {
  clientSecret: 'pl4nt3d-client "secret" &+',
  accessToken: 'pl4nt3d-access-token-1',
  renewedToken: 'pl4nt3d-access-token-2',
  refreshToken: 'pl4nt3d-refresh-token-1',
  nextRefreshToken: 'pl4nt3d-refresh-token-2',
  apiKey: 'pl4nt3d-api-key',
} as const;

/** How the service behaves. */
export interface Behaviour {
  /** Answers to requests for tokens, in order; the last one stays. A number is a status without a body, `never` no answer. */
  tokens: (JsonObject | number | 'never')[];
  device?: JsonObject;
  /** What the API answers with. */
  apiStatus: number;
  /** Answers a request itself; false: the usual answer. */
  api?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

export interface Service extends Local {
  behaviour: Behaviour;
  /** Bodies that the token address got, as forms. */
  forms: () => URLSearchParams[];
  /** Values of Authorization that the API got. */
  authorizations: () => (string | undefined)[];
}

export const usualTokens = (): JsonObject => ({
  access_token: planted.accessToken,
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: planted.refreshToken,
});

export async function startService(): Promise<Service> {
  // not in the time of the first test
  buildOnce();
  const behaviour: Behaviour = { tokens: [], apiStatus: 200 };
  const local = await serve((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const path = request.url ?? '';
    if (path.includes('/devicecode')) return answer(behaviour.device === undefined ? 404 : 200, behaviour.device ?? {});
    if (!path.includes('/token') && behaviour.api?.(request, response) === true) return undefined;
    if (!path.includes('/token'))
      return answer(behaviour.apiStatus, { items: [], seen: request.headers.authorization });
    const next = behaviour.tokens.length > 1 ? behaviour.tokens.shift() : behaviour.tokens[0];
    if (next === 'never') return undefined;
    if (typeof next === 'number') return answer(next, '');
    return answer(next !== undefined && 'error' in next ? 400 : 200, next ?? { error: 'server_error' });
  });
  const of = (part: string) => local.asked.filter(({ url }) => url.includes(part));
  return {
    ...local,
    behaviour,
    forms: () => of('/token').map(({ body }) => new URLSearchParams(body)),
    authorizations: () => of('/v1/').map(({ headers }) => headers.authorization),
  };
}

export const oauthParameter = (origin: string, settings: JsonObject = {}): JsonObject => ({
  type: 'oauthSetting',
  oAuthSettings: {
    identityProvider: 'oauth2',
    clientId: 'client-of-contoso',
    scopes: ['orders.read offline_access'],
    redirectMode: 'Global',
    customParameters: {
      authorizationUrl: { value: `${origin}/authorize` },
      tokenUrl: { value: `${origin}/token` },
      refreshUrl: { value: `${origin}/token/refresh` },
    },
    ...settings,
  },
});

export const definitionAt = (origin: URL, more: JsonObject = {}): JsonObject => ({
  swagger: '2.0',
  info: { title: 'Contoso Orders', version: '1.0' },
  host: origin.host,
  basePath: '/v1',
  schemes: ['http'],
  securityDefinitions: {
    oauth: { type: 'oauth2', flow: 'accessCode', authorizationUrl: 'x', tokenUrl: 'x', scopes: {} },
  },
  security: [{ oauth: [] }],
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'GetOrder',
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        responses: { 200: { description: 'OK' } },
      },
    },
    '/orders': { get: { operationId: 'ListOrders', responses: { 200: { description: 'OK' } } } },
  },
  ...more,
});

export interface Machine {
  /** The connector. */
  folder: string;
  /** XDG_STATE_HOME. */
  state: string;
  env: Record<string, string | undefined>;
}

/** A connector in a folder, and a home for what is stored. */
export function machineWith(definition: JsonObject, properties: JsonObject, env: Record<string, string> = {}): Machine {
  const base = temporaryFolder('connect');
  const folder = writeTree(join(base, 'connector'), {
    'apiDefinition.swagger.json': JSON.stringify(definition),
    'apiProperties.json': JSON.stringify({ properties }),
  });
  const state = join(base, 'state');
  const without = Object.fromEntries(
    Object.keys(process.env).flatMap((name) => (name.startsWith('CONNECTOR_') ? [[name, undefined]] : [])),
  );
  return { folder, state, env: { ...without, XDG_STATE_HOME: state, LOCALAPPDATA: state, CI: undefined, ...env } };
}

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcessWithoutNullStreams;
  /** The first text that matches in what it has printed. */
  printed: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

export function start(args: readonly string[], { folder, env }: Machine): Started {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, ...env } });
  const result: Ended = { status: null, signal: null, stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      result[name] += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status, signal) => resolve({ ...result, status, signal }));
  });
  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(result.stdout + result.stderr);
        if (found === null) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
      void ended.then((all) => reject(new Error(`it ended without ${pattern}: ${all.stdout}${all.stderr}`)));
    });
  return { child, printed, ended };
}

/** A command that needs nobody beside it. */
export const finish = (args: readonly string[], machine: Machine): Promise<Ended> => start(args, machine).ended;

/** The address of the sign-in page that was printed. */
export async function pageOf(started: Started): Promise<URL> {
  const [address] = await started.printed(/http\S*\/authorize\S*/);
  return new URL(address);
}

/** What the browser does when the service sends it back. */
export function comeBack(page: URL, answer: Record<string, string>): Promise<Response> {
  const redirect = new URL(page.searchParams.get('redirect_uri') ?? '');
  const all = { state: page.searchParams.get('state') ?? '', ...answer };
  for (const [name, value] of Object.entries(all)) redirect.searchParams.set(name, value);
  return fetch(redirect);
}

/** Paths of what is stored. */
export function storedFiles({ state }: Machine): string[] {
  try {
    const folder = join(state, 'pp-connector', 'connections');
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** A port of this machine that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const { server, origin } = await serve(() => {});
  await new Promise((resolve) => server.close(resolve));
  return Number(origin.port);
}
