import { join } from 'node:path';
import { ConnectorDraft } from '../connector/draft.ts';
import { asObject, type JsonObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import type { Profile } from '../connector/profile.ts';
import type { TextFile } from '../connector/source-file.ts';
import { nameOf } from '../files/names.ts';
import { makeBlocks } from './blocks.ts';
import { type DocumentFacts, gatherFacts } from './facts.ts';
import type { DocumentKind } from './model.ts';
import { newDocument, newProse } from './new-document.ts';
import { updateDocument } from './update-document.ts';
import { updateProse } from './update-prose.ts';

export interface DocumentOptions {
  /** Decides what is said, and that only a connector that is certified gets an INTRO.md. */
  profile: Profile;
  /** EJS texts for documents that don't exist yet: `templates/readme/README.md.ejs` and `INTRO.md.ejs`. */
  templates: Record<DocumentKind, string>;
  /** Also add blocks to documents that don't have them. Default: such documents are left alone. */
  insert?: boolean;
  /** The connector before its change: sentences of the templates that nobody edited follow it. */
  before?: Connector;
}

/**
 * README.md and INTRO.md of a connector: made where they are missing, else with their blocks brought up to date.
 *
 * @param source a draft with its changes, or a connector as it is on disk
 * @returns absolute path → new text, byte-order mark included, of the documents that differ from what was read
 * @throws UserError with file and line for broken markers
 */
export function documentFiles(source: ConnectorDraft | Connector, options: DocumentOptions): Map<string, string> {
  const files = source instanceof ConnectorDraft ? source.source : source;
  const facts = factsOf(source, options.profile);
  const changed = new Map<string, string>();
  for (const kind of options.profile === 'custom' ? (['readme'] as const) : (['readme', 'intro'] as const)) {
    const file = files[kind];
    const text =
      file === undefined
        ? newDocument(kind, facts, options.templates[kind])
        : update(file, kind, facts, { prose: withNewProse(file, kind, facts, options), insert: options.insert });
    if (text !== undefined) changed.set(file?.path ?? join(files.location.root, newName(kind, files)), text);
  }
  return changed;
}

/** What a connector's files say, for the documents in its root folder. */
export function factsOf(source: ConnectorDraft | Connector, profile: Profile): DocumentFacts {
  const isDraft = source instanceof ConnectorDraft;
  const { location } = isDraft ? source.source : source;
  const properties = location.files.properties ?? join(location.assets, 'apiProperties.json');
  return gatherFacts({
    definition: isDraft ? source.definition : contentOf(source.definition),
    properties: isDraft ? source.properties : contentOf(source.properties),
    profile,
    hasScript: source.script !== undefined,
    hasNpmScripts: location.layout === 'repository',
    propertiesPath: nameOf(location.root, properties),
  });
}

/**
 * A connector's README.md as it reads where nothing but the connector's folder is, such as in a pull request: the
 * commands and paths of the repository mean nothing there.
 *
 * @returns undefined where it is the same
 * @throws UserError with file and line for broken markers
 */
export function readmeOfFolder(connector: Connector, profile: Profile): string | undefined {
  const { readme, location } = connector;
  if (readme === undefined || location.layout !== 'repository') return undefined;
  const facts = { ...factsOf(connector, profile), hasNpmScripts: false, propertiesPath: 'apiProperties.json' };
  return update(readme, 'readme', facts, {});
}

const contentOf = (file: Connector['definition']): JsonObject => asObject(file?.value);

/** The new text of a document, or undefined when nothing changes. */
function update(
  file: TextFile,
  kind: DocumentKind,
  facts: DocumentFacts,
  { prose = file.text, insert = false }: { prose?: string; insert?: boolean | undefined },
): string | undefined {
  const text = updateDocument(prose, makeBlocks(kind, facts), {
    path: file.path,
    ...(insert ? { insert: kind } : {}),
  });
  return text === file.text ? undefined : (file.bom ? '\uFEFF' : '') + text;
}

function withNewProse(
  file: TextFile,
  kind: DocumentKind,
  facts: DocumentFacts,
  { before, profile, templates }: DocumentOptions,
): string {
  if (before?.definition === undefined) return file.text;
  const [was, is] = [factsOf(before, profile), facts].map((each) => newProse(each, templates[kind]));
  return updateProse(file.text, { before: was ?? '', after: is ?? '', path: file.path });
}

/** In lower case as the published folders have it, where the files lie side by side. */
function newName(kind: DocumentKind, { location }: Connector): string {
  const name = kind === 'readme' ? 'README.md' : 'INTRO.md';
  return location.layout === 'repository' ? name : name.toLowerCase();
}
