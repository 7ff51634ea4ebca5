import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenHere, randomToken, thisMachine } from '../../network/this-machine.ts';
import { readBytes } from '../network.ts';
import { isRunFailure } from '../run-failure.ts';
import type { Notification } from './webhook.ts';

/** What came: a notification, or one that can't be taken, such as one that is too large. */
export type Received = Notification | { error: string };

/** An address of this machine that takes notifications. */
export interface Receiver {
  /** What a subscription names. */
  url: string;
  port: number;
  /**
   * The next one; those that come meanwhile wait in line.
   *
   * @returns undefined where none came in time, or when `stop` is aborted
   */
  next: (milliseconds: number, stop: AbortSignal) => Promise<Received | undefined>;
  close: () => void;
}

export interface ReceiverOptions {
  /** The address that the API is told, where it can't reach this machine: a tunnel's. */
  callback: URL | undefined;
  /** 0: any. */
  port: number;
  /** Called with words about a request that was turned away. */
  onRefused: (what: string) => void;
}

/**
 * Listens on 127.0.0.1, at a path that nobody can guess, or at that of the callback.
 *
 * @throws UserError when the port is taken
 */
export async function openReceiver({ callback, port, onRefused }: ReceiverOptions): Promise<Receiver> {
  const token = `/${randomToken()}`;
  const inbox = new Inbox();
  const isMeant = (path: string): boolean =>
    callback === undefined ? path.split('?', 1)[0] === token : leadsTo(callback, path);
  const server = createServer((request, response) => {
    void take(request, response, { inbox, isMeant, onRefused });
  });
  const bound = await listenHere(server, port, { hint: 'take another one: --port PORT' });
  return {
    url: callback?.href ?? `http://${thisMachine}:${bound}${token}`,
    port: bound,
    next: (milliseconds, stop) => inbox.next(milliseconds, stop),
    close: () => {
      void closeServer(server);
    },
  };
}

/** The same path, with at least what is in the query of the callback. */
function leadsTo(callback: URL, path: string): boolean {
  if (!URL.canParse(path, callback.href)) return false;
  const url = new URL(path, callback);
  return (
    url.pathname === callback.pathname &&
    [...callback.searchParams].every(([name, value]) => url.searchParams.getAll(name).includes(value))
  );
}

interface Taking {
  inbox: Inbox;
  isMeant: (path: string) => boolean;
  onRefused: (what: string) => void;
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  { inbox, isMeant, onRefused }: Taking,
): Promise<void> {
  const refuse = (status: number, why: string): void => {
    onRefused(`${request.method} ${why}`);
    response.writeHead(status, { connection: 'close', ...(status === 405 ? { allow: 'POST, PUT, PATCH' } : {}) }).end();
  };
  if (!isMeant(request.url ?? '/')) return refuse(404, 'to another path than that of the subscription was refused');
  if (!['POST', 'PUT', 'PATCH'].includes(request.method ?? '')) return refuse(405, 'is no notification');
  try {
    const body = await readBytes(request, { what: 'a notification' });
    inbox.put({ headers: headersOf(request), body });
    response.writeHead(202).end();
  } catch (error) {
    // what broke off isn't a notification; one that is too large, or packed in an unknown way, is
    if (!isRunFailure(error)) return refuse(400, 'broke off');
    inbox.put({ error: error.message });
    refuse(413, error.message);
  }
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** What came and nobody has asked for yet; or who waits for what comes. */
class Inbox {
  private readonly waiting: Received[] = [];
  private taker: ((received: Received) => void) | undefined;

  put(received: Received): void {
    if (this.taker === undefined) this.waiting.push(received);
    else this.taker(received);
  }

  next(milliseconds: number, stop: AbortSignal): Promise<Received | undefined> {
    const first = this.waiting.shift();
    if (first !== undefined || stop.aborted) return Promise.resolve(first);
    return new Promise((resolve) => {
      const done = (received: Received | undefined): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', onStop);
        this.taker = undefined;
        resolve(received);
      };
      const onStop = (): void => done(undefined);
      const timer = setTimeout(onStop, milliseconds);
      stop.addEventListener('abort', onStop);
      this.taker = done;
    });
  }
}
