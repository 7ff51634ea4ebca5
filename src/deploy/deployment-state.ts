import { join } from 'node:path';
import { formatJson } from '../connector/json/edit.ts';
import { asArray, asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { definitionChangeInWords, propertiesChangeInWords } from '../connector/merge/describe-change.ts';
import { mergeThreeWays } from '../connector/merge/merge.ts';
import { comparable } from '../connector/merge/normalise.ts';
import { byOperation } from '../connector/merge/operations.ts';
import type { PlannedFile } from '../files/commit.ts';
import { digest } from '../files/digest.ts';
import { readTextWithin } from '../files/read.ts';
import { isSameEnvironment } from './environment.ts';
import { isGuid } from './guid.ts';
import type { RemoteCopy } from './remote-copy.ts';

/** What a repository remembers of its last deployment to one environment; committed with it, so without any secret. */
export interface DeploymentMemory {
  environment: {
    /** Its name in config.json. */
    name?: string;
    /** URL or GUID; neither: where pac was signed in. */
    target?: string;
  };
  connectorId: string;
  /** `shared_…`: what the connector is called in addresses, where that was asked for. */
  internalId?: string;
  solution?: string;
  /** `download`: it was never deployed from here, but brought here. */
  action: 'create' | 'update' | 'download';
  /** Members of apiProperties.json that the service refused, and that are left out the next time at once. */
  refused?: string[];
  /** ISO 8601, UTC; of a `download`, when that was. */
  deployedAt: string;
  /** Name and version of this program. */
  tool: string;
  /**
   * The author's files as they were deployed, before an OAuth client or anything else was put in: whether they have
   * been edited since can be seen from these.
   */
  digests: FileDigests;
  /**
   * The service's copy right after. What the service makes of a definition by itself is here, too, and is not a change
   * of anybody's.
   */
  remote?: RemoteCopy;
  /** ISO 8601, UTC: when `remote` was renewed by a later download. */
  downloadedAt?: string;
}

export interface FileDigests {
  definition: string;
  properties: string;
  icon?: string;
  script?: string;
}

/** The place of a deployment; of an `Environment` that much is needed. */
export interface Place {
  name?: string | undefined;
  target?: string | undefined;
}

/**
 * Name of the file that remembers, relative to the repository, with `/`: after the environment's name in config.json,
 * else after its host. It can be a file's name on every system.
 *
 * @param environment undefined: the one that pac is signed in to
 */
export function memoryName(environment: Place | undefined): string {
  const called = environment?.name ?? hostOf(environment?.target) ?? 'default';
  const safe = called.replaceAll(/[^\w.-]+/g, '-').slice(0, 60);
  // two names that come out the same are told apart
  const name = safe === called ? safe : `${safe}-${digest(called).slice(0, 6)}`;
  return `.pp-connector/deployed.${name}.json`;
}

function hostOf(target: string | undefined): string | undefined {
  return target !== undefined && URL.canParse(target) ? new URL(target).host : target?.toLowerCase();
}

/** What is remembered; undefined: nothing, something damaged, or another environment that once had the same name. */
export function readMemory(root: string, environment: Place | undefined): DeploymentMemory | undefined {
  try {
    const value = asObject(JSON.parse(readTextWithin(root, join(root, memoryName(environment)))));
    const memory = parseMemory(value);
    const [then, now] = [memory?.environment.target, environment?.target];
    return then !== undefined && now !== undefined && !isSameEnvironment(then, now) ? undefined : memory;
  } catch {
    return undefined;
  }
}

const isAction = (text: string | undefined): text is DeploymentMemory['action'] =>
  text === 'create' || text === 'update' || text === 'download';

function parseMemory(value: JsonObject): DeploymentMemory | undefined {
  const text = (object: JsonObject, key: string): string | undefined => asString(getOwn(object, key));
  const connectorId = text(value, 'connectorId');
  const action = text(value, 'action');
  if (connectorId === undefined || !isGuid(connectorId) || !isAction(action)) return undefined;
  const [environment, digests] = [asObject(getOwn(value, 'environment')), asObject(getOwn(value, 'digests'))];
  const name = text(environment, 'name');
  const target = text(environment, 'target');
  const internalId = text(value, 'internalId');
  const solution = text(value, 'solution');
  const icon = text(digests, 'icon');
  const script = text(digests, 'script');
  const refused = asArray(getOwn(value, 'refused')).flatMap((member) => asString(member) ?? []);
  const remote = parseRemote(getOwn(value, 'remote'));
  const downloadedAt = text(value, 'downloadedAt');
  return {
    environment: { ...(name !== undefined && { name }), ...(target !== undefined && { target }) },
    connectorId,
    ...(internalId !== undefined && { internalId }),
    ...(solution !== undefined && { solution }),
    action,
    ...(refused.length > 0 && { refused }),
    deployedAt: text(value, 'deployedAt') ?? '',
    tool: text(value, 'tool') ?? '',
    digests: {
      definition: text(digests, 'definition') ?? '',
      properties: text(digests, 'properties') ?? '',
      ...(icon !== undefined && { icon }),
      ...(script !== undefined && { script }),
    },
    ...(remote !== undefined && { remote }),
    ...(downloadedAt !== undefined && { downloadedAt }),
  };
}

function parseRemote(value: unknown): RemoteCopy | undefined {
  const copy = asObject(value);
  const [definition, properties] = [getOwn(copy, 'definition'), getOwn(copy, 'properties')];
  if (!isObject(definition) || !isObject(properties)) return undefined;
  return { definition, properties, script: asString(getOwn(copy, 'script')), icon: asString(getOwn(copy, 'icon')) };
}

/** The file to write. */
export function memoryChange(root: string, memory: DeploymentMemory): PlannedFile {
  const { remote, ...facts } = memory;
  const copy = remote && {
    definition: remote.definition,
    properties: remote.properties,
    ...(remote.script === undefined ? {} : { script: remote.script }),
    ...(remote.icon === undefined ? {} : { icon: remote.icon }),
  };
  const contents = formatJson({ ...facts, ...(copy && { remote: copy }) } as unknown as JsonObject);
  return { path: join(root, ...memoryName(memory.environment).split('/')), contents, kind: 'edited' };
}

/**
 * What was changed in the service since the deployment, in a maker's words, one line each. The order of keys and empty
 * lists that the service adds don't count.
 *
 * @returns none also when the copy of then is not known
 */
export function driftOf({ remote: then }: DeploymentMemory, now: RemoteCopy): string[] {
  if (then === undefined) return [];
  const lines = [
    ...changesBetween(then.definition, now.definition, definitionChangeInWords),
    ...changesBetween(then.properties, now.properties, propertiesChangeInWords),
    ...(then.script === now.script ? [] : [`custom code (script.csx) ${comeAndGone(then.script, now.script)}`]),
    ...(then.icon === now.icon ? [] : [`icon ${comeAndGone(then.icon, now.icon)}`]),
  ];
  return [...new Set(lines)];
}

function changesBetween(then: JsonObject, now: JsonObject, inWords: typeof definitionChangeInWords): string[] {
  const before = comparable(then);
  // a merge into the old state takes over every change, and lists them
  const { changes, merged } = mergeThreeWays({ base: before, ours: before, theirs: comparable(now) }, 'theirs');
  return changes
    .flatMap((change) => byOperation(change, before, merged))
    .map((change) => inWords(change, before, merged));
}

const comeAndGone = (then: string | undefined, now: string | undefined): string =>
  then === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
