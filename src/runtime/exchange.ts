import type { Json } from '../connector/json/value.ts';
import { readAnswer } from './answer.ts';
import { bodyBytes, type RuntimeAnswer, type RuntimeRequest, shownBody, urlOf } from './message.ts';
import { RunFailure } from './run-failure.ts';
import type { Incoming, Outgoing, Send } from './send.ts';
import type { RequestStep } from './trace.ts';

const mostRedirects = 5;

export interface ExchangeOptions {
  send: Send;
  /** Called before each request leaves. */
  onSend: (step: RequestStep) => void;
  by?: RequestStep['by'];
  /** Where connections really go: a redirect there stays at home, too. */
  sendTo: URL | undefined;
}

/**
 * Sends a request, and follows redirects within its origin.
 *
 * @throws RunFailure for one that leads elsewhere: credentials would go there
 */
export async function exchange(request: RuntimeRequest, options: ExchangeOptions): Promise<RuntimeAnswer> {
  return readAnswer(await exchangeBytes(outgoingOf(request), shownBody(request.body), options));
}

/**
 * The same for a request whose bytes are not to be touched.
 *
 * @param shown its body in a trace
 * @throws RunFailure for a redirect that leads elsewhere
 */
export async function exchangeBytes(first: Outgoing, shown: Json, options: ExchangeOptions): Promise<Incoming> {
  let outgoing = first;
  for (let step = 0; step <= mostRedirects; step += 1) {
    options.onSend(stepOf(outgoing, shown, options));
    const incoming = await options.send(outgoing);
    const { location } = incoming.headers;
    if (![301, 302, 303, 307, 308].includes(incoming.status) || location === undefined) return incoming;
    outgoing = redirected(outgoing, incoming.status, location, options.sendTo);
  }
  throw new RunFailure(`${first.method} ${first.url}: more than ${mostRedirects} redirects`);
}

/** A request as it leaves. @throws RunFailure where its URL is none */
export function outgoingOf(request: RuntimeRequest): Outgoing {
  const url = urlOf(request);
  if (!URL.canParse(url)) throw new RunFailure(`${url} is not an address`);
  return { method: request.method, url, headers: Object.fromEntries(request.headers), body: bodyBytes(request.body) };
}

/** As browsers do: a POST goes on as GET, unless the status says that it stays what it is. */
function redirected(request: Outgoing, status: number, location: string, sendTo: URL | undefined): Outgoing {
  if (!URL.canParse(location, request.url))
    throw new RunFailure(`the answer leads to ${location}, which is not an address`);
  const from = new URL(request.url);
  const to = new URL(location, from);
  const isHome = to.origin === from.origin || to.origin === sendTo?.origin;
  if (!isHome) throw new RunFailure(`the answer leads to another origin, ${to.origin}, which is not followed`);
  const url = `${from.origin}${to.pathname}${to.search}`;
  const becomesGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  if (!becomesGet || request.method === 'HEAD') return { ...request, url };
  const { 'content-type': _, ...headers } = request.headers;
  return { method: 'GET', url, headers, body: undefined };
}

function stepOf(outgoing: Outgoing, shown: Json, { by, sendTo }: ExchangeOptions): RequestStep {
  const body = outgoing.body === undefined ? null : shown;
  const step: RequestStep = {
    step: 'send',
    method: outgoing.method,
    url: outgoing.url,
    headers: { ...outgoing.headers },
    body,
  };
  return {
    ...step,
    ...(by === undefined ? {} : { by }),
    ...(sendTo === undefined ? {} : { note: `sent to ${sendTo.origin} instead` }),
  };
}
