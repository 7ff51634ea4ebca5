import { UserError } from '../../errors.ts';
import { shownPath } from '../../files/names.ts';
import { releasedBaseline } from '../../git/baseline.ts';
import type { Platform } from '../../process/platform.ts';

/**
 * Refuses unsafe fixes of connectors that have been released: the ids that they change are written into flows.
 *
 * @param given `--baseline`: what counts as the last release
 * @throws UserError naming the connector and its release
 */
export function refuseReleased(paths: readonly string[], cwd: string, host: Platform, given?: string): void {
  for (const path of paths) {
    const tag = releasedBaseline(path, host, given);
    if (tag === undefined) continue;
    throw new UserError(
      `--fix-unsafe: ${shownPath(path, cwd)} has been released (${given === undefined ? 'git tag ' : ''}${tag}), and flows refer to what would be changed`,
      { hint: 'fix what is safe with: pp-connector validate --fix' },
    );
  }
}
