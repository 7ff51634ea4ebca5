import type { Connector } from '../connector/load.ts';
import { type DeploymentMemory, readMemory } from '../deploy/deployment-state.ts';
import { connectorsTitled, type ListedConnector, listConnectors } from '../deploy/list-connectors.ts';
import { type DeploymentPlan, planDeployment } from '../deploy/plan-deployment.ts';
import type { PacOptions } from '../deploy/run-pac.ts';
import { UserError } from '../errors.ts';

export interface DownloadRequest {
  /** `--environment`: a name of config.json, a URL or a GUID. */
  environment: string | undefined;
  /** `--connector-id` */
  connectorId: string | undefined;
}

/** Which connector of which environment belongs to the author's. */
export interface DownloadTarget {
  plan: DeploymentPlan;
  connectorId: string;
  /** Of the last deployment of this connector there; undefined also in a folder without config.json. */
  memory: DeploymentMemory | undefined;
}

/**
 * Finds the connector in the service that is the author's: by its id where that is known, else by its title.
 *
 * @param connector as `connectorAsDeployed` gives it
 * @param choose asks which one of several is meant; undefined: nobody can be asked
 * @throws UserError when it isn't there or several may be meant; (exit status 1) when pac fails
 */
export async function findRemoteConnector(
  connector: Connector,
  { environment, connectorId }: DownloadRequest,
  options: PacOptions,
  choose?: (candidates: readonly ListedConnector[]) => Promise<string>,
): Promise<DownloadTarget> {
  const { root } = connector.location;
  const plan = planDeployment(connector, { environment, solution: undefined, connectorId, create: false });
  const memory = connector.config === undefined ? undefined : readMemory(root, plan.environment);
  const known = plan.connectorId ?? memory?.connectorId.toLowerCase();
  const id = known ?? (await lookUp(plan, root, options, choose));
  return { plan, connectorId: id, memory: memory?.connectorId.toLowerCase() === id ? memory : undefined };
}

async function lookUp(
  plan: DeploymentPlan,
  root: string,
  options: PacOptions,
  choose: ((candidates: readonly ListedConnector[]) => Promise<string>) | undefined,
): Promise<string> {
  const listed = await listConnectors(plan.environment, root, options);
  const { found, isCertain } = connectorsTitled(plan.title, listed);
  const [first, ...others] = found;
  if (first === undefined) {
    const place = plan.environment === undefined ? '' : ` --environment ${plan.environment.target}`;
    throw new UserError(`no connector "${plan.title}" is listed in the environment`, {
      hint: `find its GUID in "pac connector list${place}", which lists those of solutions; then: --connector-id GUID`,
    });
  }
  if (others.length === 0 && isCertain) return first.id;
  if (choose !== undefined) return choose(found);
  const details = found.map(({ id, cells }) => `  ${id}  ${cells.join('  ')}`);
  const number = found.length === 1 ? 'a connector' : `${found.length} connectors`;
  throw new UserError(`${number} of the environment may be "${plan.title}":`, {
    details,
    hint: `say which one is meant: --connector-id ${first.id}`,
  });
}
