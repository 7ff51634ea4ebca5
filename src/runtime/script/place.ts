import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { stateFolder } from '../../files/state-folder.ts';
import type { Platform } from '../../process/platform.ts';
import { type DotnetSdk, findSdk } from './dotnet.ts';

/** What scripts need of this machine. */
export interface ScriptPlace {
  host: Platform;
  sdk: DotnetSdk;
  /** Private to this user, outside of the connector's repository: holds libraries that are run. Perhaps yet to be made. */
  folder: string;
}

/**
 * Looks for .NET.
 *
 * @param cwd the folder of the connector
 * @throws UserError when it isn't here, or this user has no private folder
 */
export async function scriptPlace(cwd: string, host: Platform): Promise<ScriptPlace> {
  return { host, sdk: await findSdk(host), folder: scriptFolder(cwd) };
}

export const scriptsBelow = (state: string): string => join(state, 'scripts');

/** @throws UserError where there is no private folder */
export function scriptFolder(cwd: string): string {
  const state = stateFolder(cwd);
  if (state !== undefined) return scriptsBelow(state);
  throw new UserError('there is no private folder of yours to keep libraries in, which run with your rights', {
    hint: 'name one: XDG_STATE_HOME=/a/folder/of/yours',
  });
}

/** Gives a finished folder its name; of several programs that make it at the same time, the first wins. */
export function putInPlace(made: string, place: string): void {
  try {
    renameSync(made, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
}
