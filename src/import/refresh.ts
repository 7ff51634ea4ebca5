import {
  asArray,
  asObject,
  asString,
  clone,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../connector/json/value.ts';
import {
  type MergeChange,
  type MergeConflict,
  type MergeResult,
  mergeThreeWays,
  type Resolution,
} from '../connector/merge/merge.ts';
import { byOperation } from '../connector/merge/operations.ts';
import { sampleDefinition, sampleDescription } from '../connector/sample.ts';
import { followDeprecations } from './deprecations.ts';
import type { ImportResult } from './import-description.ts';
import { followMoves } from './moves.ts';
import type { ImportOptions } from './options.ts';
import { type Present, presentOf } from './present.ts';
import { mergeWithRemovals } from './removals.ts';
import { referencesIn } from './schemas/shrink.ts';

/** What a repository remembers of its last import, so that the next one can tell edits from changes of the API. */
export interface ImportedBase {
  source: string;
  sha256: string;
  options: JsonObject;
  definition: JsonObject;
  properties: JsonObject;
  /** Ids of the repository whose operations the description calls otherwise, with its names for them. */
  upstreamIds?: JsonObject;
}

export interface Refreshed {
  definition: JsonObject;
  properties: JsonObject;
  changes: MergeChange[];
  conflicts: MergeConflict[];
}

/** Members of a definition that the converter has to fill in but that belong to the author where there is one. */
const authors = ['title', 'description', 'version', 'contact'] as const;

/**
 * A new conversion into a repository: the author's definition and properties with the changes of the description.
 *
 * `base` is undefined when nothing was imported yet: what the author has stays, the rest comes in.
 */
export function refresh(
  base: ImportedBase | undefined,
  ours: { definition: JsonObject; properties: JsonObject },
  result: ImportResult,
  resolution: Resolution,
): Refreshed {
  const theirs = {
    definition: withSections(result.definition, ours.definition),
    properties: importedProperties(result),
  };
  const before = base ?? firstBase(ours, theirs);
  const moved = followMoves(
    { base: before.definition, ours: ours.definition, theirs: theirs.definition },
    base !== undefined,
  );
  const sides = followDeprecations({ base: moved.base, ours: moved.ours, theirs: theirs.definition });
  const definition = withoutVersion(
    mergeWithRemovals({ ours: moved.ours, ...sides }, (conflict) =>
      conflict.pointer === version && resolution !== 'theirs' ? 'ours' : sideOf(conflict, resolution),
    ),
    resolution,
  );
  dropEmptySections(definition.merged, ours.definition);
  const properties = mergeThreeWays(
    { base: before.properties, ours: pickProperties(ours.properties), theirs: theirs.properties },
    typeof resolution === 'function' ? (conflict) => resolution(atProperties(conflict)) : resolution,
  );
  return {
    definition: definition.merged,
    properties: { ...ours.properties, ...properties.merged },
    changes: [
      ...moved.changes,
      ...definition.changes.flatMap((change) => byOperation(change, moved.base, theirs.definition)),
      ...properties.changes.map(atProperties),
    ],
    conflicts: [...definition.conflicts, ...properties.conflicts.map(atProperties)],
  };
}

const version = '/info/version';

function sideOf(conflict: MergeConflict, resolution: Resolution): 'ours' | 'theirs' {
  return typeof resolution === 'function' ? resolution(conflict) : resolution;
}

/** Connector and API have versions of their own: that both went on is not a conflict. */
function withoutVersion(result: MergeResult, resolution: Resolution): MergeResult {
  if (resolution === 'theirs') return result;
  const conflicts = result.conflicts.filter(({ pointer }) => pointer !== version);
  return conflicts.length === result.conflicts.length
    ? result
    : { ...result, conflicts, changes: [...result.changes, { kind: 'kept', pointer: version }] };
}

/** Maps of names: one without entries is the same as none. */
const sections = ['definitions', 'parameters', 'responses', 'securityDefinitions'] as const;

/** So that each entry of ours is looked at by itself, although the description has none of the kind. */
function withSections(theirs: JsonObject, ours: JsonObject): JsonObject {
  const missing = sections.filter((section) => theirs[section] === undefined && isObject(ours[section]));
  return missing.length === 0 ? theirs : { ...theirs, ...Object.fromEntries(missing.map((section) => [section, {}])) };
}

/** Those that the merge has emptied; one that was empty before is as its author wants it. */
function dropEmptySections(definition: JsonObject, before: JsonObject): void {
  const isEmpty = (value: Json | undefined): boolean => isObject(value) && Object.keys(value).length === 0;
  for (const section of sections)
    if (isEmpty(definition[section]) && !isEmpty(before[section])) delete definition[section];
}

/** Pointers into apiProperties.json start at its own root. */
function atProperties<T extends { pointer: string }>(entry: T): T {
  return { ...entry, pointer: `/properties${entry.pointer}` };
}

const importedSections = ['connectionParameters', 'policyTemplateInstances'] as const;

export function importedProperties({ properties }: ImportResult): JsonObject {
  return {
    connectionParameters: properties.connectionParameters,
    policyTemplateInstances: properties.policyTemplateInstances as Json[],
  };
}

function pickProperties(properties: JsonObject): JsonObject {
  const picked: JsonObject = {};
  for (const key of importedSections) if (properties[key] !== undefined) picked[key] = properties[key];
  return picked;
}

/**
 * The first import into a repository that was scaffolded: its texts are the author's, its transport and authentication
 * are placeholders, and so are paths that were never imported from anywhere but are not in the way either.
 */
function firstBase(
  ours: { definition: JsonObject; properties: JsonObject },
  theirs: { definition: JsonObject; properties: JsonObject },
): Pick<ImportedBase, 'definition' | 'properties'> {
  const definition = clone(ours.definition);
  // What both have under info counts as if the description had always said it: the author's texts stay.
  const info = asObject(definition.info);
  for (const key of authors) {
    const value = asObject(theirs.definition.info)[key];
    // the sample's description is nobody's: it goes with the sample
    const isSample = info[key] === sampleDescription(asString(getOwn(asObject(ours.definition.info), 'title')) ?? '');
    if (value !== undefined && info[key] !== undefined && !isSample) info[key] = value;
  }
  // Paths and definitions of the author's own stay: they were not in any description.
  for (const section of ['paths', 'definitions', 'parameters', 'responses', 'tags', 'x-ms-connector-metadata']) {
    if (isObject(definition[section]) || Array.isArray(definition[section])) delete definition[section];
  }
  Object.assign(definition, untouchedSample(ours.definition));
  const properties = pickProperties(clone(ours.properties));
  return {
    definition,
    properties:
      asArray(properties.policyTemplateInstances).length === 0
        ? properties
        : { ...properties, policyTemplateInstances: [] },
  };
}

/**
 * What is still as the scaffold's sample has it counts as imported before: it goes away, since the description doesn't
 * have it. A definition stays as long as a path of the author's refers to it.
 */
function untouchedSample(ours: JsonObject): JsonObject {
  const sample = sampleDefinition();
  const isSample = (section: string, [name, value]: [string, Json]): boolean =>
    deepEqual(getOwn(asObject(sample[section]), name), value);
  const paths = Object.entries(asObject(ours.paths));
  const samplePaths = Object.fromEntries(paths.filter((entry) => isSample('paths', entry)));
  const definitions = asObject(ours.definitions);
  const used = new Set<string>();
  const queue = [
    ...referencesIn(Object.fromEntries(paths.filter((entry) => !isSample('paths', entry)))),
    ...Object.entries(definitions).flatMap((entry) => (isSample('definitions', entry) ? [] : [entry[0]])),
  ];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    queue.push(...referencesIn(definitions[name]));
  }
  const sampleDefinitions = Object.entries(definitions).filter(
    (entry) => isSample('definitions', entry) && !used.has(entry[0]),
  );
  return { paths: samplePaths, definitions: Object.fromEntries(sampleDefinitions) };
}

/** Definitions whose operations a refresh may find again, for `keepOperationIds`: the scaffold's sample is none. */
export function knownDefinitions(base: ImportedBase | undefined, ours: JsonObject): JsonObject[] {
  if (base !== undefined) return [ours, base.definition];
  const sample = asObject(untouchedSample(ours).paths);
  const paths = Object.entries(asObject(ours.paths)).filter(([path]) => getOwn(sample, path) === undefined);
  return [{ ...ours, paths: Object.fromEntries(paths) }];
}

/** What a new conversion has to leave as it is, unless the description or a flag says otherwise. */
export const presentIn = (base: ImportedBase | undefined, ours: JsonObject): Present =>
  presentOf(knownDefinitions(base, ours)[0] ?? ours, base?.definition);

/** Options worth remembering: what was selected and chosen, so that a refresh selects the same. */
const rememberedOptions: readonly (keyof ImportOptions)[] = [
  'host',
  'server',
  'allowHttp',
  'auth',
  'tags',
  'paths',
  'operations',
  'excludeTags',
  'excludePaths',
  'excludeOperations',
  'includeDeprecated',
  'triggers',
  'webhooks',
  'arrays',
  'examples',
  'keep',
  'maxDepth',
];

export function rememberOptions(options: ImportOptions): JsonObject {
  const result: JsonObject = {};
  for (const key of rememberedOptions) {
    const value = options[key];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    // a copy as plain JSON, whatever the lists hold
    result[key] = JSON.parse(JSON.stringify(value)) as Json;
  }
  return result;
}

/** What is left out, with what asks for the same things. */
const exclusions = [
  ['excludeTags', 'tags'],
  ['excludePaths', 'paths'],
  ['excludeOperations', 'operations'],
] as const satisfies readonly (readonly [keyof ImportOptions, keyof ImportOptions])[];

/**
 * The options of the last import with those that are given now, which win: also what is named now, and was to be left
 * out then.
 */
export function recallOptions(remembered: JsonObject, given: ImportOptions = {}): ImportOptions {
  const recalled: ImportOptions = Object.fromEntries(
    Object.entries(remembered).filter(([key]) => (rememberedOptions as readonly string[]).includes(key)),
  );
  for (const [excluded, wanted] of exclusions) {
    const names = new Set((given[wanted] ?? []).map((name) => name.toLowerCase()));
    const list = recalled[excluded];
    if (list !== undefined && names.size > 0)
      recalled[excluded] = list.filter((name) => !names.has(String(name).toLowerCase()));
  }
  return { ...recalled, ...given };
}
