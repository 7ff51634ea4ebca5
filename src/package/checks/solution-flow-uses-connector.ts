import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';
import { fileIn, readObject, type Solution } from '../solution.ts';
import type { Check } from './check.ts';

/**
 * Some flow uses the connector. The id by which a flow names a custom connector is documented nowhere: it is made from
 * the schema name, with a number after it, so that names are compared loosely, and operation ids count, too.
 */
export const solutionFlowUsesConnector: Check<'solution-flow-uses-connector'> = {
  rule: 'solution-flow-uses-connector',
  run: ({ contents: { solutions } }, report) => {
    for (const solution of solutions) {
      const { archive, role, flows, connectors } = solution;
      if (role !== 'flow' || connectors.length === 0) continue;
      const read = flows
        .map(({ path }) => readObject(path === undefined ? undefined : fileIn(archive, path)))
        .filter((flow) => flow !== undefined);
      // files that are missing or broken are another rule's
      if (read.length === 0 || read.some((flow) => usesConnector(flow, solution))) continue;
      report(archive.place, 'no flow of the solution has an action or trigger of the connector');
    }
  },
};

function usesConnector(flow: JsonObject, { connectors, references }: Solution): boolean {
  const names = connectors.flatMap(({ name }) => (name === undefined ? [] : [plain(name)]));
  const ids = new Set(connectors.flatMap(({ id }) => (id === undefined ? [] : [bare(id)])));
  const logical = new Set(
    references.flatMap(({ logicalName, customId, api }) => {
      const isOurs = (customId !== undefined && ids.has(bare(customId))) || (api !== undefined && isNamed(api, names));
      return isOurs && logicalName !== undefined ? [logicalName.toLowerCase()] : [];
    }),
  );
  const operations = new Set(connectors.flatMap(({ files }) => operationIds(readObject(files.openapidefinition))));
  return someObject(flow, (value) => {
    const reference = asString(getOwn(asObject(getOwn(value, 'connection')), 'connectionReferenceLogicalName'));
    if (reference !== undefined && logical.has(reference.toLowerCase())) return true;
    const api = asString(getOwn(value, 'apiId')) ?? asString(getOwn(asObject(getOwn(value, 'api')), 'name'));
    if (api !== undefined && isNamed(api, names)) return true;
    const operation = asString(getOwn(value, 'operationId'));
    return operation !== undefined && operations.has(operation) && !isForeign(getOwn(value, 'apiId'));
  });
}

/** Letters and digits only; the service writes others as `-5f`. */
const plain = (name: string): string =>
  name
    .replaceAll(/-([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

const bare = (id: string): string => id.replaceAll(/[{}]/g, '').toLowerCase();

/** `/providers/Microsoft.PowerApps/apis/shared_contoso-5fweather-5f0123…` begins with the schema name `contoso_weather`. */
function isNamed(api: string, names: readonly string[]): boolean {
  const id = plain(api.slice(api.lastIndexOf('/') + 1).replace(/^shared_/i, ''));
  return names.some((name) => name !== '' && id.startsWith(name));
}

/** An action of a connector of Microsoft's, whose operation happens to be called as one of ours. */
const isForeign = (api: Json | undefined): boolean => typeof api === 'string' && /\/shared_[a-z0-9]+$/i.test(api);

export function operationIds(definition: JsonObject | undefined): string[] {
  const paths = Object.values(asObject(getOwn(definition, 'paths')));
  return paths.flatMap((path) =>
    Object.values(asObject(path)).flatMap((operation) => asString(getOwn(asObject(operation), 'operationId')) ?? []),
  );
}

function someObject(root: Json, test: (value: JsonObject) => boolean): boolean {
  const open: Json[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isObject(next) && test(next)) return true;
    for (const child of isObject(next) ? Object.values(next) : asArray(next)) open.push(child);
  }
  return false;
}
