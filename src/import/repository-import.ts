import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ConnectorDraft } from '../connector/draft.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import type { ImportResult } from './import-description.ts';
import { asObject, cloneJson, type Json, type JsonObject } from './json.ts';
import type { ImportOptions } from './options.ts';
import { type ImportedBase, importedProperties, type Refreshed, rememberOptions } from './refresh.ts';
import type { LoadedSource } from './source.ts';

/** What an import leaves in a repository beside the connector: the source, the report, and the base of the next import. */

const baseName = '.pp-connector/imported.json';
export const reportName = 'api/conversion-report.json';

/** What was imported last. @throws UserError when it is damaged: edits couldn't be told from changes of the API */
export function readBase(repository: string): ImportedBase | undefined {
  const path = join(repository, baseName);
  if (!existsSync(path)) return undefined;
  try {
    const known = asObject(JSON.parse(readFileSync(path, 'utf8')) as Json);
    return {
      source: String(known.source),
      sha256: String(known.sha256),
      options: asObject(known.options),
      definition: asObject(known.definition),
      properties: asObject(known.properties),
    };
  } catch (error) {
    throw new UserError(
      `${path} is damaged: it holds the last import, without which edits cannot be told from changes of the API`,
      { hint: 'restore it from version control', cause: error },
    );
  }
}

export interface FinishedImport {
  /** File, address or `-`, as the user gave it. */
  place: string;
  source: LoadedSource;
  options: ImportOptions;
  result: ImportResult;
}

/** The files to keep, below the repository's root. Several source files aren't copied: their places belong together. */
export function importedFiles(root: string, { place, source, options, result }: FinishedImport): PlannedFile[] {
  const name = `api/${nameOfCopy(place, source)}`;
  const remembered: ImportedBase = {
    source: name,
    sha256: source.sha256,
    options: rememberOptions(options),
    definition: result.definition,
    properties: importedProperties(result),
  };
  const files: PlannedFile[] = [
    { path: join(root, reportName), contents: reportText(result), kind: 'edited' },
    { path: join(root, baseName), contents: `${JSON.stringify(remembered)}\n`, kind: 'edited' },
  ];
  if (source.files.size === 1)
    files.push({ path: join(root, name), contents: Buffer.from(source.bytes), kind: 'edited' });
  return files;
}

export const reportText = (result: ImportResult): string => `${JSON.stringify(result.report, null, 2)}\n`;

/** The name of the copy in `api/`: that of the file, or one that says what it is. */
function nameOfCopy(place: string, source: LoadedSource): string {
  const last = basename(place === '-' ? '' : (place.split(/[?#]/)[0] ?? ''));
  if (/\.(?:json|ya?ml)$/i.test(last) && last !== basename(reportName)) return last;
  const start = Buffer.from(source.bytes.subarray(0, 200)).toString();
  return /^\s*[{[]/.test(start) ? 'description.json' : 'description.yaml';
}

/** Puts a refreshed connector into a draft. */
export function applyRefreshed(draft: ConnectorDraft, refreshed: Refreshed): void {
  replaceContents(draft.definition, refreshed.definition);
  replaceContents(draft.connectorProperties, refreshed.properties);
}

/** `contents` may be the same object, or share parts with it. */
function replaceContents(target: object, contents: JsonObject): void {
  const copy = cloneJson(contents);
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, copy);
}
