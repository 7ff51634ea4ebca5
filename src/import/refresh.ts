import type { ImportResult } from './import-description.ts';
import { asArray, asObject, cloneJson, isObject, type Json, type JsonObject } from './json.ts';
import { type MergeChange, type MergeConflict, mergeImport, type Resolution } from './merge.ts';
import type { ImportOptions } from './options.ts';

/** What a repository remembers of its last import, so that the next one can tell edits from changes of the API. */
export interface ImportedBase {
  source: string;
  sha256: string;
  options: JsonObject;
  definition: JsonObject;
  properties: JsonObject;
}

export interface Refreshed {
  definition: JsonObject;
  properties: JsonObject;
  changes: MergeChange[];
  conflicts: MergeConflict[];
}

/** Members of a definition that the converter has to fill in but that belong to the author where there is one. */
const AUTHORS = ['title', 'description', 'version', 'contact'] as const;

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
  const theirs = { definition: result.definition, properties: importedProperties(result) };
  const before = base ?? firstBase(ours, theirs);
  const definition = mergeImport(
    { base: before.definition, ours: ours.definition, theirs: theirs.definition },
    resolution,
  );
  const properties = mergeImport(
    { base: before.properties, ours: pickProperties(ours.properties), theirs: theirs.properties },
    resolution,
  );
  return {
    definition: definition.merged,
    properties: { ...ours.properties, ...properties.merged },
    changes: [...definition.changes, ...inProperties(properties.changes)],
    conflicts: [...definition.conflicts, ...inProperties(properties.conflicts)],
  };
}

/** Pointers into apiProperties.json start at its own root. */
function inProperties<T extends { pointer: string }>(entries: readonly T[]): T[] {
  return entries.map((entry) => ({ ...entry, pointer: `/properties${entry.pointer}` }));
}

const IMPORTED = ['connectionParameters', 'policyTemplateInstances'] as const;

export function importedProperties({ properties }: ImportResult): JsonObject {
  return {
    connectionParameters: properties.connectionParameters,
    policyTemplateInstances: properties.policyTemplateInstances as Json[],
  };
}

function pickProperties(properties: JsonObject): JsonObject {
  const picked: JsonObject = {};
  for (const key of IMPORTED) if (properties[key] !== undefined) picked[key] = properties[key];
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
  const definition = cloneJson(ours.definition);
  // What both have under info counts as if the description had always said it: the author's texts stay.
  const info = asObject(definition.info);
  for (const key of AUTHORS) {
    const value = asObject(theirs.definition.info)[key];
    if (value !== undefined && info[key] !== undefined) info[key] = value;
  }
  // Paths and definitions of the author's own stay: they were not in any description.
  for (const section of ['paths', 'definitions', 'parameters', 'responses', 'tags', 'x-ms-connector-metadata']) {
    if (isObject(definition[section]) || Array.isArray(definition[section])) delete definition[section];
  }
  const properties = pickProperties(cloneJson(ours.properties));
  return {
    definition,
    properties:
      asArray(properties.policyTemplateInstances).length === 0
        ? properties
        : { ...properties, policyTemplateInstances: [] },
  };
}

/** Options worth remembering: what was selected and chosen, so that a refresh selects the same. */
const REMEMBERED: readonly (keyof ImportOptions)[] = [
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
  'arrays',
  'maxDepth',
];

export function rememberOptions(options: ImportOptions): JsonObject {
  const result: JsonObject = {};
  for (const key of REMEMBERED) {
    const value = options[key];
    if (value === undefined || value instanceof Map) continue;
    if (Array.isArray(value) ? value.length > 0 : true)
      result[key] = Array.isArray(value) ? [...value] : (value as Json);
  }
  return result;
}

export function recallOptions(remembered: JsonObject): ImportOptions {
  return Object.fromEntries(
    Object.entries(remembered).filter(([key]) => (REMEMBERED as readonly string[]).includes(key)),
  );
}
