import { lookup } from 'node:dns/promises';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import { isPrivateAddress } from '../network/addresses.ts';
import { type AnswerHead, isRunFailure, RunFailure } from './run-failure.ts';
import type { Incoming, Outgoing, Send } from './send.ts';

export interface NetworkOptions {
  /** Milliseconds for one request with its answer. */
  timeout: number;
  /** Connections go to this origin, whatever the URL of a request is. */
  sendTo: URL | undefined;
  /** Bytes of an answer, unpacked. */
  limit?: number;
  /** Breaks off what is on its way. */
  stop?: AbortSignal;
}

const mostBytes = 100_000_000;

/** Made by the connection itself. */
const ofTheConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
]);

interface Address {
  address: string;
  family: number;
}

/**
 * Sends over the network: https, and http to this machine only. A private network is reached only where the user names
 * it (`sendTo`): the platform couldn't reach it, and a definition from elsewhere has no business there.
 */
export function networkSend(options: NetworkOptions): Send {
  return async (request) => {
    const url = new URL(request.url);
    const target = options.sendTo ?? url;
    const addresses = await addressesOf(target, options.sendTo !== undefined);
    const late = AbortSignal.timeout(options.timeout);
    const signal = options.stop === undefined ? late : AbortSignal.any([late, options.stop]);
    const failed = (error: unknown, head?: AnswerHead): RunFailure =>
      isRunFailure(error)
        ? new RunFailure(error.message, head ?? error.head)
        : new RunFailure(`${request.method} ${target.origin}: ${reasonOf(error, options, late)}`, head);
    try {
      const response = await connect(request, { url, target, addresses, signal });
      return await read(response, options.limit).catch((error: unknown) => {
        throw failed(error, headOf(response));
      });
    } catch (error) {
      throw failed(error);
    }
  };
}

/** The connection is made to exactly these: a name that is looked up again could be another address by then. */
async function addressesOf(target: URL, isNamedByUser: boolean): Promise<Address[]> {
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host, family }];
  const isHere = addresses.length > 0 && addresses.every(({ address }) => isLoopback(address));
  if (target.protocol !== 'https:' && !(target.protocol === 'http:' && isHere)) {
    throw new UserError(`${target.origin}: only https is used, and http for addresses of this machine`, {
      hint: 'to try it against a local server: --send-to http://127.0.0.1:PORT',
    });
  }
  if (addresses.length === 0) throw new RunFailure(`${target.origin}: the name ${host} is not known`);
  if (!isHere && !isNamedByUser && addresses.some(({ address }) => isPrivateAddress(address))) {
    throw new UserError(
      `${target.origin}: ${host} is an address of a private network, which the platform can't reach`,
      {
        hint: `if it is meant: --send-to ${target.origin}`,
      },
    );
  }
  return addresses;
}

const isLoopback = (address: string): boolean =>
  /^127\./.test(address) || address === '::1' || /^::ffff:127\./i.test(address);

interface Connecting {
  url: URL;
  target: URL;
  addresses: readonly Address[];
  signal: AbortSignal;
}

/** The headers of the answer; the body is still to come. */
async function connect(request: Outgoing, { url, target, addresses, signal }: Connecting): Promise<IncomingMessage> {
  const { request: open } = target.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const known: LookupFunction = (_, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family ?? 0);
  };
  const options: RequestOptions = {
    method: request.method,
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    path: pathAndQuery(request.url),
    headers: headersOf(request, url),
    agent: false,
    lookup: known,
    signal,
  };
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = open(options);
    sent.on('response', resolve).on('error', reject);
    sent.end(request.body);
  });
}

/** As the trace has it: a URL object would resolve `..` in it. */
function pathAndQuery(url: string): string {
  const rest = (url.split('#', 1)[0] ?? '').replace(/^https?:\/\/[^/?]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function headersOf({ headers, body, method }: Outgoing, url: URL): Record<string, string> {
  const sent: Record<string, string> = {
    host: url.host,
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'pp-connector',
  };
  for (const [name, value] of Object.entries(headers)) {
    // what isn't Latin-1 goes out as UTF-8
    if (!ofTheConnection.has(name)) sent[name] = Buffer.from(value).toString('latin1');
  }
  if (body !== undefined || !['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method))
    sent['content-length'] = String(body?.length ?? 0);
  return sent;
}

function reasonOf(error: unknown, { stop, timeout }: NetworkOptions, late: AbortSignal): string {
  if (stop?.aborted) return 'broken off';
  if (late.aborted) return `no answer within ${timeout / 1000} seconds (--timeout)`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = reasons[code];
  if (known !== undefined) return known;
  return error instanceof Error ? error.message || code || error.name : String(error);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused: nothing answers there',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'the host is not reachable',
  ENETUNREACH: 'the network is not reachable',
  ERR_STREAM_PREMATURE_CLOSE: 'the answer broke off',
  Z_DATA_ERROR: 'the answer is not packed in the way that its content-encoding says',
  Z_BUF_ERROR: 'the answer broke off',
};

/**
 * The body of a message, unpacked. The message stays open: whoever has it may still answer.
 *
 * @throws RunFailure for one that is too large, or packed in a way that isn't known
 */
export async function readBytes(
  message: IncomingMessage,
  { what, limit = mostBytes }: { what: string; limit?: number | undefined },
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (await unpacked(message, what)).iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > limit) throw new RunFailure(`${what} has more than ${limit / 1_000_000} MB`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function read(response: IncomingMessage, limit: number | undefined): Promise<Incoming> {
  const body = await readBytes(response, { what: 'the answer', limit }).finally(() => response.destroy());
  return { ...headOf(response), statusText: response.statusMessage ?? '', body };
}

function headOf({ statusCode = 0, headers }: IncomingMessage): { status: number; headers: Record<string, string> } {
  const joined = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return { status: statusCode, headers: Object.fromEntries(joined) };
}

/** The body without its packing. @throws RunFailure for a packing that this version of Node doesn't know */
async function unpacked(response: IncomingMessage, what: string): Promise<Readable> {
  const coding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return response;
  const [zlib, { pipeline }] = await Promise.all([import('node:zlib'), import('node:stream')]);
  const unpack =
    coding === 'br'
      ? zlib.createBrotliDecompress()
      : ['gzip', 'x-gzip', 'deflate'].includes(coding)
        ? zlib.createUnzip()
        : coding === 'zstd'
          ? zstdOf(zlib)
          : undefined;
  if (unpack === undefined) {
    throw new RunFailure(`${what} is packed as ${coding}, which can't be read here, and perhaps not by the platform`);
  }
  // whoever reads the end of it gets its errors
  return pipeline(response, unpack, () => {}) as Readable;
}

/** Since Node 22.15. */
function zstdOf(zlib: object): NodeJS.ReadWriteStream | undefined {
  const create = 'createZstdDecompress' in zlib ? zlib.createZstdDecompress : undefined;
  return typeof create === 'function' ? (create() as NodeJS.ReadWriteStream) : undefined;
}
