import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, asString, getOwn } from '../../connector/json/value.ts';
import type { Connector } from '../../connector/load.ts';
import { requireStrictJson } from '../../connector/require-json.ts';
import { decode, type SourceFile, type TextFile } from '../../connector/source-file.ts';
import { readmeOfFolder } from '../../docs/document-files.ts';
import { UserError } from '../../errors.ts';
import type { PlannedFile } from '../../files/commit.ts';
import { isSamePath, nameOf } from '../../files/names.ts';
import { folderName } from './folder-name.ts';
import { archivesIn } from './package-path.ts';
import { picturesOf, readInside } from './pictures.ts';
import { type SubmittedProfile, submittedFiles, topFolders } from './submitted-files.ts';
import { type PublishedFile, publishedProperties, withoutSecrets } from './without-secrets.ts';

export interface FolderPlan {
  /** Absolute path of the folder that is submitted. */
  folder: string;
  files: PlannedFile[];
  /** What the author should know. */
  notes: string[];
  /** Entries of the folder that aren't ours; they are never touched. */
  foreign: string[];
}

export interface FolderOptions {
  /** Name of the folder. */
  name: string;
  profile: SubmittedProfile;
  /** Absolute; gets `certified-connectors/NAME` or `independent-publisher-connectors/NAME`. */
  output: string;
  /** Only the README, as the first step of an independent publisher. */
  proposal: boolean;
  /** The package that an independent publisher submits with the folder. */
  archive?: { path: string; bytes: Buffer } | undefined;
}

/** Absolute path of the folder that is submitted. */
export const submittedFolder = ({ output, profile, name }: Omit<FolderOptions, 'archive'>): string =>
  join(output, topFolders[profile], name);

/**
 * The folder that goes into a pull request. Nothing is written.
 *
 * @throws UserError when the connector's JSON files are broken
 */
export function planFolder(connector: Connector, options: FolderOptions): FolderPlan {
  const { profile, proposal, archive } = options;
  const folder = submittedFolder(options);
  requireOther(folder, connector);
  const wanted = submittedFiles.filter(({ role, profiles }) =>
    proposal ? role === 'readme' : profiles.includes(profile),
  );
  const notes: string[] = [];
  const contents = new Map<string, Buffer>();
  for (const { role, name } of wanted) {
    const file = connector[role];
    if (file === undefined) continue;
    const { bytes, removed } = published(connector, file, profile);
    contents.set(name, bytes);
    for (const what of removed) notes.push(takenOut(what, name));
  }
  addPictures(connector, contents, notes);
  if (!proposal) addMetadata(connector, contents);
  if (archive !== undefined) contents.set(nameOf(folder, archive.path), archive.bytes);
  const files = [...contents].map(
    ([name, bytes]): PlannedFile => ({ path: join(folder, ...name.split('/')), contents: bytes, kind: 'edited' }),
  );
  // what the service needs again with every update
  const kept = [serviceFile, ...(profile === 'independent' ? archivesIn(folder) : [])];
  return { folder, files, notes, foreign: foreignEntries(folder, [...contents.keys(), ...kept]) };
}

/** Written into the folder by the service when a connector is certified; updates must not lose it. */
const serviceFile = 'metadata.json';

function addMetadata({ location }: Connector, contents: Map<string, Buffer>): void {
  const name = location.others.find((other) => other.toLowerCase() === serviceFile);
  // a link that leads out of the folder would publish something else
  const bytes = name && readInside(location.assets, name);
  if (bytes) contents.set(serviceFile, bytes);
}

/** The folder must not be the one that it is made from: its ids and secrets would be gone. */
function requireOther(folder: string, { location }: Connector): void {
  if (!isSamePath(folder, location.assets)) return;
  throw new UserError(`${folder} is the connector's own folder`, {
    hint: 'give another place by --output, or validate the folder as it is: pp-connector validate',
  });
}

/**
 * Name of the folder that is submitted.
 *
 * @param given `--folder`: of a connector that was published under another name than its title
 * @throws UserError when there is no definition, it has no title, or no folder can be called so
 */
export function submittedName(connector: Connector, given: string | undefined): string {
  const name = folderName(given ?? submittedTitle(connector));
  if (given === undefined || name === given) return name;
  throw new UserError(`--folder: "${given}" can't be the name of a folder everywhere`, {
    hint: `for example: --folder "${name}"`,
  });
}

function submittedTitle({ definition, location }: Connector): string {
  if (definition === undefined) {
    throw new UserError(`${location.assets}: there is no API definition to submit`, {
      hint: 'run the command in the repository of a connector, or name one with --connector PATH',
    });
  }
  requireStrictJson(definition);
  const title = asString(getOwn(asObject(getOwn(asObject(definition.value), 'info')), 'title'))?.trim();
  if (!title) {
    throw new UserError(`${definition.path}: "info.title" is missing; the folder is called by it`, {
      hint: 'give the connector a title',
    });
  }
  return title;
}

function published(connector: Connector, file: SourceFile, profile: SubmittedProfile): PublishedFile {
  if (file === connector.icon) return { bytes: file.bytes, removed: [] };
  if (file === connector.readme) return withoutSecrets(submittedReadme(connector, connector.readme, profile));
  if (file === connector.properties) return publishedProperties(connector.properties);
  return withoutSecrets('text' in file ? (file as ReturnType<typeof decode>) : decode(file));
}

function submittedReadme(connector: Connector, readme: TextFile, profile: SubmittedProfile): TextFile {
  const text = readmeOfFolder(connector, profile);
  return text === undefined ? readme : decode({ ...readme, bytes: Buffer.from(text) });
}

const takenOut = (what: string, name: string): string =>
  what === 'an OAuth client id'
    ? `${what} was replaced by a placeholder in ${name}`
    : `${what} was taken out of ${name}; delete it in the repository, too, and have it replaced where it is valid`;

/** Names that a picture can't take: they mean something else in this folder. */
const taken: ReadonlySet<string> = new Set([
  ...submittedFiles.map(({ name }) => name.toLowerCase()),
  'settings.json',
  'config.json',
]);

function addPictures({ readme }: Connector, contents: Map<string, Buffer>, notes: string[]): void {
  if (readme === undefined || !contents.has('readme.md')) return;
  const { pictures, missing } = picturesOf(readme);
  for (const { name, bytes } of pictures) {
    if (!taken.has(name.toLowerCase())) contents.set(name, bytes);
    else if (!contents.has(name)) notes.push(`the README shows "${name}", which is not submitted`);
  }
  for (const name of missing) notes.push(`the README shows "${name}", and there is no such picture beside it`);
}

function foreignEntries(folder: string, ours: readonly string[]): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const known = new Set(ours);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => nameOf(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !known.has(name))
    .sort();
}
