import { asObject, getOwn } from '../connector/json/value.ts';
import { isUserError, UserError } from '../errors.ts';
import { onTermination } from '../process/termination.ts';
import { deployCopy, refusedMember } from './deploy-copy.ts';
import { newlyCreated, type Target } from './find-target.ts';
import type { Credentials } from './oauth-credentials.ts';
import { type DeploymentPlan, deploymentCommand } from './plan-deployment.ts';
import { withPrivateFolder, writePrivateFile } from './private-folder.ts';
import { mayTryAgain, type PacOptions, type PacResult, pacError, tryPac } from './run-pac.ts';

/** What is there after an upload. */
export interface Uploaded {
  /** GUID that is known for certain; undefined: only pac's output can tell. */
  connectorId: string | undefined;
  /** What pac printed at last. */
  output: string;
  /** Members of apiProperties.json that the service refuses. */
  refused: readonly string[];
}

/**
 * Has pac create or update the connector, from a copy of its files that exists only meanwhile.
 *
 * Failures that pass by themselves are tried again; a create only after a look at what became of the one before. A
 * member that the service refuses is left out, and said so.
 *
 * @param options `refused`: members that it refused earlier
 * @throws UserError (exit status 1) when pac fails for good
 */
export function upload(
  plan: DeploymentPlan,
  target: Target,
  credentials: Credentials,
  root: string,
  options: PacOptions & { refused: readonly string[] },
): Promise<Uploaded> {
  const without = new Set(options.refused.filter((member) => isPresent(plan, member)));
  if (without.size > 0)
    options.notify?.(`left out, since the service refused it last time: ${[...without].join(', ')}`);
  let { connectorId } = target;
  return withPrivateFolder(root, async (folder) => {
    for (let attempt = 1; ; ) {
      for (const [name, contents] of deployCopy(plan, { connectorId, credentials, without })) {
        writePrivateFile(folder, name, contents);
      }
      const forget = onTermination((signal) => signal && options.notify?.(interruptedNote(connectorId)));
      const result = await tryPac(deploymentCommand(plan, connectorId, folder), options).finally(forget);
      if (result.failure === undefined) {
        return { connectorId, output: result.output, refused: [...without] };
      }
      const member = refusedMember(result.output);
      if (member !== undefined && !without.has(member) && isPresent(plan, member)) {
        without.add(member);
        options.notify?.(
          `the service refuses "${member}", which only certification needs; deploying once more without it`,
        );
        continue;
      }
      if (!(await mayTryAgain(result, attempt, options))) throw pacError(result);
      attempt += 1;
      if (connectorId !== undefined) continue;
      connectorId = await afterFailedCreate(result, plan, target, root, options);
      if (connectorId !== undefined) {
        options.notify?.(`in spite of that the connector was created (${connectorId}); it is updated now`);
      }
    }
  });
}

const interruptedNote = (connectorId: string | undefined): string =>
  connectorId === undefined
    ? 'interrupted while pac created the connector, which may be there or not; the same command, run again, looks first'
    : 'interrupted while pac updated the connector, which may have the new state or the old one; run the same command again';

const isPresent = ({ properties }: DeploymentPlan, member: string): boolean =>
  getOwn(asObject(getOwn(properties, 'properties')), member) !== undefined;

/** A second create would make a second connector. */
async function afterFailedCreate(
  result: PacResult,
  plan: DeploymentPlan,
  target: Target,
  root: string,
  options: PacOptions,
): Promise<string | undefined> {
  try {
    return await newlyCreated(plan, target, root, options);
  } catch (error) {
    if (!isUserError(error)) throw error;
    throw new UserError(`${pacError(result).message}; it is not repeated, since ${error.message}`, {
      hint: 'look with "pac connector list" whether the connector is there; then deploy with --connector-id GUID, or with --create',
      exitStatus: 1,
      cause: error,
    });
  }
}
