import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.ts';
import { refusalOf } from '../system-error.ts';
import { requireConfinedWrite, requireNoLinkOut } from './contained-path.ts';
import { Journal, removeEmptyFolders, type Step, undo } from './journal.ts';
import { removeFile } from './remove-file.ts';
import { requireWritable } from './writable.ts';

/** A file as it shall be: its new contents, or null when it shall be gone. */
export type Change = readonly [path: string, contents: string | Buffer | null];

export interface WriteOptions {
  /**
   * Folder that the files belong to: while they are written, a journal says how to put everything back; and none of them
   * may be a link that leads out of it.
   */
  root?: string;
  /** Folder in which none of the files may be a link that leads out; default: `root`. What isn't in it was named by the user. */
  within?: string | undefined;
  /** In the private folder of the user: only this user may read what is new, and this process may write there in any case. */
  isPrivate?: boolean;
}

/**
 * Writes files, all or none, and none is ever half-written. Each goes to a temporary file in its own folder first, all
 * of them before any is put in its place: what can fail for want of space or permission fails while nothing has changed
 * yet. Should putting one in its place fail all the same, those before it are put back; should this process be killed
 * meanwhile, `undoInterrupted` puts them back from the journal.
 *
 * @throws UserError naming the file that the operating system refuses, that leads out of the folder by a link, or that
 *   `requireWritable` refuses; then nothing has changed
 */
export function writeFiles(
  changes: Iterable<Change>,
  { root, within = root, isPrivate = false }: WriteOptions = {},
): void {
  const given = [...changes];
  for (const [path] of given) {
    if (within !== undefined) requireNoLinkOut(within, path);
    if (!isPrivate) requireConfinedWrite(path);
  }
  const wanted = given.map(([path, contents]): Change => [followed(path), contents]);
  const steps = wanted.flatMap(([path, contents]) => planStep(path, contents));
  const [first] = steps;
  if (first === undefined) return;
  requireWritable(steps.map(({ path }) => path));
  const contentsOf = new Map(wanted);
  const folders: string[] = [];
  const journal = root === undefined ? undefined : new Journal(root);
  let current = first.path;
  try {
    for (const step of steps) {
      current = step.path;
      makeFolder(dirname(step.path), folders);
    }
    current = journal?.path ?? current;
    journal?.begin(steps, contentsOf, folders);
    for (const step of steps) {
      current = step.path;
      stage(step, contentsOf.get(step.path) ?? null, isPrivate ? 0o600 : 0o666);
    }
    for (const step of steps) {
      current = step.path;
      place(step);
    }
    journal?.commit();
  } catch (error) {
    for (const step of steps.toReversed()) undo(step);
    removeEmptyFolders(folders);
    const reason = explain(error, current);
    try {
      journal?.end();
    } catch {
      // what it says has been done: done again, it changes nothing
    }
    throw reason;
  }
  try {
    for (const { backup } of steps) if (backup !== undefined) removeFile(backup);
    journal?.end();
  } catch {
    // all files are in their places; the next command sweeps up, by the journal
  }
}

/**
 * Makes a folder with those above it. Not by one call: that says neither what it made before it failed, nor, on a
 * read-only disk, why.
 *
 * @param made gets those that weren't there, the upper one first
 */
function makeFolder(folder: string, made: string[]): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder), made);
  try {
    mkdirSync(folder);
    made.push(folder);
  } catch (error) {
    // another command may have made it meanwhile
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** What a link leads to is replaced, not the link. */
function followed(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? realpathSync(path) : path;
}

function planStep(path: string, contents: Change[1]): Step[] {
  const exists = statSync(path, { throwIfNoEntry: false }) !== undefined;
  if (contents === null && !exists) return [];
  const mark = `${path}.${randomBytes(4).toString('hex')}`;
  return [
    {
      path,
      ...(contents === null ? {} : { temporary: `${mark}.tmp` }),
      ...(exists ? { backup: `${mark}.bak` } : {}),
    },
  ];
}

/** The old file gets a second name, the new one waits under a third. */
function stage({ path, temporary, backup }: Step, contents: Change[1], mode: number): void {
  if (backup !== undefined) keep(path, backup);
  if (temporary === undefined || contents === null) return;
  writeFileSync(temporary, contents, { flag: 'wx', mode });
  if (backup !== undefined) chmodSync(temporary, statSync(path).mode);
}

/** A second name takes no space on the disk; where the file system has none, a copy does. */
function keep(path: string, backup: string): void {
  try {
    linkSync(path, backup);
  } catch {
    copyFileSync(path, backup);
  }
}

function place({ path, temporary }: Step): void {
  patiently(() => (temporary === undefined ? unlinkSync(path) : renameSync(temporary, path)));
}

/** Windows refuses to replace or delete a file for as long as a virus scanner or an editor looks at it. */
function patiently(work: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      work();
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (process.platform !== 'win32' || attempt === 5 || (code !== 'EPERM' && code !== 'EBUSY' && code !== 'EACCES'))
        throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50 * attempt);
    }
  }
}

function explain(error: unknown, path: string): unknown {
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  return new UserError(`${path}: it can't be written, ${refusal}`, {
    hint: 'nothing was changed; once that is fixed, run the command again',
    cause: error,
  });
}
