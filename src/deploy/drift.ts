import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isUserError, UserError } from '../errors.ts';
import { shellWord } from '../process/command.ts';
import { onOneLine } from '../shown.ts';
import { type DeploymentMemory, driftOf, memoryName, readMemory } from './deployment-state.ts';
import type { DeploymentPlan } from './plan-deployment.ts';
import { fetchRemoteCopy } from './remote-copy.ts';
import type { PacOptions } from './run-pac.ts';

export interface DriftOptions {
  /** A difference ends the deployment. */
  failOnDrift: boolean;
  /** For what people must see before it is too late. */
  warn: (text: string) => void;
  /** Asks whether what was changed in the portal may be overwritten. */
  mayOverwrite?: ((changes: readonly string[]) => Promise<boolean>) | undefined;
}

/** Changes that are shown one by one. */
const shownChanges = 10;

/**
 * Before an update: whether somebody has changed the connector in the portal since it was last deployed from here. The
 * update would undo that.
 *
 * @throws UserError (exit status 1) when it was, and must not be overwritten; when that isn't known, but has to be
 */
export async function checkDrift(
  plan: DeploymentPlan,
  connectorId: string,
  root: string,
  options: PacOptions & DriftOptions,
): Promise<void> {
  const memory = readMemory(root, plan.environment);
  if (memory === undefined) tellUnusable(plan, root, options);
  const isComparable = memory?.remote !== undefined && memory.connectorId.toLowerCase() === connectorId;
  if (!isComparable) {
    if (!options.failOnDrift) return;
    options.warn(
      'nothing is known of an earlier deployment from this repository, so that changes in the portal are not seen',
    );
    return;
  }
  const changes = await changesSince(plan, connectorId, root, options, memory);
  if (changes.length === 0) return;
  const hidden = changes.length - shownChanges;
  const details = [
    ...changes.slice(0, shownChanges).map((change) => `  ${onOneLine(change)}`),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
  ];
  const what = `the connector was changed in the portal since it was deployed on ${memory.deployedAt.slice(0, 10)}:`;
  const environment =
    plan.environment === undefined
      ? ''
      : ` --environment ${shellWord(plan.environment.name ?? plan.environment.target)}`;
  const hint = `bring these changes into the repository first: pp-connector download${environment}`;
  if (options.failOnDrift) {
    throw new UserError(what, { details: [...details, 'nothing was deployed'], hint, exitStatus: 1 });
  }
  options.warn([what, ...details, `the deployment replaces them; ${hint}`].join('\n  '));
  if (options.mayOverwrite === undefined || (await options.mayOverwrite(changes))) return;
  throw new UserError('stopped at a question; nothing was deployed', { hint, exitStatus: 1 });
}

/** A file that remembers, and can't be read, must not pass for a first deployment. */
function tellUnusable(plan: DeploymentPlan, root: string, options: DriftOptions): void {
  const name = memoryName(plan.environment);
  if (!plan.remembers || !existsSync(join(root, name))) return;
  const what = `${name} is damaged, or tells of another environment, so that changes in the portal are not seen`;
  const hint = 'restore the file from git, or delete it';
  if (options.failOnDrift) throw new UserError(`${what}; nothing was deployed`, { hint, exitStatus: 1 });
  options.warn(`${what}; ${hint}`);
}

async function changesSince(
  plan: DeploymentPlan,
  connectorId: string,
  root: string,
  options: PacOptions & DriftOptions,
  memory: DeploymentMemory,
): Promise<string[]> {
  try {
    const now = await fetchRemoteCopy(connectorId, plan.environment, root, { ...options, onOutput: () => {} });
    return driftOf(memory, now);
  } catch (error) {
    if (!isUserError(error)) throw error;
    if (options.failOnDrift) throw error;
    options.warn(`whether the connector was changed in the portal isn't known: ${error.message}`);
    return [];
  }
}
