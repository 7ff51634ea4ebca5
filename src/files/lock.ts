import { closeSync, existsSync, linkSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { isRunning } from '../process/is-running.ts';
import { onTermination } from '../process/termination.ts';
import { noteLine, onOneLine } from '../shown.ts';
import { othersJournals, undoInterrupted } from './journal.ts';
import { removeFile } from './remove-file.ts';
import { folderKey, stateFolder, whoseFile } from './state-folder.ts';

export interface LockOptions {
  /** What this process is doing, for the one that has to wait: `pp-connector deploy`. */
  command: string;
  /** For people. */
  notify: (text: string) => void;
  /** Milliseconds to wait for another process. */
  timeoutMs?: number;
}

/** Who has a folder. */
interface Holder {
  pid: number;
  command: string;
  /** ISO 8601. */
  since: string;
}

const held = new Map<string, () => void>();
const defaultTimeoutMs = 30_000;

/**
 * Takes a folder for this process: no other of ours changes its files until it is given back, so that no edit is lost
 * between reading and writing. What a killed process left there is put back first.
 *
 * The lock lies in a folder of this user's, not in the repository; a dead process's lock doesn't count, nor does what
 * isn't a file of ours. Without such a folder there is no lock: that is not a reason not to work.
 *
 * @returns gives the folder back; it is also given back when this process ends
 * @throws UserError when another process has it and keeps it
 */
export async function lockFolder(folder: string, options: LockOptions): Promise<() => void> {
  const key = folderKey(folder);
  if (held.has(key)) return () => {};
  const place = stateFolder(folder);
  const path = place && join(place, `${key}.lock`);
  const isLocked = path !== undefined && (await acquire(path, folder, options));
  const release = (): void => {
    // given back before: another process may have it by now
    if (held.get(key) !== release) return;
    if (isLocked) removeFile(path);
    held.delete(key);
    forget();
  };
  const forget = onTermination(release);
  held.set(key, release);
  const ignored = othersJournals(folder);
  if (ignored !== undefined) options.notify(noteLine(ignored));
  const names = undoInterrupted(folder);
  if (names.length > 0) {
    options.notify(noteLine(`a command was killed while it wrote; put back as it was before: ${names.join(', ')}`));
  }
  return release;
}

/** @returns false: there is no place for a lock */
async function acquire(path: string, folder: string, options: LockOptions): Promise<boolean> {
  const { command, notify, timeoutMs = defaultTimeoutMs } = options;
  const mine: Holder = { pid: process.pid, command, since: new Date().toISOString() };
  const giveUp = Date.now() + timeoutMs;
  for (let isTold = false; ; ) {
    const outcome = tryToCreate(path, mine);
    if (outcome !== 'taken') return outcome === 'created';
    // a pipe, a folder, somebody else's file: nothing of ours, and nothing to wait for
    if (whoseFile(path) === 'theirs') return false;
    const holder = readHolder(path);
    if (isDead(holder, path)) {
      if (!discard(path, holder)) return false;
      continue;
    }
    if (Date.now() >= giveUp) throw busy(folder, path, holder);
    if (!isTold && holder !== undefined) notify(`waiting for ${onOneLine(holder.command)} (process ${holder.pid}) …\n`);
    isTold = true;
    await sleep(100);
  }
}

function tryToCreate(path: string, holder: Holder): 'created' | 'taken' | 'impossible' {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, JSON.stringify(holder));
    closeSync(file);
    return 'created';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'taken' : 'impossible';
  }
}

/** Undefined: it is just being written, was given back a moment ago, or was cut off. */
function readHolder(path: string): Holder | undefined {
  try {
    const value = asObject(JSON.parse(readFileSync(path, 'utf8')));
    return {
      pid: Number(getOwn(value, 'pid')),
      command: asString(getOwn(value, 'command')) ?? 'pp-connector',
      since: asString(getOwn(value, 'since')) ?? '',
    };
  } catch {
    return undefined;
  }
}

function isDead(holder: Holder | undefined, path: string): boolean {
  if (holder !== undefined) return holder.pid === process.pid || !isRunning(holder.pid);
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > 2000;
}

/**
 * Removes a dead lock, unless another process was quicker and has made one of its own there.
 *
 * @returns false: it belongs to another user, and stays
 */
function discard(path: string, dead: Holder | undefined): boolean {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readHolder(aside)?.pid !== dead?.pid) linkSync(aside, path);
  } catch {
    // it is gone, or another one has come, or it isn't ours to remove
  }
  removeFile(aside);
  return readHolder(path)?.pid !== dead?.pid || !existsSync(path);
}

function busy(folder: string, path: string, holder: Holder | undefined): UserError {
  const who =
    holder === undefined ? 'another command' : `${holder.command} (process ${holder.pid}, since ${holder.since})`;
  return new UserError(`${folder}: ${who} is working here`, {
    hint: `wait until it has ended, then run the command again; if nothing is running, delete ${path}`,
  });
}
