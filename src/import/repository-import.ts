import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DerivedRecord, readDerived, updatedRecord } from '../connector/derived-texts.ts';
import { derivedTextsFile } from '../connector/derived-texts-file.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, type Json, type JsonObject, replaceContents } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { nameProblem } from '../files/contained-path.ts';
import { isSamePath } from '../files/names.ts';
import { readTextWithin } from '../files/read.ts';
import { decodePercent } from '../percent-encoding.ts';
import type { ImportResult } from './import-description.ts';
import type { ImportOptions } from './options.ts';
import type { LoadedSource } from './read/source.ts';
import { type ImportedBase, importedProperties, type Refreshed, rememberOptions } from './refresh.ts';

/** What an import leaves in a repository beside the connector: the source, the report, and the base of the next import. */

const baseName = '.pp-connector/imported.json';
/** Where it goes unless somebody wants it elsewhere, below the repository. */
export const reportName = 'api/conversion-report.json';

/** What was imported last. @throws UserError when it is damaged: edits couldn't be distinguished from changes of the API */
export function readBase(repository: string): ImportedBase | undefined {
  const path = join(repository, baseName);
  if (!existsSync(path)) return undefined;
  try {
    const known = asObject(JSON.parse(readTextWithin(repository, path)) as Json);
    return {
      source: String(known.source),
      sha256: String(known.sha256),
      options: asObject(known.options),
      definition: asObject(known.definition),
      properties: asObject(known.properties),
      upstreamIds: asObject(known.upstreamIds),
    };
  } catch (error) {
    throw new UserError(
      `${path} is damaged: it holds the last import, without which edits cannot be distinguished from changes of the API`,
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
  /** What the description calls operations of other ids here. */
  upstreamIds?: Record<string, string>;
  /** Absolute path of the report; default: `api/conversion-report.json`. */
  reportPath?: string | undefined;
  /** The definition as it will be: with what the author has written. */
  definition: JsonObject;
}

/** The files to keep, below the repository's root. */
export function importedFiles(
  root: string,
  { place, source, options, result, upstreamIds = {}, reportPath, definition }: FinishedImport,
): PlannedFile[] {
  const copies = copiesOf(place, source);
  const [name = ''] = copies.keys();
  const remembered: ImportedBase = {
    source: name,
    sha256: source.sha256,
    options: rememberOptions(options),
    definition: result.definition,
    properties: importedProperties(result),
    ...(Object.keys(upstreamIds).length === 0 ? {} : { upstreamIds }),
  };
  const files: PlannedFile[] = [
    { path: reportPath ?? join(root, reportName), contents: reportText(result), kind: 'edited' },
    { path: join(root, baseName), contents: `${JSON.stringify(remembered)}\n`, kind: 'edited' },
  ];
  const derived = derivedTextsFile(root, importedTexts(definition, readDerived(root), result));
  if (derived !== undefined) files.push(derived);
  for (const [copy, bytes] of copies)
    files.push({ path: join(root, ...copy.split('/')), contents: Buffer.from(bytes), kind: 'edited' });
  return files;
}

/** What to remember of the texts, after an import. */
export function importedTexts(
  definition: JsonObject,
  record: DerivedRecord | undefined,
  { derived }: Pick<ImportResult, 'derived'>,
): DerivedRecord {
  return updatedRecord(definition, record, ({ kind, text }) => derived[kind].has(text));
}

/**
 * The description in `api/`, its root file first. Files that it refers to keep their places relative to it; those of
 * other hosts stay where they are.
 */
function copiesOf(place: string, source: LoadedSource): Map<string, Uint8Array> {
  const { uri, bytes } = source.root;
  const near = [...source.files.values()].filter((file) => file.uri !== uri && originOf(file.uri) === originOf(uri));
  const folder = commonFolder([uri, ...near.map((file) => file.uri)]);
  const above = folderOf(uri).slice(folder.length);
  const copies = new Map([[`api/${safePath(above)}${nameOfCopy(place, source)}`, bytes]]);
  for (const file of near) copies.set(`api/${safePath(pathOf(file.uri).slice(folder.length))}`, file.bytes);
  return copies;
}

/**
 * What to say of the copy of the description before, where this one has another name. It isn't deleted: it may be the
 * author's own file.
 */
export function formerCopies(
  root: string,
  base: ImportedBase | undefined,
  { place, source }: Pick<FinishedImport, 'place' | 'source'>,
): string[] {
  const former = base?.source ?? '';
  const isCopy = former.startsWith('api/') && nameProblem(former.slice('api/'.length)) === undefined;
  if (!isCopy || !existsSync(join(root, former))) return [];
  const isRead = [...copiesOf(place, source).keys()].some((name) => isSamePath(join(root, name), join(root, former)));
  return isRead ? [] : [`${former} is what was imported before; nothing reads it any more`];
}

const originOf = (uri: string): string => /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(uri)?.[0] ?? '';

const pathOf = (uri: string): string => uri.slice(originOf(uri).length).replace(/[?#][\s\S]*$/, '');

/** With its slash at the end. */
const folderOf = (uri: string): string => pathOf(uri).slice(0, pathOf(uri).lastIndexOf('/') + 1);

function commonFolder(uris: readonly string[]): string {
  const [first = '', ...others] = uris.map(folderOf);
  return others.reduce((common, folder) => {
    let shared = common;
    while (!folder.startsWith(shared)) shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1);
    return shared;
  }, first);
}

/** A path that was part of an address, as one of this disk; never out of its folder. */
const safePath = (path: string): string =>
  path
    .split('/')
    .map((name) => decodePercent(name).replaceAll(/[/\\:]/g, '_'))
    .filter((name, index, all) => name !== '..' && name !== '.' && (name !== '' || index === all.length - 1))
    .join('/');

export const reportText = (result: ImportResult): string => `${JSON.stringify(result.report, null, 2)}\n`;

/** The name of the copy in `api/`: that of the file, or one that says what it is. */
function nameOfCopy(place: string, source: LoadedSource): string {
  const last = basename(place === '-' ? '' : (place.split(/[?#]/)[0] ?? ''));
  if (/\.(?:json|ya?ml)$/i.test(last) && last !== basename(reportName)) return last;
  const start = Buffer.from(source.root.bytes.subarray(0, 200)).toString();
  return /^\s*[{[]/.test(start) ? 'description.json' : 'description.yaml';
}

/** Puts a refreshed connector into a draft. */
export function applyRefreshed(draft: ConnectorDraft, refreshed: Refreshed): void {
  replaceContents(draft.definition, refreshed.definition);
  replaceContents(draft.connectorProperties, refreshed.properties);
}
