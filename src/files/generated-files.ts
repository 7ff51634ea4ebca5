import { join } from 'node:path';
import { formatJson } from '../connector/json/edit.ts';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import { nameProblem } from './contained-path.ts';
import { digest } from './digest.ts';
import { nameOf } from './names.ts';
import { readTextWithin } from './read.ts';

/** Where a repository remembers what we wrote; committed with it. */
export const generatedFilesName = '.pp-connector/generated.json';

/**
 * Digests of the files as we last wrote them. A file that still has its digest is ours to renew; any other one was
 * edited and belongs to its author.
 */
export class GeneratedFiles {
  /** Version of this package that the repository is up to date with; undefined: from before that was remembered. */
  version: string | undefined;
  private readonly root: string;
  private readonly digests: Map<string, string>;

  private constructor(root: string, digests: Map<string, string>, version: string | undefined) {
    this.root = root;
    this.digests = digests;
    this.version = version;
  }

  static read(root: string): GeneratedFiles {
    const digests = new Map<string, string>();
    let version: string | undefined;
    try {
      const value = asObject(JSON.parse(readTextWithin(root, join(root, generatedFilesName))));
      version = asString(getOwn(value, 'version'));
      for (const [name, known] of Object.entries(asObject(getOwn(value, 'files')))) {
        const text = asString(known);
        // what a repository says that we wrote is inside of it
        if (text !== undefined && nameProblem(name) === undefined) digests.set(name, text);
      }
    } catch {
      // a repository that has none, or a damaged one: every file then counts as its author's
    }
    return new GeneratedFiles(root, digests, version);
  }

  /** Whether the file on disk is as we last wrote it. */
  isUntouched(path: string, onDisk: Buffer): boolean {
    return this.digests.get(this.name(path)) === digest(onDisk);
  }

  /** Whether these contents are what we last wrote there. */
  isRecorded(path: string, contents: string): boolean {
    return this.digests.get(this.name(path)) === digest(contents);
  }

  /** Whether we ever wrote the file. */
  knows(path: string): boolean {
    return this.digests.has(this.name(path));
  }

  /** Of all files that we ever wrote, relative to the repository, with `/`. */
  names(): string[] {
    return [...this.digests.keys()];
  }

  record(path: string, contents: string | Buffer | null): void {
    if (contents === null) this.digests.delete(this.name(path));
    else this.digests.set(this.name(path), digest(contents));
  }

  /** The file to write. */
  text(): string {
    const files = Object.fromEntries([...this.digests].sort(([a], [b]) => (a < b ? -1 : 1)));
    return formatJson({ ...(this.version === undefined ? {} : { version: this.version }), files });
  }

  get path(): string {
    return join(this.root, generatedFilesName);
  }

  private name(path: string): string {
    return nameOf(this.root, path);
  }
}
