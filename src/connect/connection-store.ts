import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { asString, getOwn, type Json, type JsonObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { digest } from '../files/digest.ts';
import { lockFolder } from '../files/lock.ts';
import { readPrivateText } from '../files/read.ts';
import { realFolder, stateFolder, whoseFile } from '../files/state-folder.ts';
import { writeFiles } from '../files/write.ts';
import { shellWord } from '../process/command.ts';
import { onOneLine } from '../shown.ts';
import { findKeychain, type Keychain, readStored, removeStored, storeText } from './keychain.ts';
import { contentsFrom, type Facts, factsFrom, type StoredConnection } from './stored-connection.ts';

/** A connection as it is listed. */
export interface Listed extends Facts {
  /** Absolute path of its file. */
  path: string;
  place: 'file' | 'keychain';
}

/** Where in the keychain: the account of its parts, and how many there are. */
interface InKeychain {
  account: string;
  parts: number;
}

interface Found {
  listed: Listed;
  contents: Json | undefined;
  keychain: InKeychain | undefined;
}

const folderName = 'connections';

/** The lock is one between processes; within this one, whoever comes later waits here. By folder: the last in the queue. */
const turns = new Map<string, Promise<unknown>>();

/**
 * The connections of one connector: one file per connector and name, in the private folder of this user, outside of every
 * repository; their values in the keychain where there is one.
 */
export class ConnectionStore {
  private readonly folder: string;
  private readonly key: string;
  private readonly keychain: Keychain | undefined;

  private constructor(state: string, root: string, keychain: Keychain | undefined) {
    this.folder = join(state, folderName);
    // without the name of the machine, which some networks choose
    this.key = digest(realFolder(root));
    this.keychain = keychain;
  }

  /**
   * @param root folder of the connector, which needn't be there any more
   * @returns undefined: this user has no private folder on this machine
   */
  static find(root: string, keychain: Keychain | undefined = findKeychain()): ConnectionStore | undefined {
    const state = stateFolder(root);
    return state === undefined ? undefined : new ConnectionStore(state, root, keychain);
  }

  /** @throws UserError when this user has no private folder on this machine */
  static of(root: string, keychain?: Keychain): ConnectionStore {
    const store = ConnectionStore.find(root, keychain);
    if (store !== undefined) return store;
    throw new UserError('there is no private folder on this machine to keep a connection in', {
      hint: 'set XDG_STATE_HOME (on Windows LOCALAPPDATA) to a folder that only you can write to; or give values by environment variables',
    });
  }

  /** By name; with what is damaged left out. */
  list(): Listed[] {
    return this.files(`${this.key}.`)
      .flatMap((path) => this.find(path)?.listed ?? [])
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** In lower case, as the files are called: also of what is damaged. */
  names(): string[] {
    const prefix = `${this.key}.`;
    return this.files(prefix)
      .map((path) => basename(path).slice(prefix.length, -'.json'.length))
      .sort();
  }

  /** Those of all connectors on this machine. */
  listAll(): Listed[] {
    return this.files('')
      .flatMap((path) => this.find(path)?.listed ?? [])
      .sort((a, b) => (`${a.folder}\0${a.name}` < `${b.folder}\0${b.name}` ? -1 : 1));
  }

  /**
   * A connection with its values; without a name the one that was made or chosen last.
   *
   * @returns undefined: there is none
   * @throws UserError for one that is damaged, or whose values the keychain doesn't give
   */
  read(name?: string): StoredConnection | undefined {
    const path = name === undefined ? this.current()?.path : this.pathOf(name);
    if (path === undefined || whoseFile(path) === 'nobody') return undefined;
    const found = whoseFile(path) === 'ours' ? this.find(path) : undefined;
    const hint = `forget it, and make it again: ${forgetCommand(name)}`;
    if (found === undefined) throw new UserError(`${path}: is not the file of a connection`, { hint });
    const { listed, keychain } = found;
    const contents = contentsFrom(keychain === undefined ? found.contents : this.recalled(listed.name, keychain));
    if (contents === undefined) {
      const where = keychain === undefined ? `${path} has none` : 'the keychain does not give them';
      throw new UserError(`the connection ${listed.name} has no values: ${where}`, { hint });
    }
    const { path: _, place: __, ...facts } = listed;
    return { ...facts, contents };
  }

  /** The one that is used. */
  current(): Listed | undefined {
    return this.list().reduce<Listed | undefined>(
      (latest, next) => (latest === undefined || next.chosen > latest.chosen ? next : latest),
      undefined,
    );
  }

  /** @returns where the values are */
  save({ contents, ...facts }: StoredConnection): Listed['place'] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const path = this.pathOf(facts.name);
    if (whoseFile(path) === 'theirs') throw new UserError(`${path}: is not a file of yours, and is left alone`);
    const before = whoseFile(path) === 'nobody' ? undefined : this.find(path)?.keychain;
    const account = `${this.key}.${facts.name.toLowerCase()}.${randomBytes(4).toString('hex')}`;
    const keychain = this.kept(account, JSON.stringify(contents));
    const { set, ...others } = facts;
    const file = {
      version: 1,
      ...others,
      ...(set === undefined ? {} : { set }),
      ...(keychain === undefined ? { contents } : { keychain }),
    };
    writeFiles([[path, `${JSON.stringify(file, null, 2)}\n`]], { isPrivate: true });
    if (before !== undefined) this.discarded(before);
    return keychain === undefined ? 'file' : 'keychain';
  }

  /** From now on it is the one that is used. @returns false: there is none of that name */
  choose(name: string): boolean {
    const stored = this.read(name);
    if (stored !== undefined) this.save({ ...stored, chosen: Math.max(Date.now(), (this.current()?.chosen ?? 0) + 1) });
    return stored !== undefined;
  }

  /**
   * Also one that is damaged.
   *
   * @returns false: there is none of that name
   * @throws UserError, with all of it still there, when the keychain keeps its values
   */
  forget(name: string): boolean {
    const path = this.pathOf(name);
    if (whoseFile(path) !== 'ours') return false;
    const keychain = this.find(path)?.keychain;
    if (keychain !== undefined && !this.discarded(keychain)) {
      throw new UserError(`the values of the connection ${name} are in the keychain, which does not delete them`, {
        hint: `${openKeychain(this.keychain)}; or delete the entries of pp-connector in the keychain yourself, and ${path}`,
      });
    }
    writeFiles(
      [path, ...this.leftovers(path)].map((file) => [file, null]),
      { isPrivate: true },
    );
    return true;
  }

  /** One at a time, of all processes: a refresh token may be good for one use only. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(this.folder) ?? Promise.resolve()).then(() => this.locked(work));
    turns.set(
      this.folder,
      turn.catch(() => {}),
    );
    return turn;
  }

  private async locked<T>(work: () => Promise<T>): Promise<T> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const release = await lockFolder(this.folder, {
      command: 'pp-connector connect',
      notify: () => {},
      timeoutMs: 120_000,
    });
    try {
      return await work();
    } finally {
      release();
    }
  }

  pathOf(name: string): string {
    return join(this.folder, `${this.key}.${name.toLowerCase()}.json`);
  }

  private files(prefix: string): string[] {
    if (lstatSync(this.folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    const names = readdirSync(this.folder).filter((name) => name.startsWith(prefix) && name.endsWith('.json'));
    return names.map((name) => join(this.folder, name)).filter((path) => whoseFile(path) === 'ours');
  }

  /** What a write that was killed has left beside a file. */
  private leftovers(path: string): string[] {
    const start = `${basename(path)}.`;
    const names = readdirSync(this.folder).filter(
      (name) => name.startsWith(start) && /^[0-9a-f]{8}\.(?:tmp|bak)$/.test(name.slice(start.length)),
    );
    return names.map((name) => join(this.folder, name));
  }

  /** Undefined: not the file of a connection. */
  private find(path: string): Found | undefined {
    let file: JsonObject;
    try {
      file = JSON.parse(readPrivateText(path)) as JsonObject;
    } catch {
      return undefined;
    }
    const facts = factsFrom(file);
    if (facts === undefined) return undefined;
    const keychain = getOwn(file, 'keychain');
    const [account, parts] = [asString(getOwn(keychain, 'account')), getOwn(keychain, 'parts')];
    const isInKeychain = account !== undefined && typeof parts === 'number';
    return {
      listed: { ...facts, path, place: isInKeychain ? 'keychain' : 'file' },
      contents: getOwn(file, 'contents'),
      keychain: isInKeychain ? { account, parts } : undefined,
    };
  }

  /** Undefined: no keychain, or it refuses (no session, no service); then the private file has the values. */
  private kept(account: string, text: string): InKeychain | undefined {
    if (this.keychain === undefined) return undefined;
    try {
      return { account, parts: storeText(this.keychain, account, text) };
    } catch {
      return undefined;
    }
  }

  private recalled(name: string, { account, parts }: InKeychain): Json | undefined {
    const hint = `${openKeychain(this.keychain)}; or make the connection again: ${forgetCommand(name)}`;
    const what = `the values of the connection ${name} are in the keychain`;
    if (this.keychain === undefined) throw new UserError(`${what}, which can not be asked`, { hint });
    try {
      return readStored(this.keychain, account, parts);
    } catch (error) {
      const reason = onOneLine(error instanceof Error ? error.message : String(error)).slice(0, 200);
      throw new UserError(`${what}, which does not give them: ${reason}`, { hint, cause: error });
    }
  }

  /** @returns false: something is left in the keychain */
  private discarded({ account, parts }: InKeychain): boolean {
    return this.keychain !== undefined && removeStored(this.keychain, account, parts);
  }
}

const forgetCommand = (name: string | undefined): string =>
  `pp-connector connect --forget${name === undefined ? '' : ` --name ${shellWord(name)}`}`;

/** What has to be done before the keychain answers. */
const openKeychain = (keychain: Keychain | undefined): string =>
  keychain === undefined
    ? 'install its module again: npm install --global @napi-rs/keyring'
    : 'unlock the keychain of the system, and try again';

/** The folder that the connections of a connector belong to, for people. */
export const folderOf = (root: string): string => realFolder(root);
