import { ConnectorDraft, setInOrder } from '../connector/draft.ts';
import { isObject, type JsonObject, own, setOwn } from '../connector/json.ts';
import { loadConnector } from '../connector/load.ts';
import { decide, nameOf, type PlannedFile, write } from '../files/commit.ts';
import { digest } from '../files/digest.ts';
import { takeFolder } from '../files/exclusive.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { version } from '../version.ts';
import type { Deployed } from './deploy.ts';
import type { Environment } from './environment.ts';
import { isGuid } from './guid.ts';
import { type DeploymentMemory, memoryChange } from './memory.ts';
import type { DeploymentPlan } from './plan-deployment.ts';
import type { RemoteCopy } from './remote-copy.ts';

/** Order of an environment's keys in config.json. */
const entryKeys = ['url', 'connectorId', 'solution'];

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
  const given = own(config, 'environments');
  const environments: JsonObject = isObject(given) ? given : {};
  const name = environment.name ?? newName(environment.target, environments);
  if (name === undefined) return undefined;
  const found = own(environments, name);
  const entry: JsonObject = isObject(found) ? found : { url: environment.target };
  if (String(own(entry, 'connectorId') ?? '').toLowerCase() !== connectorId) {
    setInOrder(entry, 'connectorId', connectorId, entryKeys);
  }
  if (solution !== undefined && !own(entry, 'solution')) setInOrder(entry, 'solution', solution, entryKeys);
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
    if (!Object.hasOwn(environments, name)) return name;
  }
}

/**
 * Writes down what was deployed: the connector's id in config.json, the rest in the memory of the environment. A folder
 * without config.json remembers nothing.
 *
 * config.json is read again before it is written: a deployment takes minutes, and its author may have gone on meanwhile.
 *
 * @returns names of the files that have changed, relative to `root`
 * @throws UserError when a file can't be written; then none is
 */
export async function remember(
  root: string,
  plan: DeploymentPlan,
  deployed: Deployed & { connectorId: string },
  facts: { remote: RemoteCopy | undefined; now: Date; tell: (text: string) => void },
): Promise<string[]> {
  const release = await takeFolder(root, { command: 'pp-connector deploy', tell: facts.tell });
  try {
    const connector = loadConnector(root);
    if (connector.config === undefined) return [];
    const draft = new ConnectorDraft(connector);
    const name =
      plan.environment && noteConnector(draft.config, plan.environment, { ...deployed, solution: plan.solution });
    const files: PlannedFile[] = [...draft.files()].map(([path, contents]) => ({ path, contents, kind: 'edited' }));
    files.push(memoryChange(root, memoryOf(plan, deployed, name, facts)));
    const commit = { root, generated: GeneratedFiles.read(root) };
    const decisions = await decide(files, commit);
    write(decisions, commit);
    return decisions.filter(({ outcome }) => outcome !== 'same').map(({ file }) => nameOf(root, file.path));
  } finally {
    release();
  }
}

function memoryOf(
  { environment, solution, files }: DeploymentPlan,
  { action, connectorId }: Deployed & { connectorId: string },
  name: string | undefined,
  { remote, now }: { remote: RemoteCopy | undefined; now: Date },
): DeploymentMemory {
  const { definition, properties, icon, script } = files;
  return {
    environment: {
      ...(name !== undefined && { name }),
      ...(environment !== undefined && { target: environment.target }),
    },
    connectorId,
    ...(solution !== undefined && { solution }),
    action,
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
