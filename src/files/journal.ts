import { existsSync, lstatSync, readFileSync, renameSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { asArray, asObject, asString, getOwn } from '../connector/json/value.ts';
import { digest } from './digest.ts';
import { nameOf } from './names.ts';
import { removeFile } from './remove-file.ts';
import { folderKey, realFolder, stateFolder, whoseFile } from './state-folder.ts';

/** One file of a write: the new one waits as `temporary`, the old one lives on as `backup` until all are in place. */
export interface Step {
  /** Absolute, like the other two. */
  path: string;
  /** Undefined: the file is deleted. */
  temporary?: string;
  /** Undefined: there was no such file before. */
  backup?: string;
}

/** A journal as it lies on disk. All paths are absolute, without links. */
interface Entry {
  root: string;
  /** Number of the folder in its file system: tells it from another one that has its name now. */
  inode: string;
  files: (Step & { after?: string | undefined })[];
  folders: string[];
}

/** While files are written; then, with all of them in place, until their backups are removed. */
type State = 'interrupted' | 'done';

/** Where a folder's journal lies; undefined: this machine has no place for one, and writes go without. */
function journalPath(root: string, state: State): string | undefined {
  const folder = stateFolder(root);
  return folder && join(folder, `${folderKey(root)}.${state}.json`);
}

/**
 * Says how to undo a write that this process may not live to finish. It is there only while files are written, and never
 * in the repository: who can put files there must not be able to say what is to be undone.
 */
export class Journal {
  private readonly root: string;
  /** Absolute; undefined: there is no place for it. */
  readonly path: string | undefined;
  private readonly donePath: string | undefined;

  /** @param root folder that the files belong to */
  constructor(root: string) {
    this.root = realFolder(root);
    this.path = journalPath(root, 'interrupted');
    this.donePath = journalPath(root, 'done');
  }

  /**
   * @param contents new contents by path
   * @param folders those that were made for the write
   */
  begin(
    steps: readonly Step[],
    contents: ReadonlyMap<string, string | Buffer | null>,
    folders: readonly string[],
  ): void {
    if (this.path === undefined) return;
    const files = steps.map(({ path, temporary, backup }) => {
      const after = contents.get(path) ?? undefined;
      return {
        path: realName(path),
        ...(temporary === undefined ? {} : { temporary: realName(temporary) }),
        ...(backup === undefined ? {} : { backup: realName(backup) }),
        ...(after === undefined ? {} : { after: digest(after) }),
      };
    });
    const entry: Entry = { root: this.root, inode: inodeOf(this.root), files, folders: folders.map(realFolder) };
    writeFileSync(this.path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  /** All files are in their places: from now on the new state counts. */
  commit(): void {
    if (this.path !== undefined && this.donePath !== undefined) renameSync(this.path, this.donePath);
  }

  end(): void {
    for (const path of [this.path, this.donePath]) if (path !== undefined) removeFile(path);
  }
}

/** A path through no link but perhaps its own last part. */
const realName = (path: string): string => join(realFolder(dirname(path)), basename(path));

function inodeOf(folder: string): string {
  return String(statSync(folder, { bigint: true, throwIfNoEntry: false })?.ino);
}

/**
 * Puts back what a killed process left half done in a folder: as if it had never begun, so that its command can be run
 * again. A file that somebody has edited since stays as it is.
 *
 * @returns names of the files of that write, relative to the folder; none: nothing was interrupted
 */
export function undoInterrupted(root: string): string[] {
  const interrupted = readJournal(root, 'interrupted');
  const steps = (interrupted?.files ?? []).filter(isStep);
  for (const step of steps.toReversed()) undo(step);
  removeEmptyFolders(interrupted?.folders ?? []);
  // of a write before it, whose backups could not be removed
  for (const { backup } of (readJournal(root, 'done')?.files ?? []).filter(isStep))
    if (backup !== undefined) removeFile(backup);
  new Journal(root).end();
  return steps.map(({ path }) => nameOf(realFolder(root), path));
}

/**
 * Journals of older versions lay in the repository, where anybody could put one. They aren't believed any more.
 *
 * @returns one sentence about those that are there, for people; undefined: there are none
 */
export function othersJournals(root: string): string | undefined {
  const names = ['.pp-connector.interrupted.json', '.pp-connector.done.json'];
  const there = names.filter((name) => lstatSync(join(root, name), { throwIfNoEntry: false }) !== undefined);
  if (there.length === 0) return undefined;
  return (
    `${there.join(' and ')}: ignored, since a repository doesn't say what is to be undone; ` +
    'if a command of an older version was killed here, look for *.tmp and *.bak files, then delete it'
  );
}

/**
 * Takes one step back, wherever it stopped.
 *
 * @param step with `after`, the digest of the new contents, a file that isn't those is somebody's edit and stays
 */
export function undo({ path, temporary, backup, after }: Step & { after?: string | undefined }): void {
  const isPlaced = temporary === undefined ? !existsSync(path) : !existsSync(temporary);
  if (!isPlaced && temporary !== undefined) removeFile(temporary);
  const isEdited = isPlaced && after !== undefined && existsSync(path) && digest(readFileSync(path)) !== after;
  if (backup !== undefined && existsSync(backup)) {
    if (isPlaced && !isEdited) renameSync(backup, path);
    // two names of one file stay two by renaming
    removeFile(backup);
  } else if (backup === undefined && isPlaced && !isEdited) {
    removeFile(path);
  }
}

/**
 * A journal that was cut off tells of a write that had not begun; one of a folder that had the name of this one before
 * tells nothing.
 */
function readJournal(root: string, state: State): Entry | undefined {
  const path = journalPath(root, state);
  if (path === undefined || whoseFile(path) !== 'ours') return undefined;
  const nothing: Entry = { root, inode: '', files: [], folders: [] };
  try {
    const value = asObject(JSON.parse(readFileSync(path, 'utf8')));
    const real = realFolder(root);
    if (getOwn(value, 'root') !== real || getOwn(value, 'inode') !== inodeOf(real)) return nothing;
    const files = asArray(getOwn(value, 'files')).flatMap((file) => {
      const [name, temporary, backup, after] = ['path', 'temporary', 'backup', 'after'].map((key) =>
        asString(getOwn(asObject(file), key)),
      );
      return name === undefined
        ? []
        : [{ path: name, ...(temporary && { temporary }), ...(backup && { backup }), after }];
    });
    return {
      root: real,
      inode: '',
      files,
      folders: asArray(getOwn(value, 'folders')).flatMap((one) => asString(one) ?? []),
    };
  } catch {
    return nothing;
  }
}

/** Whether a step is one that we could have made: names of ours beside the file, regular files, and no link on the way. */
function isStep({ path, temporary, backup }: Step): boolean {
  const mark = /\.[0-9a-f]{8}$/;
  const isBeside = (name: string | undefined, extension: string): boolean =>
    name === undefined ||
    (name.endsWith(extension) &&
      name.slice(0, -extension.length).replace(mark, '') === path &&
      mark.test(name.slice(0, -4)));
  const isFile = (name: string | undefined): boolean => {
    const stats = name === undefined ? undefined : lstatSync(name, { throwIfNoEntry: false });
    return stats === undefined || stats.isFile();
  };
  return (
    isAbsolute(path) &&
    realName(path) === path &&
    isBeside(temporary, '.tmp') &&
    isBeside(backup, '.bak') &&
    [path, temporary, backup].every(isFile)
  );
}

/** Folders that were made for the files of a write, as far as nothing else is in them. @param folders the upper ones first */
export function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // something is in it, or it is gone
    }
  }
}
