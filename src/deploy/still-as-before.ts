import { asObject, getOwn, isObject, type JsonObject, valueAt } from '../connector/json/value.ts';
import { digest } from '../files/digest.ts';
import { type DeploymentMemory, driftOf } from './deployment-state.ts';
import type { DeploymentPlan } from './plan-deployment.ts';
import type { RemoteCopy } from './remote-copy.ts';

/**
 * Whether an update has come to nothing, in whatever language pac has said so: the service's copy is the one of the
 * deployment before, although the author has edited the definition since, and it lacks what everybody sees of it.
 *
 * @param memory of the deployment before
 * @param now the service's copy after the update
 */
export function isStillAsBefore(
  { files, sources }: DeploymentPlan,
  memory: DeploymentMemory,
  now: RemoteCopy,
): boolean {
  if (memory.remote === undefined || memory.digests.definition === digest(sources.definition.bytes)) return false;
  if (driftOf(memory, now).length > 0) return false;
  const sent = 'value' in files.definition ? files.definition.value : undefined;
  return shown(sent) !== shown(now.definition);
}

/** What no service rewrites: the texts of the connector, and its operations with their ids and summaries. */
function shown(definition: unknown): string {
  const info = asObject(getOwn(asObject(definition), 'info'));
  const operations = Object.entries(asObject(getOwn(asObject(definition), 'paths'))).flatMap(([path, item]) =>
    Object.entries(asObject(item)).flatMap(([method, operation]) =>
      isObject(operation) ? [[path, method, ...textsOf(operation, ['operationId', 'summary', 'description'])]] : [],
    ),
  );
  return JSON.stringify([textsOf(info, ['title', 'description', 'version']), operations.map(String).sort()]);
}

const textsOf = (object: JsonObject, keys: readonly string[]): unknown[] =>
  keys.map((key) => valueAt(object, [key]) ?? null);
