import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, getOwn, isObject } from '../connector/json/value.ts';
import { type Connector, connectorFrom } from '../connector/load.ts';
import { requireStrictJson } from '../connector/require-json.ts';
import { decode, type FileRole, parseJson, readJson, type SourceFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { containedPath } from '../files/contained-path.ts';
import type { GeneratedFiles } from '../files/generated-files.ts';
import { isSamePath, nameOf } from '../files/names.ts';
import { readRegular, readWithin } from '../files/read.ts';
import { shellPath } from '../process/command.ts';
import { buildConnector } from './build-connector.ts';
import { checkConfig } from './check-config.ts';

export interface BuildRequest {
  /** Absolute path of config.json. */
  config: string;
  /** Absolute; default: `outputDirectory` of config.json, else `connector` beside it. */
  output?: string | undefined;
  /** Text of the client-credentials script. */
  script: string;
  generated: GeneratedFiles;
  force: boolean;
}

export interface BuildResult {
  /** Folder that paths are shown relative to. */
  root: string;
  output: string;
  files: PlannedFile[];
  notes: string[];
}

/**
 * From config.json and the API definition to the files that are deployed. Reads, but writes nothing.
 *
 * @throws UserError for whatever is missing, unreadable or unknown; paths are relative to config.json
 */
export async function buildRepository(request: BuildRequest): Promise<BuildResult> {
  const root = dirname(request.config);
  if (!existsSync(request.config)) {
    throw new UserError(`${request.config}: there is no such file`, {
      hint: 'make a repository with: pp-connector new',
    });
  }
  const config = readJson('config', request.config);
  checkConfig(config);
  const value = asObject(config.value);
  const named = (key: string): string | undefined => asString(getOwn(value, key)) || undefined;
  const output =
    request.output ??
    containedPath({ folder: root, name: named('outputDirectory') ?? 'connector' }, 'config.json: "outputDirectory"');
  const target = (name: string): string => join(output, name);

  const definition = sourceOf(
    request,
    'definition',
    'apiDefinition',
    named('apiDefinition'),
    target('apiDefinition.json'),
  );
  const icon = sourceOf(request, 'icon', 'icon', named('icon'), target('icon.png'));
  const existing = connectorAt(root, output, [config]);
  const build = {
    definitionName: nameOf(root, definition?.path ?? target('apiDefinition.json')),
    script: request.script,
    icon: icon !== undefined || existsSync(target('icon.png')),
  };
  if (definition !== undefined && !isSwaggerJson(definition)) {
    const converted = await convertSource(root, existing, definition, request.force);
    const notes = [...converted.notes, ...buildConnector(converted.draft, build)];
    const files = converted.draft.plannedFiles();
    return { root, output, files: [...files, ...converted.files, ...iconFiles(icon, target('icon.png'))], notes };
  }
  const draft = new ConnectorDraft(withDefinition(existing, definition));
  const notes = buildConnector(draft, build);
  const mine = [target('apiDefinition.json'), definition?.path];
  // the source description is never changed; what becomes of it is decided below
  const changed = [...draft.files()].filter(([path]) => !mine.includes(path));
  const files = changed.map(([path, contents]) => ({ path, contents, kind: 'edited' as const }));
  return {
    root,
    output,
    files: [
      ...files,
      ...definitionFiles(request, draft, definition, target('apiDefinition.json')),
      ...iconFiles(icon, target('icon.png')),
    ],
    notes,
  };
}

/** A file that config.json names; undefined when it is the output itself. */
function sourceOf(
  request: BuildRequest,
  role: FileRole,
  key: string,
  name: string | undefined,
  output: string,
): SourceFile | undefined {
  const folder = dirname(request.config);
  const path = name === undefined ? output : containedPath({ folder, name }, `config.json: "${key}"`);
  const isOutput = isSamePath(path, output);
  if (!existsSync(path) || !statSync(path).isFile()) {
    // an icon that nobody named may be missing; everything else is needed
    if (isOutput && role === 'icon') return undefined;
    const hint = isOutput ? 'name the file in config.json' : 'paths in config.json are relative to it';
    throw new UserError(`config.json: "${key}" names ${nameOf(dirname(request.config), path)}, which does not exist`, {
      hint,
    });
  }
  return isOutput ? undefined : { role, path, bytes: readRegular(path) };
}

const outputNames: Readonly<Partial<Record<FileRole, string>>> = {
  definition: 'apiDefinition.json',
  properties: 'apiProperties.json',
  settings: 'settings.json',
  script: 'script.csx',
};

function connectorAt(root: string, output: string, given: SourceFile[]): Connector {
  const files = [...given];
  for (const [role, name] of Object.entries(outputNames) as [FileRole, string][]) {
    const path = join(output, name);
    if (existsSync(path)) files.push({ role, path, bytes: readWithin(root, path) });
  }
  const paths = files.map((file) => [file.role, file.path]);
  return connectorFrom(
    { layout: 'repository', root, assets: output, files: Object.fromEntries(paths), others: [] },
    files,
  );
}

/** Swagger 2.0 in strict JSON is taken as it is; everything else is converted. */
function isSwaggerJson(source: SourceFile): boolean {
  const { value, problems, text } = parseJson(decode(source));
  // broken JSON that says that it is Swagger is refused as such, with its position
  return isObject(value) ? getOwn(value, 'swagger') !== undefined : problems.length > 0 && /"swagger"\s*:/.test(text);
}

/** The connector with the changes of a description of another kind: a three-way merge with what was imported last. */
async function convertSource(root: string, existing: Connector, source: SourceFile, force: boolean) {
  const [
    { importDescription },
    { keepOperationIds },
    { readSource },
    { knownDefinitions, presentIn, recallOptions, refresh },
    imported,
  ] = await Promise.all([
    import('../import/import-description.ts'),
    import('../import/keep-operation-ids.ts'),
    import('../import/read/load.ts'),
    import('../import/refresh.ts'),
    import('../import/repository-import.ts'),
  ]);
  const base = imported.readBase(root);
  const loaded = await readSource(source.path);
  const draft = new ConnectorDraft(existing);
  const options = { ...recallOptions(base?.options ?? {}), present: presentIn(base, draft.definition) };
  const known = knownDefinitions(base, draft.definition);
  const { result, upstream: upstreamIds } = keepOperationIds(
    importDescription(loaded, options),
    known,
    base?.upstreamIds,
  );
  const ours = { definition: draft.definition, properties: draft.connectorProperties };
  const refreshed = refresh(base, ours, result, force ? 'theirs' : 'ours');
  const conflict = refreshed.conflicts[0];
  if (conflict !== undefined && !force) {
    throw new UserError(
      `${nameOf(root, source.path)}: ${refreshed.conflicts.length} values were changed both there and in the connector, first ${conflict.pointer}`,
      { hint: `decide with: pp-connector import ${shellPath(nameOf(root, source.path))} --ours, or --theirs` },
    );
  }
  imported.applyRefreshed(draft, refreshed);
  const { definition } = draft;
  const finished = { place: source.path, source: loaded, options, result, upstreamIds, definition };
  const kept = imported.importedFiles(root, finished);
  // the source is in the repository already, where config.json names it
  const files = kept.filter(({ path }) => !path.endsWith(basename(source.path)));
  return { draft, files, notes: refreshed.changes.map(({ kind, pointer }) => `${kind} ${pointer}`) };
}

/** The connector with its source definition in the place of the built one. */
function withDefinition(connector: Connector, source: SourceFile | undefined): Connector {
  if (source === undefined) return connector;
  const definition = parseJson(decode(source));
  requireStrictJson(definition);
  return { ...connector, definition };
}

/** The built definition: the source's bytes, changed only where the platform demands it. */
function definitionFiles(
  request: BuildRequest,
  draft: ConnectorDraft,
  source: SourceFile | undefined,
  path: string,
): PlannedFile[] {
  if (source === undefined) {
    const changed = draft.files().get(path);
    return changed === undefined ? [] : [{ path, contents: changed, kind: 'edited' }];
  }
  const built = draft.files().get(source.path) ?? source.bytes;
  const record: PlannedFile = { path: source.path, contents: source.bytes, kind: 'generated' };
  const target: PlannedFile = { path, contents: built, kind: 'generated' };
  if (!existsSync(path)) return [record, target];
  const onDisk = readWithin(dirname(request.config), path);
  if (request.force || onDisk.equals(Buffer.from(built)) || request.generated.isUntouched(path, onDisk))
    return [record, target];
  // the source is as it was when the definition was made from it: what differs since is the author's work
  if (request.generated.isUntouched(source.path, source.bytes)) return [];
  const root = dirname(request.config);
  throw new UserError(
    `${nameOf(root, path)} was edited since it was built, and ${nameOf(root, source.path)} has changed, too`,
    {
      hint: 'carry the changes over yourself, or give up the edits with --force',
    },
  );
}

const iconFiles = (icon: SourceFile | undefined, path: string): PlannedFile[] =>
  icon === undefined ? [] : [{ path, contents: icon.bytes, kind: 'generated' }];
