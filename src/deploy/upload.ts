import { asObject, own } from '../connector/json.ts';
import { isUserError, UserError } from '../errors.ts';
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
}

/**
 * Has pac create or update the connector, from a copy of its files that exists only meanwhile.
 *
 * Failures that pass by themselves are tried again; a create only after a look at what became of the one before. A
 * member that the service refuses is left out, and said so.
 *
 * @throws UserError (exit status 1) when pac fails for good
 */
export function upload(
  plan: DeploymentPlan,
  target: Target,
  credentials: Credentials,
  root: string,
  options: PacOptions,
): Promise<Uploaded> {
  const without = new Set<string>();
  let { connectorId } = target;
  return withPrivateFolder(root, async (folder) => {
    for (let attempt = 1; ; ) {
      for (const [name, contents] of deployCopy(plan, { connectorId, credentials, without })) {
        writePrivateFile(folder, name, contents);
      }
      const result = await tryPac(deploymentCommand(plan, connectorId, folder), options);
      if (result.failure === undefined) return { connectorId, output: result.output };
      const member = refusedMember(result.output);
      if (member !== undefined && !without.has(member) && isPresent(plan, member)) {
        without.add(member);
        options.tell?.(
          `the service refuses "${member}", which only certification needs; deploying once more without it`,
        );
        continue;
      }
      if (!(await mayTryAgain(result, attempt, options))) throw pacError(result);
      attempt += 1;
      if (connectorId !== undefined) continue;
      connectorId = await afterFailedCreate(result, plan, target, root, options);
      if (connectorId !== undefined) {
        options.tell?.(`in spite of that the connector was created (${connectorId}); it is updated now`);
      }
    }
  });
}

const isPresent = ({ properties }: DeploymentPlan, member: string): boolean =>
  own(asObject(own(properties, 'properties')), member) !== undefined;

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
