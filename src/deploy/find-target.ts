import { isUserError, UserError } from '../errors.ts';
import { connectorsTitled, type ListedConnector, listConnectors } from './list-connectors.ts';
import type { DeploymentPlan } from './plan-deployment.ts';
import type { PacOptions } from './run-pac.ts';

/** What a deployment is aimed at. */
export interface Target {
  /** GUID of the connector that is updated; undefined: it is created. */
  connectorId: string | undefined;
  /**
   * GUIDs of the connectors that are there before a create; undefined: that isn't known, and a create can't be distinguished from
   * one that never happened.
   */
  before: ReadonlySet<string> | undefined;
}

export interface TargetQuestions {
  /**
   * Asks which of several connectors is meant.
   *
   * @returns its GUID; undefined: none of them, a new one
   */
  choose?: ((candidates: readonly ListedConnector[]) => Promise<string | undefined>) | undefined;
}

/**
 * Decides between create and update: the connector that is known, else the only one with its title in the environment,
 * else a new one.
 *
 * @param root any folder
 * @throws UserError when several may be meant and nobody can be asked; (exit status 1) when pac fails
 */
export async function findTarget(
  plan: DeploymentPlan,
  root: string,
  options: PacOptions & TargetQuestions,
): Promise<Target> {
  const { connectorId, environment, title } = plan;
  if (connectorId !== undefined) return { connectorId, before: undefined };
  if (plan.create) return { connectorId: undefined, before: await idsIfKnown(plan, root, options) };
  const listed = await listConnectors(environment, root, options);
  const before = new Set(listed.map(({ id }) => id));
  const { found, isCertain } = connectorsTitled(title, listed);
  const [first, ...others] = found;
  if (first === undefined) return { connectorId: undefined, before };
  if (others.length === 0 && isCertain) {
    options.notify?.(`"${title}" is there already (${first.id}), and is updated`);
    return { connectorId: first.id, before };
  }
  if (options.choose !== undefined) return { connectorId: await options.choose(found), before };
  throw severalFound(title, found);
}

/** Where a new connector was asked for, a list that can't be had is not an obstacle. */
async function idsIfKnown(plan: DeploymentPlan, root: string, options: PacOptions): Promise<Set<string> | undefined> {
  try {
    const listed = await listConnectors(plan.environment, root, { ...options, onOutput: () => {} });
    return new Set(listed.map(({ id }) => id));
  } catch {
    return undefined;
  }
}

function severalFound(title: string, found: readonly ListedConnector[]): UserError {
  const details = found.map(({ id, cells }) => `  ${id}  ${cells.join('  ')}`);
  return new UserError(
    `${found.length === 1 ? 'a connector' : `${found.length} connectors`} of the environment may be "${title}":`,
    { details, hint: `say which one is meant: --connector-id ${found[0]?.id}; or make a new one: --create` },
  );
}

/**
 * The connector that came into being since `before`, if it did.
 *
 * @throws UserError when there is no way to know
 */
export async function newlyCreated(
  plan: DeploymentPlan,
  { before }: Target,
  root: string,
  options: PacOptions,
): Promise<string | undefined> {
  if (before === undefined) {
    throw new UserError('which connectors there were before is not known, and so whether this one was created', {
      hint: 'look with: pac connector list',
      exitStatus: 1,
    });
  }
  return theOnly(
    plan,
    (await listConnectors(plan.environment, root, options)).filter(({ id }) => !before.has(id)),
  );
}

/** Those that came into being since `before`; undefined: there is no way to know. */
export async function connectorsSince(
  { environment }: DeploymentPlan,
  { before }: Target,
  root: string,
  options: PacOptions,
): Promise<ListedConnector[] | undefined> {
  if (before === undefined) return undefined;
  try {
    return (await listConnectors(environment, root, options)).filter(({ id }) => !before.has(id));
  } catch (error) {
    if (isUserError(error)) return undefined;
    throw error;
  }
}

/** GUID of the connector of a plan among some; undefined: it isn't known. */
export function theOnly({ title }: DeploymentPlan, among: readonly ListedConnector[]): string | undefined {
  const { found } = connectorsTitled(title, among);
  return found.length === 1 ? found[0]?.id : undefined;
}
