import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whyLinkedOutside } from '../files/contained-path.ts';

/** What a tree or the index has under a name. */
export interface GitEntry {
  /** `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
  mode: string;
  /** Hash of the contents, SHA-1 or SHA-256. */
  id: string;
}

/**
 * Whether a file of the working tree has the contents that git knows. It is compared here and not by git, which would
 * run the filters that the repository's configuration names.
 *
 * As git does, it takes CRLF for LF, and what Git LFS keeps for the pointer to it. Contents that another filter makes, or
 * `working-tree-encoding`, count as changed.
 *
 * @param root of the working tree
 * @param name with `/`
 * @param read contents of a blob
 */
export function isUnchangedFile(
  root: string,
  name: string,
  entry: GitEntry,
  read: (id: string) => Buffer | undefined,
): boolean {
  if (entry.mode === '160000') return true; // a submodule has commits of its own
  const bytes = contentsOf(root, name);
  if (bytes === undefined) return false;
  if (blobId(bytes, entry.id) === entry.id) return true;
  if (isText(bytes) && blobId(withLf(bytes), entry.id) === entry.id) return true;
  return lfsHash(read(entry.id)) === createHash('sha256').update(bytes).digest('hex');
}

const largest = 512 * 1024 * 1024;

/** Bytes of a file, or where a link leads; undefined: it isn't there, is not a file, or lies in a linked folder outside. */
function contentsOf(root: string, name: string): Buffer | undefined {
  const path = join(root, ...name.split('/'));
  if (whyLinkedOutside(root, dirname(path)) !== undefined) return undefined;
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return Buffer.from(readlinkSync(path));
    return stats.isFile() && stats.size <= largest ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** How git names contents; the length of another name tells which hash the repository has. */
const blobId = (bytes: Buffer, like: string): string =>
  createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');

/** By git's rule: no zero byte near the beginning. */
const isText = (bytes: Buffer): boolean => !bytes.subarray(0, 8000).includes(0);

const withLf = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');

/** SHA-256 of the contents that a pointer of Git LFS speaks of. */
function lfsHash(blob: Buffer | undefined): string | undefined {
  if (blob === undefined || blob.length > 1024) return undefined;
  return /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n/.exec(
    blob.toString('latin1'),
  )?.[1];
}
