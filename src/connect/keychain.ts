import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { isObject, type Json } from '../connector/json/value.ts';
import { packageRoot } from '../templates.ts';

/** The keychain of the system, by `@napi-rs/keyring` where somebody has installed it beside this package. */
export interface Keychain {
  /** @throws Error when the keychain refuses, or there is none on this machine */
  set: (account: string, text: string) => void;
  /** Undefined: there is no such entry. @throws Error when the keychain refuses */
  get: (account: string) => string | undefined;
  /** Afterwards there is no such entry. @throws Error when the keychain refuses */
  remove: (account: string) => void;
}

const service = 'pp-connector';
const moduleName = ['@napi-rs', 'keyring'];

interface Entry {
  setPassword: (text: string) => void;
  getPassword: () => string | null;
  /** False: nothing was deleted. The name of version 1.1 and later; before it was `deletePassword`. */
  deleteCredential?: () => boolean;
  deletePassword?: () => unknown;
}

/**
 * @param root folder of the package: the module is looked for in it and beside it, nowhere above, and never in the
 *   repository of a connector
 */
export function findKeychain(root: string = packageRoot): Keychain | undefined {
  const beside = basename(dirname(root)) === 'node_modules' ? [join(dirname(root), ...moduleName)] : [];
  const folder = [join(root, 'node_modules', ...moduleName), ...beside].find((path) => existsSync(path));
  if (folder === undefined) return undefined;
  try {
    const { Entry: Constructor } = createRequire(join(root, 'package.json'))(folder) as {
      Entry: new (service: string, account: string) => Entry;
    };
    return keychainOf((account) => new Constructor(service, account));
  } catch {
    // made for another platform, or damaged: then there is none
    return undefined;
  }
}

function keychainOf(entry: (account: string) => Entry): Keychain {
  return {
    set: (account, text) => entry(account).setPassword(text),
    get: (account) => entry(account).getPassword() ?? undefined,
    remove: (account) => {
      const known = entry(account);
      if (known.deleteCredential === undefined) quietly(() => known.deletePassword?.());
      else known.deleteCredential();
      if (known.getPassword() !== null) throw new Error('the entry was not deleted');
    },
  };
}

/** For the first versions of the module, which also throw where there is nothing to delete. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // what is left is seen by reading it
  }
}

/** Windows takes 2,560 bytes of UTF-16 in an entry; the tokens of Entra ID are longer. */
const partsOfEntries = /[\s\S]{1,1200}/g;

/** @throws Error when the keychain refuses; then nothing is left in it */
export function storeText(keychain: Keychain, account: string, text: string): number {
  const parts = text.match(partsOfEntries) ?? [];
  try {
    for (const [index, part] of parts.entries()) keychain.set(`${account}.${index}`, part);
  } catch (error) {
    removeStored(keychain, account, parts.length);
    throw error;
  }
  return parts.length;
}

/** @returns undefined: a part of it is gone, or is no JSON @throws Error when the keychain refuses */
export function readStored(keychain: Keychain, account: string, parts: number): Json | undefined {
  const texts = Array.from({ length: parts }, (_, index) => keychain.get(`${account}.${index}`));
  try {
    const value = JSON.parse(texts.join('')) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @returns false: the keychain refuses, and something is left in it */
export function removeStored(keychain: Keychain, account: string, parts: number): boolean {
  let isGone = true;
  for (let index = 0; index < parts; index += 1) {
    try {
      keychain.remove(`${account}.${index}`);
    } catch {
      isGone = false;
    }
  }
  return isGone;
}
