import { asObject, clone, getOwn, isObject, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { definitionChangeInWords, propertiesChangeInWords } from '../connector/merge/describe-change.ts';
import type { Resolution } from '../connector/merge/merge.ts';
import { byOperation } from '../connector/merge/operations.ts';
import { type Overrides, withoutOverrides } from '../deploy/overrides.ts';
import { type Downloaded, oauthSettings, type RemoteCopy } from '../deploy/remote-copy.ts';
import { digest } from '../files/digest.ts';
import { type JsonMerge, type JsonSides, mergeJson } from './merge-json.ts';
import { mergeText } from './merge-text.ts';

export const parts = ['definition', 'properties', 'script', 'icon'] as const;
/** What of a connector can be changed in the service. */
export type Part = (typeof parts)[number];

/** A value that was changed both here and in the service; of an icon, its digest. */
export interface DownloadConflict {
  part: Part;
  /** Empty: the whole file. */
  pointer: string;
  ours: Json | undefined;
  theirs: Json | undefined;
}

/** A change that comes in. */
export interface DownloadChange {
  part: Part;
  kind: 'added' | 'updated' | 'removed';
  pointer: string;
  /** In a maker's words: `GetOrder: summary changed`. */
  words: string;
}

export type DecideConflict = (conflict: DownloadConflict) => 'ours' | 'theirs';

export interface DownloadSides {
  ours: Connector;
  /** The service's copy right after the last deployment; undefined: not known, and every difference is a conflict. */
  base: RemoteCopy | undefined;
  theirs: Downloaded;
  /** Parts of the author's that are still what was deployed. */
  unchanged: ReadonlySet<Part>;
  /** What the environment has otherwise on purpose. */
  overrides: Overrides;
}

export interface MergedConnector {
  definition: JsonObject;
  /** All of apiProperties.json. */
  properties: JsonObject;
  /** With LF; undefined: there is none. */
  script: string | undefined;
  /** Undefined: it stays as it is. */
  icon: Buffer | undefined;
  changes: DownloadChange[];
  conflicts: DownloadConflict[];
}

/** Brings what was changed in the service into the author's connector. Nothing is written. */
export async function mergeConnector(sides: DownloadSides, decide: DecideConflict): Promise<MergedConnector> {
  const definition = mergeDefinition(sides, asObject(sides.ours.definition?.value), decide);
  const properties = mergeProperties(sides, decide);
  const script = await mergeScript(sides, decide);
  const icon = mergeIcon(sides, decide);
  return {
    definition: definition.merged,
    properties: properties.merged,
    script: script.merged,
    icon: icon.merged,
    changes: [definition, properties, script, icon].flatMap(({ changes }) => changes),
    conflicts: [definition, properties, script, icon].flatMap(({ conflicts }) => conflicts),
  };
}

interface PartMerge<T> {
  merged: T;
  changes: DownloadChange[];
  conflicts: DownloadConflict[];
}

/** @param ours the definition that the changes are brought into: the deployed one, or what it is built from */
export function mergeDefinition(
  { base, theirs, unchanged, overrides }: DownloadSides,
  ours: JsonObject,
  decide: DecideConflict,
): PartMerge<JsonObject> {
  const asAuthors = (definition: JsonObject): JsonObject =>
    withoutOverrides({ definition, properties: {} }, { definition: ours, properties: {} }, overrides).definition;
  const sides = {
    base: base && asAuthors(base.definition),
    ours,
    theirs: asAuthors(theirs.copy.definition),
    isUnchanged: unchanged.has('definition'),
  };
  return mergePart('definition', sides, decide, definitionChangeInWords);
}

function mergeProperties(
  { base, ours, theirs, unchanged, overrides }: DownloadSides,
  decide: DecideConflict,
): PartMerge<JsonObject> {
  const mine = asObject(ours.properties?.value);
  const asAuthors = (properties: JsonObject): JsonObject =>
    withAuthors(
      mine,
      withoutOverrides({ definition: {}, properties }, { definition: {}, properties: mine }, overrides).properties,
    );
  const sides = {
    base: base && asAuthors(base.properties),
    ours: mine,
    theirs: asAuthors(theirs.copy.properties),
    isUnchanged: unchanged.has('properties'),
  };
  return mergePart('properties', sides, decide, propertiesChangeInWords);
}

function mergePart(
  part: Part,
  sides: JsonSides,
  decide: DecideConflict,
  inWords: typeof definitionChangeInWords,
): PartMerge<JsonObject> {
  const resolution: Resolution = ({ pointer, ours, theirs }) => decide({ part, pointer, ours, theirs });
  const { merged, changes, conflicts }: JsonMerge = mergeJson(sides, resolution);
  return {
    merged,
    changes: changes
      .flatMap((change) => byOperation(change, sides.ours, merged))
      .map((change) => ({ ...change, part, words: inWords(change, sides.ours, merged) }) as DownloadChange),
    conflicts: conflicts.map(({ pointer, ours, theirs }) => ({ part, pointer, ours, theirs })),
  };
}

/** Fields that only certification needs: the service may refuse them, and nobody edits them in the portal. */
const certificationOnly = ['publisher', 'stackOwner'] as const;

/** The service's properties with what is the author's alone: the OAuth client, and what is not deployed. */
function withAuthors(mine: JsonObject, copy: JsonObject): JsonObject {
  const result = clone(copy);
  const clients = oauthSettings(mine);
  for (const [key, settings] of oauthSettings(result)) {
    const authors = clients.get(key);
    if (authors === undefined) continue;
    for (const name of ['clientId', 'clientSecret']) take(settings, authors, name);
  }
  const [inner, authors] = [getOwn(result, 'properties'), getOwn(mine, 'properties')];
  if (isObject(inner) && isObject(authors)) for (const name of certificationOnly) take(inner, authors, name);
  return result;
}

function take(target: JsonObject, source: JsonObject, key: string): void {
  const value = getOwn(source, key);
  if (value === undefined) delete target[key];
  else setOwn(target, key, value);
}

async function mergeScript(
  { base, ours, theirs, unchanged }: DownloadSides,
  decide: DecideConflict,
): Promise<PartMerge<string | undefined>> {
  const mine = ours.script?.text.replaceAll('\r\n', '\n');
  const [then, now] = [base?.script, theirs.copy.script];
  // without a base a missing script says nothing: pac doesn't promise to bring it
  const isSame = mine === now || (base === undefined ? now === undefined : then === now);
  if (isSame) return { merged: mine, changes: [], conflicts: [] };
  const combined =
    mine === undefined || then === undefined || now === undefined ? undefined : await mergeText(then, mine, now);
  if (combined !== undefined) {
    const changes = combined === mine ? [] : [changeOf('script', mine, combined)];
    return { merged: combined, changes, conflicts: [] };
  }
  const isUnedited = base !== undefined && (mine === then || unchanged.has('script'));
  return decideWhole('script', { mine, now, isUnedited, ours: mine, theirs: now }, decide);
}

function mergeIcon(
  { base, ours, theirs, unchanged, overrides }: DownloadSides,
  decide: DecideConflict,
): PartMerge<Buffer | undefined> {
  if (overrides.icon !== undefined) return { merged: undefined, changes: [], conflicts: [] };
  const mine = ours.icon && digest(ours.icon.bytes);
  const now = theirs.copy.icon;
  // an icon can't be taken away in the portal; pac may not have brought it
  if (now === undefined || mine === now || (base !== undefined && base.icon === now))
    return { merged: undefined, changes: [], conflicts: [] };
  const isUnedited = base !== undefined && (mine === base.icon || unchanged.has('icon'));
  return decideWhole('icon', { mine: undefined, now: theirs.icon, isUnedited, ours: mine, theirs: now }, decide);
}

/** A file that is taken whole, or not at all. */
function decideWhole<T>(
  part: Part,
  {
    mine,
    now,
    isUnedited,
    ours,
    theirs,
  }: { mine: T; now: T; isUnedited: boolean } & Pick<DownloadConflict, 'ours' | 'theirs'>,
  decide: DecideConflict,
): PartMerge<T> {
  const conflict: DownloadConflict = { part, pointer: '', ours, theirs };
  const isTaken = isUnedited || decide(conflict) === 'theirs';
  return {
    merged: isTaken ? now : mine,
    changes: isTaken ? [changeOf(part, ours, theirs)] : [],
    conflicts: isUnedited ? [] : [conflict],
  };
}

function changeOf(part: Part, ours: Json | undefined, theirs: Json | undefined): DownloadChange {
  const kind = theirs === undefined ? 'removed' : ours === undefined ? 'added' : 'updated';
  const name = part === 'script' ? 'custom code' : part;
  return { part, kind, pointer: '', words: `${name} ${kind === 'updated' ? 'changed' : kind}` };
}
