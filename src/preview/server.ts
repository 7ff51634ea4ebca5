import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isUserError } from '../errors.ts';
import { closeServer, listenHere, portOf, randomToken, thisMachine } from '../network/this-machine.ts';
import { readBytes } from '../runtime/network.ts';
import { isRunFailure } from '../runtime/run-failure.ts';
import { pageFile, serverPage, serverPolicy } from './page-files.ts';
import type { PageState } from './page-state.ts';

/** What the page asks for, besides itself. */
export interface Handlers {
  state: () => Promise<PageState>;
  /** By the last part of the path; gets the JSON that was posted, and answers with JSON. */
  actions: Readonly<Record<string, (body: unknown) => Promise<object>>>;
}

export interface PreviewServer {
  /** With the token, for the browser of this machine. */
  url: string;
  /** Tells all pages that there is a newer state. */
  changed: (stamp: number) => void;
  close: () => Promise<void>;
}

/** Ports that are tried after the first. */
const otherPorts = 19;
const mostBytes = 30_000_000;

/**
 * Serves the page on this machine only. Whoever doesn't have the token in the address gets nothing, and so does every
 * other name for this machine: a page of somebody else can't reach it by a name of its own.
 *
 * @param port the first that is tried
 * @throws UserError when no port is free
 */
export async function startServer(port: number, handlers: Handlers): Promise<PreviewServer> {
  const token = randomToken();
  const followers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(request, response, { token, port: portOf(server), handlers, followers }).catch((error: unknown) => {
      // a fault of ours is one in the terminal, too: the page shows its message
      sendJson(response, isUserError(error) ? 422 : 500, { error: messageOf(error) });
    });
  });
  const used = await listenHere(server, port, { others: otherPorts, hint: 'choose another one: --port NUMBER' });
  return {
    url: `http://${thisMachine}:${used}/${token}/`,
    changed: (stamp) => {
      for (const follower of followers) follower.write(`event: change\ndata: ${stamp}\n\n`);
    },
    close: () => {
      for (const follower of followers) follower.end();
      return closeServer(server);
    },
  };
}

function messageOf(error: unknown): string {
  if (isUserError(error)) return error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}

interface Surroundings {
  token: string;
  port: number;
  handlers: Handlers;
  followers: Set<ServerResponse>;
}

const safeHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': `${serverPolicy}; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

async function answer(request: IncomingMessage, response: ServerResponse, around: Surroundings): Promise<void> {
  for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
  const hosts = [`${thisMachine}:${around.port}`, `localhost:${around.port}`];
  if (!hosts.includes(request.headers.host ?? '')) return refuse(response, 403, 'This preview has another address.');
  const [, token = '', name = '', ...others] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  if (!isSame(token, around.token) || others.length > 0)
    return refuse(response, 404, 'There is nothing here: open the address that pp-connector preview printed.');
  if (request.method === 'POST') return act(request, response, name, around, hosts);
  if (request.method !== 'GET') return refuse(response, 405, 'Only GET and POST are known here.');
  return serve(request, response, name, around);
}

/** In the same time for all wrong ones. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  around: Surroundings,
): Promise<void> {
  switch (name) {
    case '':
      return send(response, 'text/html; charset=utf-8', serverPage());
    case 'page.js':
      return send(response, 'text/javascript; charset=utf-8', pageFile('page.js'));
    case 'page.css':
      return send(response, 'text/css; charset=utf-8', pageFile('page.css'));
    case 'state':
      return sendJson(response, 200, await around.handlers.state());
    case 'events':
      return follow(request, response, around.followers);
    default:
      return refuse(response, 404, 'There is nothing here.');
  }
}

function follow(request: IncomingMessage, response: ServerResponse, followers: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('retry: 1000\n\n');
  followers.add(response);
  request.on('close', () => followers.delete(response));
}

async function act(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  { handlers }: Surroundings,
  hosts: readonly string[],
): Promise<void> {
  const { origin } = request.headers;
  const isOurs = origin === undefined || hosts.some((host) => origin === `http://${host}`);
  if (!isOurs) return refuse(response, 403, 'Only the page itself may ask for that.');
  const action = Object.hasOwn(handlers.actions, name) ? handlers.actions[name] : undefined;
  if (action === undefined) return refuse(response, 404, 'There is nothing here.');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return refuse(response, 415, 'Only JSON is taken here.');
  let bytes: Buffer;
  try {
    bytes = await readBytes(request, { what: 'the request', limit: mostBytes });
  } catch (error) {
    // whoever broke off hears nothing any more; what is still to come of a request that is too large isn't read
    response.setHeader('connection', 'close');
    if (!isRunFailure(error)) return refuse(response, 400, 'The request broke off, or is not packed as it says.');
    return refuse(response, 413, `That is more than a preview takes: ${error.message}.`);
  }
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    return refuse(response, 400, 'That is not JSON.');
  }
  sendJson(response, 200, await action(body));
}

function send(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': type });
  response.end(text);
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: message });
}
