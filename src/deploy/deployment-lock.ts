import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isUserError, UserError } from '../errors.ts';
import { lockFolder } from '../files/lock.ts';
import type { DeploymentPlan } from './plan-deployment.ts';

/**
 * Takes one repository and environment for this process: two deployments at once would overtake each other, or create
 * the connector twice. Other commands may go on meanwhile.
 *
 * @returns gives it back; it is also given back when this process ends
 * @throws UserError when another deployment of the repository to the environment is running
 */
export async function takeDeployment(
  { environment }: DeploymentPlan,
  root: string,
  notify: (text: string) => void,
): Promise<() => void> {
  const place = environment?.target.toLowerCase().replace(/(?<!\/)\/+$/, '') ?? 'the active environment';
  // nothing is at this path: it only tells one deployment from another
  const key = join(realpathSync(root), '.pp-connector', 'deployment', encodeURIComponent(place));
  try {
    return await lockFolder(key, { command: 'pp-connector deploy', notify, timeoutMs: 0 });
  } catch (error) {
    if (!isUserError(error)) throw error;
    const target = environment?.name ?? environment?.target ?? 'the environment that pac is signed in to';
    throw new UserError(`another deployment of ${root} to ${target} is running`, {
      hint: error.hint ?? 'wait until it has ended, then run the command again',
      cause: error,
    });
  }
}
