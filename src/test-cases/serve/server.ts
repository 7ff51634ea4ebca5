import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isUserError } from '../../errors.ts';
import { closeServer, listenHere, thisMachine } from '../../network/this-machine.ts';
import { networkSend, readBytes } from '../../runtime/network.ts';
import { isRunFailure } from '../../runtime/run-failure.ts';
import type { Incoming } from '../../runtime/send.ts';
import { type Event, type MockService, type Reply, refusal } from './service.ts';

export interface MockServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close: () => Promise<void>;
}

export interface ServerOptions {
  /** 0: any. */
  port: number;
  /** The API's own: a connector that is sent here with `--send-to` still names it. */
  host: string;
  /** Called with a line for each request. */
  onRequest: (line: string) => void;
}

const mostBytes = 10_000_000;
/** Milliseconds that whoever is notified may take. */
const timeoutMs = 10_000;

/**
 * Serves a mock of an API on this machine only.
 *
 * @throws UserError when the port is taken
 */
export async function startMockServer(service: MockService, options: ServerOptions): Promise<MockServer> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      send(response, refusal(500, error instanceof Error ? error.message : String(error)));
    });
  });
  const port = await listenHere(server, options.port, { hint: 'take another one: --serve PORT; 0 is any' });
  const origin = `http://${thisMachine}:${port}`;
  const hosts = new Set([`${thisMachine}:${port}`, `localhost:${port}`, options.host.toLowerCase()]);
  const around: Surroundings = { origin, hosts, port, isHostOpen: service.isHostOpen };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { operationId, answer } = await replyTo(request, service, around);
    options.onRequest(`${request.method} ${request.url} → ${answer.status}${operationId ? ` (${operationId})` : ''}`);
    send(response, answer);
  }
  return {
    origin,
    close: () => closeServer(server),
  };
}

interface Surroundings {
  origin: string;
  hosts: ReadonlySet<string>;
  port: number;
  /** The host of the API comes from the connection. */
  isHostOpen: boolean;
}

/**
 * A browser names the port that it connects to, so that a page with a name of its own for this machine names ours; a
 * connector that is sent here names that of its API.
 */
function isMeant(host: string, { hosts, port, isHostOpen }: Surroundings): boolean {
  if (hosts.has(host.toLowerCase())) return true;
  const address = `http://${host}`;
  return isHostOpen && URL.canParse(address) && Number(new URL(address).port || 80) !== port;
}

/** A page of somebody else reaches nothing: neither by a name of its own for this machine, nor from its own origin. */
async function replyTo(request: IncomingMessage, service: MockService, around: Surroundings): Promise<Reply> {
  const { origin, hosts } = around;
  const { host = '', origin: from } = request.headers;
  if (!isMeant(host, around)) return { answer: refusal(403, `this service is not ${host}; it is ${origin}`) };
  if (from !== undefined && !hosts.has(from.toLowerCase().replace(/^https?:\/\//, '')))
    return { answer: refusal(403, `pages of ${from} have no business here`) };
  let body: Buffer;
  try {
    body = await readBytes(request, { what: 'the request', limit: mostBytes });
  } catch (error) {
    if (!isRunFailure(error)) return { answer: refusal(400, 'the request broke off, or is not packed as it says') };
    return { answer: closing(refusal(413, error.message)) };
  }
  const path = request.url ?? '/';
  // what is no path, such as `*` or the address of another server, is answered as one that nobody has
  const url = new URL(origin);
  if (path.startsWith('/')) [url.pathname = '/', url.search = ''] = splitAt(path);
  const reply = service.answer({ method: request.method ?? 'GET', url, headers: headersOf(request), body });
  return reply.event === undefined ? reply : { ...reply, answer: await notify(reply.event) };
}

function splitAt(path: string): [string, string] {
  const at = path.indexOf('?');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
}

const closing = (answer: Incoming): Incoming => ({ ...answer, headers: { ...answer.headers, connection: 'close' } });

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Sends an event to all who subscribed. @returns what became of it: 200, or 502 where somebody did not take it */
async function notify({ to, body }: Event): Promise<Incoming> {
  const post = networkSend({ timeout: timeoutMs, sendTo: undefined, limit: mostBytes });
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = { 'content-type': 'application/json' };
  const sent = await Promise.all(
    to.map(async (url) => {
      try {
        const { status } = await post({ method: 'POST', url, headers, body: bytes });
        return { to: url, status };
      } catch (error) {
        if (!isRunFailure(error) && !isUserError(error)) throw error;
        return { to: url, error: error.message };
      }
    }),
  );
  const isTaken = sent.every(({ status = 0 }) => status >= 200 && status < 300);
  const answer = Buffer.from(JSON.stringify({ sent, body }));
  return { status: isTaken ? 200 : 502, statusText: '', headers: { 'content-type': 'application/json' }, body: answer };
}

function send(response: ServerResponse, { status, headers, body }: Incoming): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers });
  response.end(hasBody ? body : undefined);
}
