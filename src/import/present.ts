import { asObject, asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import { basePathOf, idOf, operationsOf } from './known-operations.ts';
import type { ApiModel, SourceOperation } from './model.ts';
import { writtenPath } from './passes/operations.ts';
import { pathKey } from './passes/path-templates.ts';
import { addressAt } from './passes/server-address.ts';

/**
 * What a connector has of an API already. A later description changes that, and so do flags; what this tool chooses by
 * default doesn't: flows rely on the operations, and connections on the host and the sign-in.
 */
export interface Present {
  /** The ids of its operations, by the keys that `placesIn` writes. */
  readonly operations: ReadonlyMap<string, string>;
  /** The same of those that its author has added: no import touches them unless it brings them in itself. */
  readonly own: ReadonlyMap<string, string>;
  /** What the last import chose; undefined: nothing was imported yet. */
  readonly chosen: PresentChoices | undefined;
}

export interface PresentChoices {
  readonly host: string;
  /** Without a trailing slash; empty for the root. */
  readonly basePath: string;
  /** Name and contents of the security definition; undefined where there is none. */
  readonly signIn: readonly [name: string, definition: JsonObject] | undefined;
}

/**
 * @param ours the definition in the repository, without what only stands there as a sample
 * @param last what the last import made; an operation that only one of the two has is the author's to decide about
 */
export function presentOf(ours: JsonObject, last: JsonObject | undefined): Present {
  const there = placesIn(ours);
  if (last === undefined) return { operations: new Map(there.flat()), own: new Map(), chosen: undefined };
  const imported = new Map(placesIn(last).flat());
  const isImported = (places: (typeof there)[number]): boolean => places.some(([key]) => imported.has(key));
  const operations = new Map(there.filter(isImported).flat());
  const own = new Map(there.filter((places) => !isImported(places)).flat());
  return { operations, own, chosen: choicesIn(last) };
}

function choicesIn(definition: JsonObject): PresentChoices {
  const [signIn] = Object.entries(asObject(getOwn(definition, 'securityDefinitions')));
  return {
    host: asString(getOwn(definition, 'host')) ?? '',
    basePath: basePathOf(definition),
    signIn: signIn === undefined ? undefined : [signIn[0], asObject(signIn[1])],
  };
}

/** The keys of each operation with its id: its method with its path, and with that below the base path, which may move into it. */
function placesIn(definition: JsonObject): [key: string, id: string][][] {
  const base = basePathOf(definition);
  return operationsOf(definition).map(({ method, path, value }) =>
    keysOf(method, path, [base]).map((key) => [key, idOf(value)]),
  );
}

const keysOf = (method: string, path: string, bases: readonly string[]): string[] =>
  ['', ...bases].map((base) => `${method} ${pathKey(base + path)}`);

/** The id of an operation of the description in a connector, for its method at its path. Undefined: it isn't there. */
export function presentId(
  operation: SourceOperation,
  { servers }: ApiModel,
  known: ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (known === undefined || known.size === 0) return undefined;
  const bases = (operation.servers ?? servers).map((server) => addressAt(server, '').base);
  const [found] = keysOf(operation.method, writtenPath(operation), bases)
    .map((key) => known.get(key))
    .filter((id) => id !== undefined);
  return found;
}

export const isPresent = (...operation: Parameters<typeof presentId>): boolean => presentId(...operation) !== undefined;
