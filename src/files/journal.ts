import { existsSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { asArray, asObject, asString, own } from '../connector/json/value.ts';
import { digest } from './digest.ts';
import { nameOf } from './names.ts';

/** One file of a write: the new one waits as `temporary`, the old one lives on as `backup` until all are in place. */
export interface Step {
  /** Absolute, like the other two. */
  path: string;
  /** Undefined: the file is deleted. */
  temporary?: string;
  /** Undefined: there was no such file before. */
  backup?: string;
}

const journalName = '.pp-connector.interrupted.json';
/** Its name when all files are in place and only backups are left to be removed. */
const doneName = '.pp-connector.done.json';

/**
 * Says how to undo a write that this process may not live to finish. It is there only while files are written.
 */
export class Journal {
  private readonly root: string;

  /** @param root the folder that the journal lies in */
  constructor(root: string) {
    this.root = root;
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
    const name = (path: string): string => nameOf(this.root, path);
    const files = steps.map(({ path, temporary, backup }) => {
      const after = contents.get(path) ?? undefined;
      return {
        path: name(path),
        ...(temporary === undefined ? {} : { temporary: name(temporary) }),
        ...(backup === undefined ? {} : { backup: name(backup) }),
        ...(after === undefined ? {} : { after: digest(after) }),
      };
    });
    writeFileSync(join(this.root, journalName), `${JSON.stringify({ files, folders: folders.map(name) })}\n`);
  }

  /** All files are in their places: from now on the new state counts. */
  commit(): void {
    renameSync(join(this.root, journalName), join(this.root, doneName));
  }

  end(): void {
    for (const name of [journalName, doneName]) rmSync(join(this.root, name), { force: true });
  }
}

/**
 * Puts back what a killed process left half done in a folder: as if it had never begun, so that its command can be run
 * again. A file that somebody has edited since stays as it is.
 *
 * @returns names of the files of that write, relative to the folder; none: nothing was interrupted
 */
export function undoInterrupted(root: string): string[] {
  const isDone = existsSync(join(root, doneName));
  if (!isDone && !existsSync(join(root, journalName))) return [];
  const { steps, folders } = readJournal(root, isDone ? doneName : journalName);
  for (const step of steps.toReversed()) {
    if (!isDone) undo(step);
    else if (step.backup !== undefined) rmSync(step.backup, { force: true });
  }
  if (!isDone) removeEmptyFolders(folders, steps);
  new Journal(root).end();
  return isDone ? [] : steps.map(({ path }) => nameOf(root, path));
}

/**
 * Takes one step back, wherever it stopped.
 *
 * @param step with `after`, the digest of the new contents, a file that isn't those is somebody's edit and stays
 */
export function undo({ path, temporary, backup, after }: Step & { after?: string | undefined }): void {
  const isPlaced = temporary === undefined ? !existsSync(path) : !existsSync(temporary);
  if (!isPlaced && temporary !== undefined) rmSync(temporary, { force: true });
  const isEdited = isPlaced && after !== undefined && existsSync(path) && digest(readFileSync(path)) !== after;
  if (backup !== undefined && existsSync(backup)) {
    if (isPlaced && !isEdited) renameSync(backup, path);
    // two names of one file stay two by renaming
    rmSync(backup, { force: true });
  } else if (backup === undefined && isPlaced && !isEdited) {
    rmSync(path, { force: true });
  }
}

/** A journal that was cut off tells of a write that had not begun. */
function readJournal(
  root: string,
  name: string,
): { steps: (Step & { after?: string | undefined })[]; folders: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(root, name), 'utf8'));
  } catch {
    return { steps: [], folders: [] };
  }
  const absolute = (file: unknown, key: string): string | undefined => {
    const text = asString(own(asObject(file), key));
    return text === undefined ? undefined : resolve(root, text);
  };
  const steps = asArray(own(asObject(value), 'files')).flatMap((file) => {
    const path = absolute(file, 'path');
    if (path === undefined) return [];
    const [temporary, backup] = [absolute(file, 'temporary'), absolute(file, 'backup')];
    const after = asString(own(asObject(file), 'after'));
    return [{ path, ...(temporary && { temporary }), ...(backup && { backup }), after }];
  });
  const folders = asArray(own(asObject(value), 'folders')).flatMap((folder) => asString(folder) ?? []);
  return { steps, folders: folders.map((folder) => resolve(root, folder)) };
}

/** Folders that were made for the files of a write, as far as nothing else is in them. */
export function removeEmptyFolders(folders: readonly string[], steps: readonly Step[]): void {
  for (const made of folders) {
    for (const { path } of steps) {
      for (let at = dirname(path); at === made || at.startsWith(made + sep); at = dirname(at)) {
        try {
          rmdirSync(at);
        } catch {
          break; // something is in it
        }
      }
    }
  }
}
