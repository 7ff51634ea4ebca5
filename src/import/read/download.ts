import { lookup } from 'node:dns/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { isPrivateAddress } from '../../network/addresses.ts';
import { ImportRefused, isRefusal } from '../refusal.ts';

export interface DownloadOptions {
  /** Requests to loopback and private addresses, and over plain http. */
  allowLocal: boolean;
  /** Milliseconds for the whole of it. */
  timeout: number;
  /** Bytes, unpacked. */
  limit: number;
  /** What is thrown where there are more. */
  tooMany: (name: string) => Error;
}

const maxRedirects = 5;

interface Address {
  address: string;
  family: number;
}

/**
 * Downloads with all limits: https, public addresses, few redirects, bounded time and size.
 *
 * @throws ImportRefused (source-unreachable) with the reason
 */
export async function download(place: string, options: DownloadOptions): Promise<{ bytes: Uint8Array; url: string }> {
  const signal = AbortSignal.timeout(options.timeout);
  let url = addressOf(place, place);
  for (let step = 0; step <= maxRedirects; step += 1) {
    const addresses = await addressesOf(url, options);
    const response = await answer(url, addresses, signal);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      response.destroy();
      url = addressOf(headers.location, url.href, url.href);
      continue;
    }
    if (status < 200 || status >= 300) {
      response.destroy();
      throw unreachable(url.href, `the server answered ${status} ${response.statusMessage ?? ''}`.trim());
    }
    return { bytes: await readBody(response, url, options), url: url.href };
  }
  throw unreachable(url.href, `more than ${maxRedirects} redirects`);
}

function addressOf(text: string, shown: string, base?: string): URL {
  if (!URL.canParse(text, base)) {
    throw unreachable(
      shown,
      base === undefined ? 'it is not a valid address' : `it leads to "${text}", which is not a valid address`,
    );
  }
  return new URL(text, base);
}

/**
 * The addresses behind a URL, all of them allowed. The connection is made to exactly these: a name that is looked up a
 * second time could have become another address meanwhile.
 */
async function addressesOf(url: URL, { allowLocal }: DownloadOptions): Promise<Address[]> {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowLocal)) {
    throw unreachable(url.href, `only https addresses are read, not ${url.protocol}`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host, family }];
  if (addresses.length === 0) throw unreachable(url.href, `the name ${host} is not known`);
  if (!allowLocal && addresses.some(({ address }) => isPrivateAddress(address))) {
    throw unreachable(
      url.href,
      `${host} is an address of this computer or of a private network (--allow-local permits it)`,
    );
  }
  return addresses;
}

/** The headers of the answer; the body is still to come. */
async function answer(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const known: LookupFunction = (_, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family ?? 0);
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(unreachable(url.href, reasonOf(error, signal)));
    try {
      const sent: ClientRequest = request(url, {
        signal,
        agent: false,
        lookup: known,
        headers: {
          accept: 'application/json, application/yaml, */*',
          'accept-encoding': 'gzip, deflate, br',
          'user-agent': 'pp-connector',
        },
      });
      sent.on('response', resolve).on('error', fail).end();
    } catch (error) {
      fail(error);
    }
  });
}

const reasonOf = (error: unknown, signal: AbortSignal): string => {
  if (signal.aborted) return 'no answer in time';
  return error instanceof Error ? error.message || error.name : String(error);
};

async function readBody(response: IncomingMessage, url: URL, options: DownloadOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of await unpacked(response)) {
      const bytes = chunk as Uint8Array;
      size += bytes.length;
      if (size > options.limit) throw options.tooMany(url.href);
      chunks.push(bytes);
    }
  } catch (error) {
    if (isRefusal(error)) throw error;
    const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
    throw unreachable(url.href, isLate ? 'no answer in time' : 'the answer broke off');
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks);
}

/** The body without its packing. */
async function unpacked(response: IncomingMessage): Promise<Readable> {
  const coding = response.headers['content-encoding']?.trim().toLowerCase();
  if (coding === undefined || coding === '' || coding === 'identity') return response;
  const [zlib, { pipeline }] = await Promise.all([import('node:zlib'), import('node:stream')]);
  const unpack =
    coding === 'br'
      ? zlib.createBrotliDecompress()
      : coding === 'gzip' || coding === 'x-gzip' || coding === 'deflate'
        ? zlib.createUnzip()
        : undefined;
  if (unpack === undefined) throw new Error(`the packing ${coding} is not known`);
  // whoever reads the end of it gets its errors
  return pipeline(response, unpack, () => {});
}

function unreachable(place: string, reason: string): ImportRefused {
  return new ImportRefused('source-unreachable', `${place} was not read: ${reason}.`, {
    hint: 'Download the description yourself and give the path of the file.',
  });
}
