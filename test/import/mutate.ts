import { clone, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';

/** One change: which of all members of the document, and what becomes of it. */
export interface Mutation {
  readonly place: number;
  readonly change: number;
}

/** Names that mean something to the platform, to JavaScript, or in a path. */
const names = ['connectionId', 'constructor', 'toString', 'id or name', 'a/b', 'größe', '$ref', 'X-Key', '{id}', ''];
const values: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e21,
  '',
  'text',
  'http://contoso.com/x',
  '{region}',
  [],
  {},
  [{}],
  ['a', 'b'],
];

type Change = (owner: JsonObject, key: string, other: Json) => void;

const changes: readonly Change[] = [
  (owner, key) => {
    delete owner[key];
  },
  ...values.map(
    (value): Change =>
      (owner, key) => {
        owner[key] = clone(value);
      },
  ),
  ...names.map(
    (name): Change =>
      (owner, key) => {
        rename(owner, key, name);
      },
  ),
  (owner, key) => {
    owner[key] = [owner[key] ?? null];
  },
  (owner, key, other) => {
    owner[key] = clone(other);
  },
];

/** How many kinds of changes there are. */
export const changeCount: number = changes.length;

/** A copy of a document with some members removed, renamed, or with another value. Never changes what `spared` is. */
export function mutate(document: JsonObject, mutations: readonly Mutation[], spared: ReadonlySet<string>): JsonObject {
  const copy = clone(document);
  for (const { place, change } of mutations) {
    const members = membersOf(copy, spared);
    const [owner, key] = members[place % members.length] ?? [];
    const [otherOwner, otherKey] = members[(place * 31 + change) % members.length] ?? [];
    if (owner === undefined || key === undefined || otherOwner === undefined || otherKey === undefined) continue;
    changes[change % changes.length]?.(owner, key, otherOwner[otherKey] ?? null);
  }
  return copy;
}

/** Every member of every object, in document order, but for those of the root that are spared. */
function membersOf(root: JsonObject, spared: ReadonlySet<string>): [JsonObject, string][] {
  const result: [JsonObject, string][] = [];
  const visit = (value: Json, isRoot: boolean): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, false);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!isRoot || !spared.has(key)) result.push([value, key]);
      visit(inner, false);
    }
  };
  visit(root, true);
  return result;
}

/** Keeps the order of members. */
function rename(owner: JsonObject, key: string, name: string): void {
  const entries = Object.entries(owner).map(([other, value]) => [other === key ? name : other, value] as const);
  for (const other of Object.keys(owner)) delete owner[other];
  for (const [other, value] of entries) owner[other] = value;
}
