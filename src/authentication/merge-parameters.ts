import { asObject, deepEqual, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { asJsonObject, carryOver, insertInOrder } from './merge.ts';

/** Three versions of the connection parameters that an authentication has. */
export interface ParameterVersions {
  /** What is to be. */
  after: JsonObject;
  /** What we would have written for what is there. */
  former: JsonObject;
  /** The same, when it is of the same kind as what is to be: then the author's edits of it stay. */
  base: JsonObject | undefined;
}

export interface MergedParameters {
  parameters: JsonObject;
  /** Names of those that went with the former authentication. */
  removed: string[];
}

/** Replaces the parameters of one authentication by those of another; every other one is the author's and stays. */
export function mergeConnectionParameters(
  parameters: JsonObject,
  { after: wanted, former, base }: ParameterVersions,
): MergedParameters {
  const isGone = (name: string): boolean =>
    isOwned(name, parameters[name], wanted, former) && !Object.hasOwn(wanted, name);
  const removed = Object.keys(parameters).filter(isGone);
  const kept = Object.entries(parameters).filter(([name]) => !removed.includes(name));
  const entries = kept.map(([name, authors]): [string, Json] => {
    const after = getOwn(wanted, name);
    if (after === undefined) return [name, authors];
    const before = getOwn(base, name) ?? unchanged(getOwn(former, name), after);
    // what nothing changes is the author's, also where it is of another type
    const isSame =
      deepEqual(before, after) || (before !== undefined && hasType(authors, getOwn(asObject(after), 'type')));
    return [name, isSame ? carryOver(before, authors, after) : after];
  });
  const names = kept.map(([name]) => name);
  const added = Object.entries(wanted).filter(([name]) => !isAmong(names, name));
  // beside those that stay, else where the former ones stood: the way back then gives the same file
  const formerPlace = Math.max(0, Object.keys(parameters).findIndex(isGone));
  const merged = insertInOrder(entries, added, Object.keys(wanted), formerPlace, ([name]) => name);
  return { parameters: asJsonObject(merged), removed };
}

/** What stays as it is from one kind to another keeps the author's texts, too. */
export const unchanged = (former: Json | undefined, after: Json): Json | undefined =>
  deepEqual(former, after) ? after : undefined;

export const hasType = (value: Json | undefined, type: Json | undefined): boolean =>
  isObject(value) && getOwn(value, 'type') === type;

/** The platform compares what follows `token:` without case. */
const isAmong = (names: readonly string[], name: string): boolean =>
  names.includes(name) ||
  (name.startsWith('token:') && names.some((other) => other.toLowerCase() === name.toLowerCase()));

/** Parameters that the platform or this tool gives to an authentication; every other one is the author's. */
function isOwned(name: string, parameter: Json | undefined, after: JsonObject, former: JsonObject): boolean {
  if (Object.hasOwn(former, name)) return true;
  const isOAuth =
    getOwn(asObject(parameter), 'type') === 'oauthSetting' || name === 'token' || name.startsWith('token:');
  if (!isOAuth) return false;
  // what an author put beside the token of an OAuth connector stays there while it is one
  const staysOAuth = Object.hasOwn(former, 'token') && Object.hasOwn(after, 'token');
  return !(staysOAuth && name.startsWith('token:'));
}
