import { lineAndColumn, locate } from '../../connector/json/locate.ts';
import { fromPointer, toPointer } from '../../connector/json/pointer.ts';
import {
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
import type { RepositoryFacts } from '../repository-facts.ts';
import { type ExportedConnector, readObject, type Solution, titleOf } from '../solution.ts';
import type { ArchiveFile } from '../zip/read-archive.ts';
import { type Check, listed, type ReportBreach } from './check.ts';
import { compareExportedProperties } from './compare-properties.ts';
import { operationIds } from './solution-flow-uses-connector.ts';

/** The exported definition is the one of the repository. */
export const solutionFresh: Check<'solution-fresh'> = {
  rule: 'solution-fresh',
  run: ({ contents: { solutions }, repository }, report) => {
    const { definition, inner } = repository ?? {};
    if (repository === undefined || definition === undefined) return;
    for (const solution of solutions) {
      const connector = counterpart(solution, definition);
      const file = connector?.files.openapidefinition;
      if (file === undefined) continue;
      const place = `${solution.archive.place}!${file.name}`;
      const exported = readObject(file);
      // of a damaged definition json-valid speaks
      if (exported === undefined) continue;
      compareScript(connector, solution, repository, report);
      if (connector !== undefined && inner !== undefined) compareExportedProperties(connector, solution, inner, report);
      compare(exported, file, place, { ...repository, definition }, report);
    }
  },
};

/** Of several connectors in a solution the one with the same title. */
function counterpart({ connectors }: Solution, definition: JsonObject): ExportedConnector | undefined {
  if (connectors.length === 1) return connectors[0];
  return connectors.find(({ files }) => titleOf(readObject(files.openapidefinition)) === titleOf(definition));
}

function compare(
  exported: JsonObject,
  file: ArchiveFile,
  place: string,
  { definition, changed }: RepositoryFacts & { definition: JsonObject },
  report: ReportBreach,
): void {
  const age = ageOf(file.modified, changed);
  const text = file.bytes.toString('utf8').replace(/^\uFEFF/, '');
  let isOther = false;
  const reportAt = (pointer: string, message: string) => {
    isOther = true;
    const [offset = 0] = locate(text, [fromPointer(pointer)]);
    report(place, `${message}${age}`, { pointer, point: lineAndColumn(text, offset) });
  };
  for (const { pointer, what, read } of values) {
    const [there, here] = [read(exported), read(definition)];
    if (there !== here)
      reportAt(pointer, `${what} is ${shown(there)} in the export and ${shown(here)} in the repository`);
  }
  for (const { pointer, what, read } of sets) {
    const [there, here] = [read(exported), read(definition)];
    const gone = here.filter((name) => !there.includes(name));
    const more = there.filter((name) => !here.includes(name));
    const parts = [
      ...(gone.length > 0 ? [`the export lacks ${listed(gone)}`] : []),
      ...(more.length > 0 ? [`only the export has ${listed(more)}`] : []),
    ];
    if (parts.length > 0) reportAt(pointer, `${what} differ from the repository: ${parts.join('; ')}`);
  }
  // where so much is another one, single texts don't matter any more
  if (!isOther) compareRest(exported, definition, reportAt);
}

/** Everything else, however small: what reviewers asked to change is of no use in the repository alone. */
function compareRest(
  exported: JsonObject,
  definition: JsonObject,
  reportAt: (pointer: string, message: string) => void,
): void {
  const places = differences(comparable(exported), comparable(definition));
  const [first] = places;
  if (first === undefined) return;
  const more = places.length > 1 ? `, and ${places.length - 1} more` : '';
  reportAt(first, `the export differs from the repository at ${quote(first)}${more}; deploy, then export again`);
}

/** Pointers of the values that differ, the deepest ones that both sides have. */
function differences(there: Json, here: Json, path: (string | number)[] = []): string[] {
  if (deepEqual(there, here)) return [];
  if (!isObject(there) || !isObject(here)) return [toPointer(path)];
  const keys = new Set([...Object.keys(there), ...Object.keys(here)]);
  return [...keys].flatMap((key) => {
    const [a, b] = [getOwn(there, key), getOwn(here, key)];
    if (a === undefined || b === undefined) return [toPointer([...path, key])];
    return differences(a, b, [...path, key]);
  });
}

/** The script runs as it was exported. Line ends don't count. */
function compareScript(
  connector: ExportedConnector | undefined,
  { archive }: Solution,
  { script }: RepositoryFacts,
  report: ReportBreach,
): void {
  const file = connector?.files.customcodeblobcontent;
  if (file === undefined || script === undefined) return;
  if (plainText(file.bytes.toString('utf8')) === plainText(script)) return;
  report(
    `${archive.place}!${file.name}`,
    'the exported script is another one than script.csx; deploy, then export again',
  );
}

const plainText = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd();

const shown = (value: string | undefined): string => (value === undefined ? 'missing' : quote(value));

const values = [
  { pointer: '/info/title', what: 'the title', read: titleOf },
  { pointer: '/host', what: 'the host', read: (root: JsonObject) => asString(getOwn(root, 'host')) },
  // absent and a lone slash mean the same
  {
    pointer: '/basePath',
    what: 'the base path',
    read: (root: JsonObject) => asString(getOwn(root, 'basePath')) ?? '/',
  },
] as const;

const sets = [
  { pointer: '/paths', what: 'the paths', read: (root: JsonObject) => Object.keys(asObject(getOwn(root, 'paths'))) },
  { pointer: '/paths', what: 'the operation ids', read: operationIds },
] as const;

/** Which side is older, where both have a date; a checkout gives files new dates, so that it is only a hint. */
function ageOf(exported: Date | undefined, changed: Date | undefined): string {
  if (exported === undefined || changed === undefined) return '';
  const [there, here] = [day(exported), day(changed)];
  if (there === here) return '';
  return there < here
    ? `; by their dates the export (${there}) is older than the file (${here}): deploy, then export again`
    : `; by their dates the repository (${here}) is older than the export (${there})`;
}

const day = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
