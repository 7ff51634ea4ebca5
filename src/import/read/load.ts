import { createHash } from 'node:crypto';
import { dirname, extname, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asString, isObject, type Json } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { leadsOut } from '../../files/contained-path.ts';
import { isTooLarge, readRegular } from '../../files/read.ts';
import { refusalOf } from '../../system-error.ts';
import { ImportRefused, isRefusal } from '../refusal.ts';
import { refuseForeignText } from './detect.ts';
import { download } from './download.ts';
import { maxBytes } from './limits.ts';
import { resolveUri } from './references.ts';
import type { LoadedSource, ReadingNote, SourceFile } from './source.ts';
import { decodeText, parseText } from './text.ts';

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
const timeoutMs = 30_000;

/** An address rather than the name of a file, whatever its scheme. */
export const isAddress = (place: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(place);

/** The description under a path or an https address, with every file that it refers to. */
export async function readSource(place: string, options: ReadOptions = {}): Promise<LoadedSource> {
  if (isAddress(place)) {
    const { bytes, url } = await fetched(place, options);
    return collect(bytes, place, url, url, options);
  }
  const path = resolve(place);
  return collect(readBytes(path), place, pathToFileURL(path).href, undefined, options);
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
  const { text, notes: decoding } = decodeText(bytes);
  refuseForeignText(text, name);
  const parsed = await parseText(text, name);
  const root: SourceFile = { uri, root: parsed.value, bytes };
  const files = new Map([[uri, root]]);
  const refused = new Map<string, string>();
  const missing: string[] = [];
  const notes: ReadingNote[] = [...decoding, ...parsed.notes];
  const budget = { bytes: maxBytes - bytes.length };
  const queue: SourceFile[] = /\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text) ? [root] : [];
  const tried = new Set([uri]);
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const address of externalReferences(file.root)) {
      const target = resolveUri(address, file.uri);
      if (tried.has(target)) continue;
      tried.add(target);
      const reason = whyRefused(target, uri, options);
      if (reason !== undefined) {
        refused.set(target, reason);
        continue;
      }
      const loaded = await loadReferenced(target, address, budget, options);
      if (loaded === undefined) {
        missing.push(address);
        continue;
      }
      files.set(target, loaded);
      if (files.size > maxFiles) {
        throw new ImportRefused('source-too-big', `${name} refers to more than ${maxFiles} files.`, {
          hint: 'Bundle it into one file first.',
        });
      }
      queue.push(loaded);
    }
  }
  return { root, files, refused, missing, url, sha256, notes };
}

/** Why the rules forbid to follow a reference; undefined when they allow it. */
function whyRefused(target: string, root: string, options: ReadOptions): string | undefined {
  if (!target.includes(':') && !/^[\\/]{2}/.test(target)) return undefined;
  if (!URL.canParse(target)) return 'it is not a valid address';
  const { protocol } = new URL(target);
  if (protocol === 'file:') {
    if (!root.startsWith('file:')) return 'a file of this computer';
    const path = pathOf(target);
    if (path === undefined) return 'it is not a path of this computer';
    const folder = options.refRoot === undefined ? dirname(fileURLToPath(root)) : resolve(options.refRoot);
    // \\\\server\\share: looking for it would sign in to that computer
    if (/^[\\/]{2}/.test(path) && !path.startsWith(folder + sep)) return `it lies outside of ${folder}`;
    return leadsOut(folder, path) === undefined ? undefined : `it lies outside of ${folder}`;
  }
  if (protocol === 'https:' || protocol === 'http:') {
    if (root.startsWith('http') && new URL(root).origin === new URL(target).origin) return undefined;
    if (options.allowRemote !== true) return 'it is another address';
    return protocol === 'http:' && options.allowLocal !== true ? 'only https is allowed' : undefined;
  }
  return protocol === 'stdin:' || protocol === 'memory:' ? undefined : `the scheme ${protocol} is not supported`;
}

/** Undefined for an address that no path of this system can have: of another computer on Linux, or with encoded slashes. */
function pathOf(target: string): string | undefined {
  try {
    const path = fileURLToPath(target);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
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
      bytes = readBytes(fileURLToPath(target));
    } catch (error) {
      if (isRefusal(error)) throw error;
      return undefined;
    }
  } else if (target.startsWith('http')) {
    ({ bytes } = await fetched(target, options));
  } else {
    return undefined;
  }
  budget.bytes -= bytes.length;
  if (budget.bytes < 0) throw tooManyBytes('the description with the files that it refers to');
  const { text } = decodeText(bytes);
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

function readBytes(path: string): Uint8Array {
  try {
    return readRegular(path, maxBytes);
  } catch (error) {
    if (isTooLarge(error)) throw tooManyBytes(path);
    const reason = refusalOf(error) ?? (error instanceof Error ? error.message : String(error));
    throw new UserError(`${path} cannot be read: ${reason}.`, {
      hint: 'Give the path of a file, an https address, or - for standard input.',
      cause: error,
    });
  }
}

const fetched = (place: string, { allowLocal = false, timeout = timeoutMs }: ReadOptions) =>
  download(place, { allowLocal, timeout, limit: maxBytes, tooMany: tooManyBytes });

function tooManyBytes(name: string): ImportRefused {
  return new ImportRefused('source-too-big', `${name} is larger than ${maxBytes / 1024 / 1024} MB.`, {
    hint: 'Take the operations that you need into a smaller description and import that.',
  });
}
