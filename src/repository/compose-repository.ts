import { basename, join } from 'node:path';
import type { Authentication } from '../authentication/authentication.ts';
import { oauthConfig, recogniseAuthentication, recogniseDefinition } from '../authentication/recognise.ts';
import { setAuthentication } from '../authentication/set-authentication.ts';
import { buildConnector, completeProperties, completeSettings } from '../build/build-connector.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { formatJson } from '../connector/json/edit.ts';
import { asString, clone, deepEqual, type JsonObject, own } from '../connector/json/value.ts';
import { configOrder, setInOrder } from '../connector/key-order.ts';
import { type Connector, connectorFrom } from '../connector/load.ts';
import type { FileRole, SourceFile } from '../connector/source-file.ts';
import type { PlannedFile } from '../files/commit.ts';
import { makeIcon } from '../icon/make-icon.ts';
import { writeFacts } from './facts.ts';
import { repositoryPackage } from './package-json.ts';
import { type Answers, text } from './questions/question.ts';
import type { StartingPoint } from './starting-point.ts';

export interface ComposeOptions {
  root: string;
  start: StartingPoint;
  /** The working copy of `start.connector`, as the questions saw it. */
  draft: ConnectorDraft;
  answers: Answers;
  /** Set when the user chose another authentication than the files have. */
  authentication: Authentication | undefined;
  /** Bytes of the icon that the user gave. */
  icon: Buffer | undefined;
  toolSpec: string;
  /** Text of the client-credentials script. */
  script: string;
}

export interface Composition {
  files: PlannedFile[];
  /** The connector as it will be, for the documents and the final check. */
  connector: Connector;
  notes: string[];
}

/** All files of the repository that depend on answers, documents apart. Nothing is read or written. */
export function composeRepository(options: ComposeOptions): Composition {
  const { root, start, draft, answers, authentication, script } = options;
  const given = clone(draft.definition);
  writeFacts(draft, answers);
  // a definition that is built from another one, and holds nothing else, is made anew with it
  const isBuilt = start.source !== undefined && deepEqual(given, draft.definition);
  writeConfig(draft, options);
  const notes = [...start.notes];
  if (authentication !== undefined) notes.push(...setAuthentication(draft, authentication, { script }));
  notes.push(...completeConnector(options));
  const icon = iconFile(options);
  const connector = finished(options, icon);
  const files: PlannedFile[] = roles.flatMap((role) => {
    const source = connector[role];
    return source === undefined
      ? []
      : [
          {
            path: source.path,
            contents: source.bytes,
            kind: role === 'definition' && isBuilt ? ('generated' as const) : ('edited' as const),
          },
        ];
  });
  for (const [path, contents] of draft.files()) if (contents === null) files.push({ path, contents, kind: 'edited' });
  if (icon !== undefined) files.push(icon);
  if (start.source !== undefined)
    files.push({ path: join(root, start.source.name), contents: start.source.bytes, kind: 'generated' });
  files.push(packageFile(options), ...(start.imported ?? []));
  return { files, connector, notes };
}

/** What the author's own files lack isn't added to them: an adopted or existing connector only gets its settings. */
function completeConnector({ start, draft, script }: ComposeOptions): string[] {
  const build = { definitionName: 'the API definition', script, icon: true };
  if (start.origin === 'import') completeProperties(draft);
  const hasProperties = start.connector.properties !== undefined;
  const { problem } = recogniseDefinition(draft.definition);
  if (!hasProperties && problem === undefined) return buildConnector(draft, build);
  if (!hasProperties) completeProperties(draft);
  completeSettings(draft, build);
  return problem === undefined ? [] : [problem];
}

/** Documents are made later, from the finished connector. */
const roles = ['config', 'definition', 'properties', 'settings', 'script'] as const;

function writeConfig(draft: ConnectorDraft, { start, answers }: ComposeOptions): void {
  const { config } = draft;
  const defaults: JsonObject = {
    $schema: './node_modules/generator-pp-connector/schemas/config.schema.json',
    apiDefinition: start.source?.name ?? 'connector/apiDefinition.json',
    icon: 'connector/icon.png',
  };
  for (const [key, value] of Object.entries(defaults)) {
    if (own(config, key) === undefined) setInOrder(config, key, value, configOrder);
  }
  const profile = text(answers, 'profile');
  if (profile !== '' && own(config, 'profile') !== profile) setInOrder(config, 'profile', profile, configOrder);
}

function iconFile({ root, start, draft, icon }: ComposeOptions): PlannedFile | undefined {
  const path = join(root, 'connector', 'icon.png');
  if (icon !== undefined) return { path, contents: icon, kind: 'edited' };
  const adopted = start.connector.icon;
  if (adopted !== undefined && start.origin !== 'existing') return { path, contents: adopted.bytes, kind: 'edited' };
  const title = asString(own(draft.info, 'title')) ?? basename(root);
  const color = asString(own(draft.connectorProperties, 'iconBrandColor')) ?? '';
  return { path, contents: makeIcon(title, color), kind: 'generated' };
}

/** The connector with all changes, as if it had been read back. */
function finished({ start, draft }: ComposeOptions, icon: PlannedFile | undefined): Connector {
  const changes = draft.files();
  const { location } = start.connector;
  const files: SourceFile[] = [];
  const roleOf = new Map<string, FileRole>([
    [draft.pathOf('config'), 'config'],
    [draft.pathOf('definition'), 'definition'],
    [draft.pathOf('properties'), 'properties'],
    [draft.pathOf('settings'), 'settings'],
    [start.connector.script?.path ?? join(location.assets, 'script.csx'), 'script'],
  ]);
  for (const [path, role] of roleOf) {
    const changed = changes.get(path);
    const before = start.connector[role as (typeof roles)[number]];
    const bytes = changed === undefined ? before?.bytes : changed === null ? undefined : Buffer.from(changed);
    if (bytes !== undefined) files.push({ role, path, bytes });
  }
  if (icon?.contents) files.push({ role: 'icon', path: icon.path, bytes: Buffer.from(icon.contents) });
  for (const document of [start.connector.readme, start.connector.intro])
    if (document !== undefined) files.push(document);
  const paths = files.map((file) => [file.role, file.path]);
  return connectorFrom({ ...location, files: Object.fromEntries(paths) }, files);
}

function packageFile({ root, draft, answers, toolSpec }: ComposeOptions): PlannedFile {
  const description = `Power Platform connector for ${asString(own(draft.info, 'title')) ?? text(answers, 'name')}`;
  const contents = formatJson(repositoryPackage(text(answers, 'name'), description, toolSpec));
  return { path: join(root, 'package.json'), contents, kind: 'generated' };
}

/** What the starting point says about signing in; for defaults of the questions. */
export const recogniseStart = (draft: ConnectorDraft) =>
  recogniseAuthentication(draft.definition, draft.properties, oauthConfig(draft.config));
