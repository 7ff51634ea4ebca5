import { lineAndColumn, locate } from '../../connector/json/locate.ts';
import { toPointer } from '../../connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';
import { comparable } from '../../connector/merge/normalise.ts';
import { quote } from '../../quote.ts';
import { type ExportedConnector, readJsonIn, type Solution } from '../solution.ts';
import type { ArchiveFile } from '../zip/read-archive.ts';
import { listed, type ReportBreach } from './check.ts';

/** Of OAuth settings: the service has the real application, and an address of its own. */
const ofTheService: ReadonlySet<string> = new Set(['clientId', 'clientSecret', 'redirectUrl']);

type Path = (string | number)[];

/**
 * Connection parameters, ways to sign in and policies of an export are those of the repository. What only the export has
 * inside of one is the service's, which completes what it stores.
 *
 * @param inner `properties` of apiProperties.json in the repository
 */
export function compareExportedProperties(
  { files }: ExportedConnector,
  { archive }: Solution,
  inner: JsonObject,
  report: ReportBreach,
): void {
  const expected = comparable(inner);
  const say = (file: ArchiveFile, path: Path, message: string): void => {
    const text = file.bytes.toString('utf8').replace(/^\uFEFF/, '');
    const [offset = 0] = locate(text, [path]);
    const details = { pointer: toPointer(path), point: lineAndColumn(text, offset) };
    report(`${archive.place}!${file.name}`, `${message}; deploy, then export again`, details);
  };
  const parameters = files.connectionparameters;
  const exported = readJsonIn(parameters);
  if (parameters !== undefined && isObject(exported)) {
    compareParameters(exported, asObject(getOwn(expected, 'connectionParameters')), (path, message) =>
      say(parameters, path, message),
    );
  }
  const policies = files.policytemplateinstances;
  const instances = readJsonIn(policies);
  if (policies !== undefined && Array.isArray(instances)) {
    comparePolicies(instances, asArray(getOwn(expected, 'policyTemplateInstances')), (path, message) =>
      say(policies, path, message),
    );
  }
  const sets = files.connectionparametersets;
  const values = setNames(readJsonIn(sets));
  const wanted = setNames(getOwn(expected, 'connectionParameterSets'));
  if (sets !== undefined && values !== undefined && wanted !== undefined && !deepEqual(values, wanted)) {
    say(
      sets,
      ['values'],
      `the ways to sign in are ${listed(values)} in the export and ${listed(wanted)} in the repository`,
    );
  }
}

type Say = (path: Path, message: string) => void;

function compareParameters(there: JsonObject, here: JsonObject, say: Say): void {
  const gone = Object.keys(here).filter((name) => !Object.hasOwn(there, name));
  // a field beside OAuth may be the service's
  const more = Object.keys(there).filter((name) => !Object.hasOwn(here, name) && !name.startsWith('token:'));
  if (gone.length > 0) say([], `the export lacks the connection parameters ${listed(gone)} of the repository`);
  if (more.length > 0) say([], `only the export has the connection parameters ${listed(more)}`);
  for (const [name, parameter] of Object.entries(here)) {
    const exported = getOwn(there, name);
    const at = exported === undefined ? undefined : firstDifference(exported, parameter, [name]);
    if (at !== undefined)
      say(at, `the connection parameter ${quote(name)} differs from the repository at ${quote(toPointer(at))}`);
  }
}

function comparePolicies(there: readonly Json[], here: readonly Json[], say: Say): void {
  if (there.length !== here.length) {
    say([], `the export has ${policies(there.length)} and the repository ${policies(here.length)}`);
    return;
  }
  for (const [index, policy] of here.entries()) {
    const exported = asObject(there[index]);
    const isOther = templateOf(exported) !== templateOf(asObject(policy));
    const parameters = getOwn(asObject(policy), 'parameters') ?? {};
    const at = isOther
      ? [index, 'templateId']
      : firstDifference(getOwn(exported, 'parameters') ?? {}, parameters, [index, 'parameters']);
    if (at === undefined) continue;
    const title = asString(getOwn(asObject(policy), 'title')) ?? '';
    say(at, `the policy ${quote(title)} differs from the repository at ${quote(toPointer(at))}`);
    return;
  }
}

const policies = (count: number): string => (count === 1 ? '1 policy' : `${count} policies`);

const templateOf = (policy: JsonObject): string => (asString(getOwn(policy, 'templateId')) ?? '').toLowerCase();

/** Where the export lacks or changes what the repository has. */
function firstDifference(there: Json, here: Json, path: Path): Path | undefined {
  if (isObject(here) && isObject(there)) {
    for (const [key, value] of Object.entries(here)) {
      if (ofTheService.has(key)) continue;
      const exported = getOwn(there, key);
      const at = exported === undefined ? [...path, key] : firstDifference(exported, value, [...path, key]);
      if (at !== undefined) return at;
    }
    return undefined;
  }
  return deepEqual(there, here) ? undefined : path;
}

function setNames(sets: Json | undefined): string[] | undefined {
  const values = getOwn(asObject(sets), 'values');
  return Array.isArray(values) ? values.map((set) => asString(getOwn(asObject(set), 'name')) ?? '') : undefined;
}
