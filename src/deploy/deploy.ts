import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUserError, UserError } from '../errors.ts';
import { Turn } from '../files/turn.ts';
import { thisPlatform } from '../process/platform.ts';
import { takeDeployment } from './deployment-lock.ts';
import { memoryName, readMemory } from './deployment-state.ts';
import { checkDrift, type DriftOptions } from './drift.ts';
import { connectorsSince, findTarget, type Target, type TargetQuestions, theOnly } from './find-target.ts';
import { guidsIn } from './guid.ts';
import { fetchInternalId } from './internal-id.ts';
import type { Credentials } from './oauth-credentials.ts';
import { type DeploymentPlan, prefixConflict } from './plan-deployment.ts';
import { redirectModeOf } from './redirects.ts';
import { fetchRemoteCopy, type RemoteCopy } from './remote-copy.ts';
import { type PacOptions, requirePac } from './run-pac.ts';
import { type Done, noteInConfig, remember } from './save-state.ts';
import { isStillAsBefore } from './still-as-before.ts';
import { retryDelays } from './transient.ts';
import { type Uploaded, upload } from './upload.ts';

export interface Deployed {
  action: 'create' | 'update';
  /** GUID of the connector; after a create undefined when pac doesn't tell. */
  connectorId: string | undefined;
}

/** A deployment and what was written down about it. */
export interface DeploymentResult extends Deployed {
  /** Names of files that were written in the repository. */
  written: string[];
  /** `shared_…`: what the connector is called in addresses, where its redirect address needs that. */
  internalId: string | undefined;
}

export interface DeployOptions extends PacOptions, TargetQuestions, DriftOptions {
  /** Notes for people. */
  notify: (note: string) => void;
  /** The service's copy is downloaded neither before nor after. */
  skipDriftCheck: boolean;
  /** Tells what is done next: every step takes pac some seconds. */
  step?: ((what: string) => void) | undefined;
  /** The clock. */
  now: () => Date;
}

/**
 * Carries out a plan with pac, and writes down what was deployed. The files that pac reads, with the secrets in them,
 * exist only while it runs.
 *
 * @param root the connector's repository or folder
 * @throws UserError (exit status 1) when pac is missing or fails, or when the deployment is stopped on purpose
 */
export async function deploy(
  plan: DeploymentPlan,
  root: string,
  credentials: Credentials,
  given: DeployOptions,
): Promise<DeploymentResult> {
  const { clientSecret } = credentials;
  // before a secret is written anywhere
  requirePac(given.host ?? thisPlatform());
  const turn = await Turn.take({
    root,
    take: () => takeDeployment(plan, root, given.notify),
    files: () => filesRead(plan, root),
  });
  const options = askingBy(turn, given, clientSecret);
  try {
    if (plan.connectorId === undefined) options.step?.(`looking for "${plan.title}" in the environment`);
    const target = await findTarget(plan, root, options);
    const action = target.connectorId === undefined ? 'create' : 'update';
    if (target.connectorId !== undefined && !options.skipDriftCheck) {
      options.step?.('looking for changes in the portal');
      await checkDrift(plan, target.connectorId, root, options);
    }
    const trap = action === 'create' ? prefixConflict(plan) : undefined;
    if (trap !== undefined) options.warn(trap);
    options.step?.(action === 'create' ? 'creating the connector' : 'updating the connector');
    const refused = (plan.remembers ? readMemory(root, plan.environment)?.refused : undefined) ?? [];
    const uploaded = await upload(plan, target, credentials, root, { ...options, refused });
    const connectorId = uploaded.connectorId ?? (await createdId(plan, target, uploaded, root, options));
    if (connectorId === undefined) return { action, connectorId, written: [], internalId: undefined };
    const internalId = await internalIdOf(plan, connectorId, root, options);
    const written = await writeDown(plan, { action, connectorId }, { ...uploaded, internalId }, root, options);
    return { action, connectorId, written, internalId };
  } finally {
    turn.end();
  }
}

/** What a question may outlive: who deploys meanwhile changes what is remembered. */
const filesRead = (plan: DeploymentPlan, root: string): string[] => [
  join(root, 'config.json'),
  join(root, memoryName(plan.environment)),
  ...Object.values(plan.files).flatMap((file) => file?.path ?? []),
];

/** Nobody is kept from deploying while a question is open. */
function askingBy({ question }: Turn, given: DeployOptions, secret: string | undefined) {
  const { choose, mayOverwrite } = given;
  return {
    ...given,
    secrets: secret === undefined ? [] : [secret],
    choose: choose && ((found: Parameters<typeof choose>[0]) => question(() => choose(found))),
    mayOverwrite: mayOverwrite && ((changes: readonly string[]) => question(() => mayOverwrite(changes))),
  };
}

/**
 * The GUID in the line where pac says that it created the connector, else the connector that is listed now and wasn't
 * before. Other GUIDs in its output may be those of an environment or a solution.
 *
 * @throws UserError (exit status 1) when pac names no connector and none has come into being
 */
async function createdId(
  plan: DeploymentPlan,
  target: Target,
  { output }: Uploaded,
  root: string,
  options: DeployOptions,
): Promise<string | undefined> {
  const namedIn = (text: string): string[] =>
    guidsIn(text).filter((id) => id !== plan.environment?.target.toLowerCase());
  const lines = output.split('\n').filter((line) => /\bconnector\b/i.test(line));
  const ids = namedIn(lines.join('\n'));
  if (ids.length === 1) return ids[0];
  const created = await connectorsSince(plan, target, root, { ...options, onOutput: () => {} });
  // in whatever language pac has said what went wrong
  if (created?.length === 0 && namedIn(output).length === 0 && !/\bconnector created\b/i.test(output)) {
    throw new UserError(`pac ended without an error, but "${plan.title}" is not there: no connector was created`, {
      hint: 'its output is above; try again with: pp-connector deploy --verbose',
      exitStatus: 1,
    });
  }
  return created === undefined ? undefined : theOnly(plan, created);
}

/** It never changes, so that it is asked for once; and only where a redirect address has it. */
async function internalIdOf(
  plan: DeploymentPlan,
  connectorId: string,
  root: string,
  options: DeployOptions,
): Promise<string | undefined> {
  if (redirectModeOf(plan.properties) !== 'per-connector') return undefined;
  const memory = plan.remembers ? readMemory(root, plan.environment) : undefined;
  const known = memory?.connectorId.toLowerCase() === connectorId ? memory.internalId : undefined;
  if (known !== undefined) return known;
  options.step?.('asking for its redirect address');
  return fetchInternalId(connectorId, plan.environment, root, options);
}

/**
 * The deployment has succeeded by now, as far as pac tells: what goes wrong from here on is reported, and doesn't make it
 * a failure. The id comes first, since a run that ends here must not lose it.
 *
 * @throws UserError (exit status 1) when the service still has what it had before
 */
async function writeDown(
  plan: DeploymentPlan,
  done: Done,
  { refused, internalId }: Uploaded & { internalId: string | undefined },
  root: string,
  options: DeployOptions,
): Promise<string[]> {
  if (!plan.remembers) return [];
  const written: string[] = [];
  let isTaken = true;
  try {
    const noted = await noteInConfig(root, plan, done, options.notify);
    written.push(...noted.written);
    const { remote, ...outcome } = await copyAfter(plan, done, root, options);
    isTaken = outcome.isTaken;
    const facts = { name: noted.name, refused, remote, internalId, now: options.now(), notify: options.notify };
    if (isTaken) written.push(...(await remember(root, plan, done, facts)));
  } catch (error) {
    if (!isUserError(error)) throw error;
    options.warn(`the connector is deployed, but that could not be written down: ${error.message}`);
  }
  if (!isTaken) throw notUpdated(plan);
  return written;
}

/** The service's copy, with a second look where it seems to be the old one: the service may take a moment. */
async function copyAfter(plan: DeploymentPlan, { action, connectorId }: Done, root: string, options: DeployOptions) {
  if (options.skipDriftCheck) return { remote: undefined, isTaken: true };
  const memory = readMemory(root, plan.environment);
  const isKnown = action === 'update' && memory?.connectorId.toLowerCase() === connectorId;
  const look = async () => {
    const remote = await remoteAfter(plan, connectorId, root, options);
    return { remote, isTaken: !isKnown || remote === undefined || !isStillAsBefore(plan, memory, remote) };
  };
  const first = await look();
  if (first.isTaken) return first;
  await (options.wait ?? sleep)(retryDelays[0] ?? 0);
  return look();
}

const notUpdated = ({ title }: DeploymentPlan): UserError =>
  new UserError(`pac ended without an error, but "${title}" in the service is as it was before: nothing was updated`, {
    hint: 'its output is above; try again with: pp-connector deploy --verbose',
    exitStatus: 1,
  });

async function remoteAfter(
  plan: DeploymentPlan,
  connectorId: string,
  root: string,
  options: DeployOptions,
): Promise<RemoteCopy | undefined> {
  try {
    return await fetchRemoteCopy(connectorId, plan.environment, root, { ...options, onOutput: () => {} });
  } catch (error) {
    if (!isUserError(error)) throw error;
    options.warn(
      `the connector is deployed, but the service's copy can't be had; changes in the portal will not be seen next time: ${error.message}`,
    );
    return undefined;
  }
}
