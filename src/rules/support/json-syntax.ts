import { duplicateKeys } from '../../connector/json/duplicate-keys.ts';
import { linesAndColumns } from '../../connector/json/locate.ts';
import { repairJson } from '../../connector/json/repair.ts';
import { isObject } from '../../connector/json/value.ts';
import type { JsonFile } from '../../connector/source-file.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel } from '../engine/model.ts';
import type { Fix, Report } from '../engine/rule.ts';

/** What is asked of every JSON file of a connector, whatever it holds. */

/** Says where a file isn't the strict JSON object that it must be, and repairs what has one certain remedy. */
export function reportSyntax(file: JsonFile, report: Report, connector: ConnectorModel): void {
  if (file.problems.length === 0) {
    if (!isObject(file.value)) report(connector.place(file), 'the file must hold a JSON object: { … }');
    return;
  }
  const fix = syntaxFix(file);
  // after the first real break a reader only guesses
  const problems = file.problems.slice(0, file.unreliable ? 1 : maxReported);
  const more = file.unreliable ? 0 : file.problems.length - problems.length;
  problems.forEach(({ offset, message }, index) => {
    const skipped = file.unreliable ? '; the rules about the content of this file were skipped' : '';
    const rest = more > 0 && index === problems.length - 1 ? ` (and ${more} more such places)` : '';
    report({ file, offset }, message + skipped + rest, fix);
  });
}

/** A file that was written with comments throughout is reported so, but not at every line. */
const maxReported = 20;

function syntaxFix(file: JsonFile): Fix[] {
  if (repairJson(file.text) === undefined) return [];
  let last: string | undefined;
  // all slips are repaired at once; the same fix belongs to each of their findings
  const edit = (text: string): string => {
    last = text === last ? last : (repairJson(text) ?? text);
    return last;
  };
  return [{ op: 'text', file, edit }];
}

/** Reports every key that an object repeats, at its last value, which is the one that counts. */
export function reportDuplicateKeys(file: JsonFile, report: Report, connector: ConnectorModel): void {
  for (const { path, key, offsets } of duplicateKeys(file)) {
    const shown = linesAndColumns(file.text, offsets.slice(0, maxReported)).map(
      ({ line, column }) => `${line}:${column}`,
    );
    const places = shown.join(', ') + (offsets.length > shown.length ? ', …' : '');
    report(
      path === undefined ? { file, offset: offsets.at(-1) ?? 0 } : connector.place(file).at(...path),
      `the key ${quote(key)} occurs here ${offsets.length} times (${places}); only the last one counts, remove or rename the others`,
    );
  }
}
