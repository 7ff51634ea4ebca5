import { alikeNames } from '../config/environment-names.ts';
import { ConnectorDraft } from '../connector/draft.ts';
import { getOwn, isObject, type JsonObject, setOwn } from '../connector/json/value.ts';
import { environmentOrder, setInOrder } from '../connector/key-order.ts';
import { loadConnector } from '../connector/load.ts';
import { decide, type PlannedFile, write } from '../files/commit.ts';
import { digest } from '../files/digest.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { lockFolder } from '../files/lock.ts';
import { nameOf } from '../files/names.ts';
import { version } from '../version.ts';
import type { Deployed } from './deploy.ts';
import { type DeploymentMemory, memoryChange } from './deployment-state.ts';
import type { Environment } from './environment.ts';
import { isGuid } from './guid.ts';
import type { DeploymentPlan } from './plan-deployment.ts';
import type { RemoteCopy } from './remote-copy.ts';

/**
 * Notes in config.json which connector an environment has, so that the next deployment updates it.
 *
 * A solution is noted where the entry has none: an update needs it as the create did.
 *
 * @param config config.json as data, changed in place
 * @returns name of the entry; undefined: there is none, and no address to make one of
 */
export function noteConnector(
  config: JsonObject,
  environment: Environment,
  { connectorId, solution }: { connectorId: string; solution: string | undefined },
): string | undefined {
  const given = getOwn(config, 'environments');
  const environments: JsonObject = isObject(given) ? given : {};
  const name = environment.name ?? newName(environment.target, environments);
  if (name === undefined) return undefined;
  const found = getOwn(environments, name);
  const entry: JsonObject = isObject(found) ? found : { url: environment.target };
  if (String(getOwn(entry, 'connectorId') ?? '').toLowerCase() !== connectorId) {
    setInOrder(entry, 'connectorId', connectorId, environmentOrder);
  }
  if (solution !== undefined && !getOwn(entry, 'solution')) setInOrder(entry, 'solution', solution, environmentOrder);
  setOwn(environments, name, entry);
  setOwn(config, 'environments', environments);
  return name;
}

/** After the host's first label, which is the name that makers know; a GUID says nothing to anybody. */
function newName(target: string, environments: JsonObject): string | undefined {
  if (isGuid(target)) return undefined;
  const label = new URL(target).hostname.split('.')[0] ?? 'environment';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? label : `${label}-${number}`;
    if (!alikeNames([...Object.keys(environments), name]).some((alike) => alike.name === name)) return name;
  }
}

/** A deployment that has succeeded, to be written down. */
export interface Done extends Deployed {
  connectorId: string;
}

/** What was written. */
export interface Noted {
  /** Name of the environment in config.json; undefined: it has none there. */
  name: string | undefined;
  /** Names of the files that have changed, relative to the repository. */
  written: string[];
}

/**
 * Notes the connector in config.json. The file is read again before: a deployment takes minutes, and its author may have
 * gone on meanwhile.
 *
 * @throws UserError when config.json can't be read or written; then it stays as it is
 */
export function noteInConfig(root: string, plan: DeploymentPlan, done: Done, notify: Notify): Promise<Noted> {
  return exclusively(root, notify, async () => {
    const draft = new ConnectorDraft(loadConnector(root));
    const { environment, solution } = plan;
    const name = environment && noteConnector(draft.config, environment, { ...done, solution });
    const files = draft.plannedFiles();
    return { name, written: await commit(root, files) };
  });
}

/**
 * Remembers what was deployed, and what the service made of it.
 *
 * @returns names of the files that have changed, relative to `root`
 * @throws UserError when the file can't be written; then the old one stays
 */
export function remember(
  root: string,
  plan: DeploymentPlan,
  done: Done,
  facts: Facts & { notify: Notify },
): Promise<string[]> {
  return exclusively(root, facts.notify, () => commit(root, [memoryChange(root, memoryOf(plan, done, facts))]));
}

/** What is known of a deployment beside the plan and its outcome. */
interface Facts {
  name: string | undefined;
  /** Members that the service refuses. */
  refused: readonly string[];
  remote: RemoteCopy | undefined;
  /** `shared_…` */
  internalId: string | undefined;
  now: Date;
}

type Notify = (text: string) => void;

async function exclusively<T>(root: string, notify: Notify, work: () => Promise<T>): Promise<T> {
  const release = await lockFolder(root, { command: 'pp-connector deploy', notify });
  try {
    return await work();
  } finally {
    release();
  }
}

async function commit(root: string, files: readonly PlannedFile[]): Promise<string[]> {
  const options = { root, generated: GeneratedFiles.read(root) };
  const decisions = await decide(files, options);
  write(decisions, options);
  return decisions.filter(({ outcome }) => outcome !== 'same').map(({ file }) => nameOf(root, file.path));
}

function memoryOf(
  { environment, solution, sources }: DeploymentPlan,
  { action, connectorId }: Done,
  { name, refused, remote, internalId, now }: Facts,
): DeploymentMemory {
  const { definition, properties, icon, script } = sources;
  return {
    environment: {
      ...(name !== undefined && { name }),
      ...(environment !== undefined && { target: environment.target }),
    },
    connectorId,
    ...(internalId !== undefined && { internalId }),
    ...(solution !== undefined && { solution }),
    action,
    ...(refused.length > 0 && { refused: [...refused] }),
    deployedAt: now.toISOString(),
    tool: `generator-pp-connector ${version}`,
    digests: {
      definition: digest(definition.bytes),
      properties: digest(properties.bytes),
      ...(icon !== undefined && { icon: digest(icon.bytes) }),
      ...(script !== undefined && { script: digest(script.bytes) }),
    },
    ...(remote !== undefined && { remote }),
  };
}
