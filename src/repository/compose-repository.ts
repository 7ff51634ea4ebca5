import { basename, join } from 'node:path';
import { type Answers, text } from '../answers.ts';
import type { Authentication } from '../authentication/authentication.ts';
import { recogniseDefinition } from '../authentication/recognise.ts';
import { setAuthentication } from '../authentication/set-authentication.ts';
import { buildConnector, completeProperties, completeSettings } from '../build/build-connector.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { formatJson } from '../connector/json/edit.ts';
import { asString, clone, deepEqual, getOwn, type JsonObject } from '../connector/json/value.ts';
import { configOrder, setInOrder } from '../connector/key-order.ts';
import type { SourceFile } from '../connector/source-file.ts';
import type { PlannedFile } from '../files/commit.ts';
import { makeIcon } from '../icon/make-icon.ts';
import { repositoryPackage } from './package-json.ts';
import { connectorQuestions } from './questions/app.ts';
import { type RepositoryFiles, writeAnswers } from './questions/homes.ts';
import type { StartingPoint } from './starting-point.ts';

export interface ComposeOptions {
  root: string;
  start: StartingPoint;
  /** With a working copy of `start.connector`. */
  repository: RepositoryFiles;
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
  /** What isn't rendered from the draft. */
  files: PlannedFile[];
  /** The icon of the connector. */
  icon: SourceFile;
  notes: string[];
}

/**
 * Puts the answers into the draft of a new or existing repository. Nothing is read or written.
 *
 * @returns what comes beside the files that are rendered from the draft
 */
export function composeRepository(options: ComposeOptions): Composition {
  const { root, start, repository, answers, authentication, script } = options;
  const { draft } = repository;
  const given = clone(draft.definition);
  writeAnswers(connectorQuestions, repository, answers);
  // a definition that is built from another one, and holds nothing else, is made anew with it
  const isBuilt = start.source !== undefined && deepEqual(given, draft.definition);
  writeConfig(draft, start);
  const notes = [...start.notes];
  if (authentication !== undefined) notes.push(...setAuthentication(draft, authentication, { script }));
  notes.push(...completeConnector(options));
  const { icon, kind } = iconOf(options);
  const files: PlannedFile[] = [{ path: icon.path, contents: icon.bytes, kind }];
  if (start.source !== undefined) {
    files.push({ path: join(root, start.source.name), contents: start.source.bytes, kind: 'generated' });
  }
  const { definition } = draft.finished();
  if (isBuilt && definition !== undefined) {
    files.push({ path: definition.path, contents: definition.bytes, kind: 'generated' });
  }
  files.push(packageFile(options), ...(start.imported ?? []));
  return { files, icon, notes };
}

/** What the author's own files lack isn't added to them: an adopted or existing connector only gets its settings. */
function completeConnector({ start, repository: { draft }, script }: ComposeOptions): string[] {
  const build = { definitionName: 'the API definition', script, icon: true };
  // made by us, and not the author's: their properties are complete
  if (start.origin === 'import' || start.origin === 'curl') completeProperties(draft);
  const hasProperties = start.connector.properties !== undefined;
  const { problem } = recogniseDefinition(draft.definition);
  if (!hasProperties && problem === undefined) return buildConnector(draft, build);
  if (!hasProperties) completeProperties(draft);
  completeSettings(draft, build);
  return problem === undefined ? [] : [problem];
}

function writeConfig(draft: ConnectorDraft, start: StartingPoint): void {
  const { config } = draft;
  const defaults: JsonObject = {
    $schema: './node_modules/generator-pp-connector/schemas/config.schema.json',
    apiDefinition: start.source?.name ?? 'connector/apiDefinition.json',
    icon: 'connector/icon.png',
  };
  for (const [key, value] of Object.entries(defaults)) {
    if (getOwn(config, key) === undefined) setInOrder(config, key, value, configOrder);
  }
}

function iconOf({ root, start, repository: { draft }, icon }: ComposeOptions): {
  icon: SourceFile;
  kind: PlannedFile['kind'];
} {
  const file = (bytes: Buffer): SourceFile => ({ role: 'icon', path: join(root, 'connector', 'icon.png'), bytes });
  if (icon !== undefined) return { icon: file(icon), kind: 'edited' };
  const adopted = start.connector.icon;
  if (adopted !== undefined && start.origin !== 'existing') return { icon: file(adopted.bytes), kind: 'edited' };
  const title = asString(getOwn(draft.info, 'title')) ?? basename(root);
  const color = asString(getOwn(draft.connectorProperties, 'iconBrandColor')) ?? '';
  return { icon: file(makeIcon(title, color)), kind: 'generated' };
}

function packageFile({ root, repository: { draft }, answers, toolSpec }: ComposeOptions): PlannedFile {
  const description = `Power Platform connector for ${asString(getOwn(draft.info, 'title')) ?? text(answers, 'name')}`;
  const contents = formatJson(repositoryPackage(text(answers, 'name'), description, toolSpec));
  return { path: join(root, 'package.json'), contents, kind: 'generated' };
}
