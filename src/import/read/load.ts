import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readFile, realpath, stat } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asString, isObject, type Json } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { isInside } from '../../files/contained-path.ts';
import { ImportRefused, isRefusal } from '../refusal.ts';
import { refuseForeignText } from './detect.ts';
import { resolveUri } from './references.ts';
import type { LoadedSource, ReadingNote, SourceFile } from './source.ts';
import { decodeText, maxBytes, parseText } from './text.ts';

/** What reading may touch. The strictest is the default. */
export interface ReadOptions {
  /** Folder below which referenced files may lie; default: the folder of the description. Absolute. */
  refRoot?: string;
  /** Follow references to other https addresses. */
  allowRemote?: boolean;
  /** Requests to loopback and private addresses, and over plain http. */
  allowLocal?: boolean;
  /** Milliseconds for one download. */
  timeout?: number;
}

const maxFiles = 3000;
const maxRedirects = 5;
const timeoutMs = 30_000;

/** The description under a path or an https address, with every file that it refers to. */
export async function readSource(place: string, options: ReadOptions = {}): Promise<LoadedSource> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) {
    const { bytes, url } = await download(place, options);
    return collect(bytes, place, url, url, options);
  }
  const path = resolve(place);
  return collect(await readBytes(path), place, pathToFileURL(path).href, undefined, options);
}

/** A description that was piped in: it has no folder, so references to other files stay unresolved. */
export async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  options: ReadOptions = {},
): Promise<LoadedSource> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > maxBytes) throw tooManyBytes('standard input');
    chunks.push(bytes);
  }
  const uri =
    options.refRoot === undefined ? 'stdin:///description' : pathToFileURL(resolve(options.refRoot, 'stdin')).href;
  return collect(Buffer.concat(chunks), 'standard input', uri, undefined, options);
}

/** A description that is already in memory, complete in itself. */
export async function sourceFromText(text: string, name = 'description', url?: string): Promise<LoadedSource> {
  return collect(new TextEncoder().encode(text), name, url ?? `memory:///${encodeURIComponent(name)}`, url, {});
}

async function collect(
  bytes: Uint8Array,
  name: string,
  uri: string,
  url: string | undefined,
  options: ReadOptions,
): Promise<LoadedSource> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = decodeText(bytes);
  refuseForeignText(text, name);
  const parsed = await parseText(text, name);
  const root: SourceFile = { uri, root: parsed.value, bytes };
  const files = new Map([[uri, root]]);
  const refused = new Map<string, string>();
  const notes: ReadingNote[] = [...parsed.notes];
  const budget = { bytes: maxBytes - bytes.length };
  const queue: SourceFile[] = /\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text) ? [root] : [];
  const tried = new Set([uri]);
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const address of externalReferences(file.root)) {
      const target = resolveUri(address, file.uri);
      if (tried.has(target)) continue;
      tried.add(target);
      const reason = await whyRefused(target, uri, options);
      if (reason !== undefined) {
        refused.set(target, reason);
        continue;
      }
      const loaded = await loadReferenced(target, address, budget, options);
      if (loaded === undefined) continue;
      files.set(target, loaded);
      if (files.size > maxFiles) {
        throw new ImportRefused('source-too-big', `${name} refers to more than ${maxFiles} files.`, {
          hint: 'Bundle it into one file first.',
        });
      }
      queue.push(loaded);
    }
  }
  return { root, files, refused, url, sha256, notes };
}

/** Why the rules forbid to follow a reference; undefined when they allow it. */
async function whyRefused(target: string, root: string, options: ReadOptions): Promise<string | undefined> {
  if (!target.includes(':')) return undefined;
  const { protocol } = new URL(target);
  if (protocol === 'file:') {
    if (!root.startsWith('file:')) return 'a file of this computer';
    const folder = options.refRoot === undefined ? dirname(fileURLToPath(root)) : resolve(options.refRoot);
    const path = await realpath(fileURLToPath(target)).catch(() => fileURLToPath(target));
    const real = await realpath(folder).catch(() => folder);
    return isInside(real, path) ? undefined : `it lies outside of ${folder}`;
  }
  if (protocol === 'https:' || protocol === 'http:') {
    if (root.startsWith('http') && new URL(root).origin === new URL(target).origin) return undefined;
    if (options.allowRemote !== true) return 'it is another address';
    return protocol === 'http:' && options.allowLocal !== true ? 'only https is allowed' : undefined;
  }
  return protocol === 'stdin:' || protocol === 'memory:' ? undefined : `the scheme ${protocol} is not supported`;
}

/** Undefined when there is no such file: the converter reports the reference as unresolvable. */
async function loadReferenced(
  target: string,
  address: string,
  budget: { bytes: number },
  options: ReadOptions,
): Promise<SourceFile | undefined> {
  let bytes: Uint8Array;
  if (target.startsWith('file:')) {
    try {
      bytes = await readBytes(fileURLToPath(target));
    } catch (error) {
      if (isRefusal(error)) throw error;
      return undefined;
    }
  } else if (target.startsWith('http')) {
    ({ bytes } = await download(target, options));
  } else {
    return undefined;
  }
  budget.bytes -= bytes.length;
  if (budget.bytes < 0) throw tooManyBytes('the description with the files that it refers to');
  const text = decodeText(bytes);
  const isProse = ['.md', '.markdown', '.txt', '.html'].includes(extname(new URL(target).pathname).toLowerCase());
  return { uri: target, root: isProse ? text : (await parseText(text, address)).value, bytes };
}

/** Members that hold samples: their references name nothing that a converter needs. */
const sampleMembers: ReadonlySet<string> = new Set(['example', 'examples']);

/** Addresses of other files in a document, without their fragments. */
function externalReferences(root: Json): string[] {
  const found = new Set<string>();
  const queue: [Json, boolean][] = [[root, false]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [value, named] = next;
    if (Array.isArray(value)) {
      for (const entry of value) queue.push([entry, false]);
    } else if (isObject(value)) {
      const reference = asString(value.$ref);
      if (reference !== undefined && !reference.startsWith('#')) found.add(reference.split('#')[0] ?? reference);
      for (const [key, entry] of Object.entries(value)) {
        // In a map of names (`named`) every key is data; elsewhere samples and vendor data are skipped.
        if (!named && (sampleMembers.has(key) || (key.startsWith('x-') && !key.startsWith('x-ms-')))) continue;
        queue.push([entry, !named && key === 'properties']);
      }
    }
  }
  return [...found];
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw tooManyBytes(path);
    return await readFile(path);
  } catch (error) {
    if (isRefusal(error)) throw error;
    throw new UserError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, {
      hint: 'Give the path of a file, an https address, or - for standard input.',
      cause: error,
    });
  }
}

function tooManyBytes(name: string): ImportRefused {
  return new ImportRefused('source-too-big', `${name} is larger than ${maxBytes / 1024 / 1024} MB.`, {
    hint: 'Take the operations that you need into a smaller description and import that.',
  });
}

/** Loopback, private, link-local and other addresses that are no public servers (RFC 6890). */
const privateAddresses = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  privateAddresses.addSubnet(address, bits, 'ipv4');
}
for (const [address, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateAddresses.addSubnet(address, bits, 'ipv6');
}

/** True for addresses that a description from the internet has no business pointing to. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return privateAddresses.check(mapped, 'ipv4');
  return privateAddresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Downloads with all limits: https, public addresses, few redirects, bounded time and size. */
async function download(place: string, options: ReadOptions): Promise<{ bytes: Uint8Array; url: string }> {
  let url = new URL(place);
  const signal = AbortSignal.timeout(options.timeout ?? timeoutMs);
  for (let step = 0; step <= maxRedirects; step++) {
    await checkAddress(url, options);
    const response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json, application/yaml, */*' },
    }).catch((error: unknown) => {
      throw unreachable(
        url,
        error instanceof Error ? (error.name === 'TimeoutError' ? 'no answer in time' : error.message) : String(error),
      );
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = new URL(location, url);
      continue;
    }
    if (!response.ok) throw unreachable(url, `the server answered ${response.status} ${response.statusText}`.trim());
    return { bytes: await readBody(response, url), url: url.href };
  }
  throw unreachable(url, `more than ${maxRedirects} redirects`);
}

async function readBody(response: Response, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw tooManyBytes(url.href);
      chunks.push(chunk);
    }
  } catch (error) {
    if (isRefusal(error)) throw error;
    throw unreachable(
      url,
      error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'the answer broke off',
    );
  }
  return Buffer.concat(chunks);
}

async function checkAddress(url: URL, options: ReadOptions): Promise<void> {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && options.allowLocal === true)) {
    throw unreachable(url, `only https addresses are read, not ${url.protocol}`);
  }
  if (options.allowLocal === true) return;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host)
    ? [host]
    : (await lookup(host, { all: true }).catch(() => [])).map((entry) => entry.address);
  if (addresses.length === 0) throw unreachable(url, `the name ${host} is not known`);
  if (addresses.some(isPrivateAddress))
    throw unreachable(url, `${host} is an address of this computer or of a private network (--allow-local permits it)`);
}

function unreachable(url: URL, reason: string): ImportRefused {
  return new ImportRefused('source-unreachable', `${url.href} was not read: ${reason}.`, {
    hint: 'Download the description yourself and give the path of the file.',
  });
}
