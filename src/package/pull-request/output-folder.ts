import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ConnectorLocation } from '../../connector/find.ts';
import { UserError } from '../../errors.ts';
import { isInside, realTarget } from '../../files/contained-path.ts';
import { shownPath } from '../../files/names.ts';

export interface OutputPlace {
  /** Absolute: gets `certified-connectors/` or `independent-publisher-connectors/`. */
  folder: string;
  /** Absolute: the text of the pull request. */
  text: string;
}

/**
 * Where the folder goes, and where its text. The text doesn't go into a clone, from which it would be committed.
 *
 * @param given `--output`
 * @throws UserError when that is a file, or would become a part of what is submitted
 */
export function outputPlace(location: ConnectorLocation, cwd: string, given: string | undefined): OutputPlace {
  const isRepository = location.layout === 'repository';
  const usual = join(isRepository ? location.root : cwd, 'package', 'pull-request');
  const folder = given === undefined ? usual : resolve(cwd, given);
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) {
    throw new UserError(`--output: ${given} is a file`, { hint: 'give a folder' });
  }
  const texts = existsSync(join(folder, '.git')) ? usual : folder;
  for (const target of isRepository ? [] : [folder, texts]) {
    if (!isInside(realTarget(location.assets), realTarget(target))) continue;
    throw new UserError(`${shownPath(target, cwd)} lies in the connector's own folder and would be submitted with it`, {
      hint: 'run the command outside of that folder, with --connector PATH, or give another place by --output',
    });
  }
  return { folder, text: join(texts, 'PULL_REQUEST.md') };
}
