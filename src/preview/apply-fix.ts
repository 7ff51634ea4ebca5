import { whatStops } from '../diff/what-stops.ts';
import { UserError } from '../errors.ts';
import { lockFolder } from '../files/lock.ts';
import { fixPath } from '../rules/fix/fix-path.ts';
import { onOneLine } from '../shown.ts';
import type { LivePreview } from './live-preview.ts';

/**
 * Applies the fix of one finding, as `validate --fix` would.
 *
 * @param path the connector
 * @param stamp the state that the finding was seen in
 * @param index of the finding there
 * @returns what was done, for people
 * @throws UserError when the files have changed since, and when the fix would stop flows
 */
export async function applyFix(
  live: LivePreview,
  path: string,
  { stamp, index }: { stamp: number; index: number },
  { cwd, notify }: { cwd: string; notify: (text: string) => void },
): Promise<{ message: string }> {
  const wanted = live.preview.findings[index];
  if (stamp !== live.stamp || wanted === undefined) {
    throw new UserError('the files have changed meanwhile', {
      hint: 'look at the finding again, and apply the fix then',
    });
  }
  if (live.preview.model.findings[index]?.fixable !== true)
    throw new UserError(`${wanted.rule} has no fix that is safe`, {
      hint: `read on: pp-connector rules ${wanted.rule}`,
    });
  const release = await lockFolder(live.preview.connector.location.root, { command: 'pp-connector preview', notify });
  try {
    const { files, leftOut, held } = await fixPath(path, {
      cwd,
      profile: live.preview.model.profile,
      unsafe: false,
      dryRun: false,
      stops: whatStops,
      only: ({ rule, pointer, file, message }) =>
        rule === wanted.rule && pointer === wanted.pointer && file === wanted.file && message === wanted.message,
    });
    await live.refresh();
    if (held.size > 0) throw new UserError(`the fix of ${wanted.rule} would stop flows or connections that exist`);
    if (files.length > 0) return { message: onOneLine(`Fixed ${wanted.rule}: ${files.join(', ')}`) };
    const because =
      leftOut.length > 0 ? 'the fix would have made more findings than it removes' : 'there is nothing to fix';
    return { message: `${wanted.rule}: nothing was changed, since ${because}` };
  } finally {
    release();
  }
}
