import { crc32, inflateRawSync } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { collisionKey, entryName } from './entry-name.ts';
import type { Budget } from './limits.ts';
import { mebibytes } from './limits.ts';
import { ArchiveRefused, shownName } from './refused.ts';

export interface ArchiveFile {
  /** Path in the archive, with slashes. */
  name: string;
  bytes: Buffer;
  /** When it was last changed, as the archive says (in the time zone of whoever wrote it); undefined where it says nothing. */
  modified: Date | undefined;
}

/** An archive in memory. Nothing of it ever reaches the disk. */
export interface Archive {
  /** For people: `package.zip!name.pdpkg.zip!PkgAssets/flow.zip`. */
  place: string;
  /** By path, in the archive's order. */
  files: ReadonlyMap<string, ArchiveFile>;
  /** All folders, also those that have no entry of their own, without a slash at the end. */
  folders: ReadonlySet<string>;
}

/** @throws ArchiveRefused for what is not a zip archive, is damaged, or is made to do harm */
export async function readArchive(bytes: Buffer, place: string, budget: Budget): Promise<Archive> {
  const { file } = budget.limits;
  if (bytes.length > file) throw new ArchiveRefused(`it is larger than ${mebibytes(file)}`);
  try {
    return await new Reader(bytes, place, budget).read();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** What yauzl and zlib say of damaged archives, as ours; anything else is a mistake of ours. */
function asRefusal(error: unknown): unknown {
  if (error instanceof ArchiveRefused || !(error instanceof Error)) return error;
  if (error instanceof TypeError || error instanceof ReferenceError) return error;
  const isEnd = /End of central directory record signature not found/.test(error.message);
  return new ArchiveRefused(
    isEnd ? 'it is not a zip archive, or its end is missing' : `it is damaged: ${shownName(error.message)}`,
  );
}

/** Where the bytes of an entry are, headers included. */
interface Extent {
  name: string;
  start: number;
  end: number;
}

class Reader {
  private readonly bytes: Buffer;
  private readonly place: string;
  private readonly budget: Budget;
  private readonly files = new Map<string, ArchiveFile>();
  private readonly folders = new Set<string>();
  private readonly seen = new Map<string, string>();
  private readonly extents: Extent[] = [];

  constructor(bytes: Buffer, place: string, budget: Budget) {
    this.bytes = bytes;
    this.place = place;
    this.budget = budget;
  }

  async read(): Promise<Archive> {
    const { fromBufferPromise } = await import('yauzl');
    // names are checked here, as bytes: decoding would turn backslashes into slashes
    const zip = await fromBufferPromise(this.bytes, { decodeStrings: false, validateEntrySizes: true });
    const directory = Number(zip.readEntryCursor);
    if (zip.entryCount > this.budget.limits.entries) {
      throw new ArchiveRefused(`it says that it holds ${zip.entryCount} files`);
    }
    for await (const entry of zip.eachEntry()) await this.add(zip, entry);
    this.requireSeparate(directory);
    this.requireTree();
    return { place: this.place, files: this.files, folders: this.folders };
  }

  private async add(zip: ZipFile, entry: Entry): Promise<void> {
    this.budget.count();
    const name = entryName(entry.fileNameRaw, (entry.generalPurposeBitFlag & 0x800) !== 0);
    requirePlain(entry, name);
    this.requireNew(name);
    const { fileDataStart, fileName } = await zip.readLocalFileHeaderPromise(entry);
    if (!fileName.equals(entry.fileNameRaw)) {
      throw new ArchiveRefused(`"${name}" has another name in front of its data: programs would disagree about it`);
    }
    const end = fileDataStart + entry.compressedSize;
    this.extents.push({ name, start: entry.relativeOffsetOfLocalHeader, end });
    for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) this.folders.add(name.slice(0, at));
    if (name.endsWith('/')) {
      if (entry.uncompressedSize > 0) throw new ArchiveRefused(`the folder "${name}" holds data`);
      return;
    }
    this.budget.spend(name, entry.compressedSize, entry.uncompressedSize);
    const bytes = unpack(entry, name, this.bytes.subarray(fileDataStart, end));
    this.files.set(name, { name, bytes, modified: dateOf(entry) });
  }

  private requireNew(name: string): void {
    const key = collisionKey(name);
    const other = this.seen.get(key);
    if (other === name) throw new ArchiveRefused(`"${name}" is in it twice`);
    if (other !== undefined) throw new ArchiveRefused(`"${name}" and "${other}" are one file on Windows and macOS`);
    this.seen.set(key, name);
  }

  /** Entries that share bytes are how small bombs are made. */
  private requireSeparate(directory: number): void {
    const sorted = [...this.extents].sort((a, b) => a.start - b.start);
    sorted.forEach((extent, index) => {
      const next = sorted[index + 1];
      if (extent.end > (next?.start ?? directory)) {
        throw new ArchiveRefused(
          `"${extent.name}" overlaps ${next === undefined ? 'the directory' : `"${next.name}"`}`,
        );
      }
    });
  }

  /** A name can't be a file and a folder; folders that differ in case only are one on Windows and macOS. */
  private requireTree(): void {
    const folders = new Map<string, string>();
    for (const folder of this.folders) {
      const key = collisionKey(folder);
      const other = folders.get(key);
      if (other !== undefined) {
        throw new ArchiveRefused(`the folders "${folder}" and "${other}" are one on Windows and macOS`);
      }
      folders.set(key, folder);
    }
    for (const name of this.files.keys()) {
      if (folders.has(collisionKey(name))) throw new ArchiveRefused(`"${name}" is a file and a folder`);
    }
  }
}

/** @throws ArchiveRefused for what isn't simply a file or folder */
function requirePlain(entry: Entry, name: string): void {
  if (entry.isEncrypted()) throw new ArchiveRefused(`"${name}" is encrypted`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new ArchiveRefused(`"${name}" is compressed by method ${entry.compressionMethod}; only deflate is known`);
  }
  // a name in an extra field takes the place of the other one for some programs
  if (entry.extraFields.some(({ id }) => id === 0x7075)) throw new ArchiveRefused(`"${name}" has a second name`);
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) throw new ArchiveRefused(`"${name}" is a symbolic link`);
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) throw new ArchiveRefused(`"${name}" is not a regular file`);
}

/** The size that the entry declares is the most that is ever inflated. */
function unpack({ compressionMethod, uncompressedSize, crc32: expected }: Entry, name: string, packed: Buffer): Buffer {
  let bytes: Buffer;
  try {
    bytes =
      compressionMethod === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(uncompressedSize, 1) });
  } catch (error) {
    const isLarger = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new ArchiveRefused(`"${name}" ${isLarger ? 'is larger than it declares' : 'is damaged'}`);
  }
  if (bytes.length !== uncompressedSize) throw new ArchiveRefused(`"${name}" is not as long as it declares`);
  if (crc32(bytes) !== expected) throw new ArchiveRefused(`"${name}" is damaged: its checksum differs`);
  return bytes;
}

/** 1980 is where the format's calendar begins, and what programs write that have no date to tell. */
function dateOf(entry: Entry): Date | undefined {
  const date = entry.getLastModDate();
  return date.getFullYear() > 1980 ? date : undefined;
}
