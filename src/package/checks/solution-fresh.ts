import { lineAndColumn, locate } from '../../connector/json/locate.ts';
import { fromPointer } from '../../connector/json/pointer.ts';
import { asObject, asString, type JsonObject, own } from '../../connector/json/value.ts';
import { quote } from '../../rules/engine/rule.ts';
import type { RepositoryFacts } from '../repository-facts.ts';
import { type ExportedConnector, readObject, type Solution, titleOf } from '../solution.ts';
import type { ArchiveFile } from '../zip/read-archive.ts';
import { type Check, listed, type ReportBreach } from './check.ts';
import { operationIds } from './solution-flow-uses-connector.ts';

/** The exported definition is the one of the repository. */
export const solutionFresh: Check = {
  rule: 'solution-fresh',
  run: ({ contents: { solutions }, repository }, report) => {
    if (repository?.definition === undefined) return;
    for (const solution of solutions) {
      const connector = counterpart(solution, repository.definition);
      const file = connector?.files.openapidefinition;
      if (file === undefined) continue;
      const place = `${solution.archive.place}!${file.name}`;
      const exported = readObject(file);
      if (exported === undefined) {
        report(place, 'the exported definition is no JSON object; export the solution again');
        continue;
      }
      compare(exported, file, place, { ...repository, definition: repository.definition }, report);
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
  const say = (pointer: string, message: string) => {
    const [offset = 0] = locate(text, [fromPointer(pointer)]);
    report(place, `${message}${age}`, { pointer, point: lineAndColumn(text, offset) });
  };
  for (const { pointer, what, read } of values) {
    const [there, here] = [read(exported), read(definition)];
    if (there !== here) say(pointer, `${what} is ${shown(there)} in the export and ${shown(here)} in the repository`);
  }
  for (const { pointer, what, read } of sets) {
    const [there, here] = [read(exported), read(definition)];
    const gone = here.filter((name) => !there.includes(name));
    const more = there.filter((name) => !here.includes(name));
    const parts = [
      ...(gone.length > 0 ? [`the export lacks ${listed(gone)}`] : []),
      ...(more.length > 0 ? [`only the export has ${listed(more)}`] : []),
    ];
    if (parts.length > 0) say(pointer, `${what} differ from the repository: ${parts.join('; ')}`);
  }
}

const shown = (value: string | undefined): string => (value === undefined ? 'missing' : quote(value));

const values = [
  { pointer: '/info/title', what: 'the title', read: titleOf },
  { pointer: '/host', what: 'the host', read: (root: JsonObject) => asString(own(root, 'host')) },
  // absent and a lone slash mean the same
  { pointer: '/basePath', what: 'the base path', read: (root: JsonObject) => asString(own(root, 'basePath')) ?? '/' },
] as const;

const sets = [
  { pointer: '/paths', what: 'the paths', read: (root: JsonObject) => Object.keys(asObject(own(root, 'paths'))) },
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
