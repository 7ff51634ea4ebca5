import { basename } from 'node:path';
import { wantsCertificationPage } from '../certification/wants-page.ts';
import { followedRecord } from '../connector/derived-texts.ts';
import { derivedTextsFile } from '../connector/derived-texts-file.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject } from '../connector/json/value.ts';
import { type Connector, withFiles } from '../connector/load.ts';
import { profileOf } from '../connector/profile.ts';
import type { SourceFile } from '../connector/source-file.ts';
import { documentFiles } from '../docs/document-files.ts';
import type { PlannedFile } from '../files/commit.ts';
import type { ConnectorReport } from '../rules/engine/report.ts';
import { readTemplate } from '../templates.ts';

export interface RenderOptions {
  /** Files of the connector that are not part of a draft, such as an icon. */
  added?: readonly SourceFile[];
  /** Also add generated sections to documents that have none of them. */
  insert?: boolean;
  /** Whether the author gave a text to the command that runs: any other new one counts as made of names. */
  isGiven?: (text: string) => boolean;
}

export interface Rendering {
  /** The connector's files and its documents, changed or not. */
  files: PlannedFile[];
  /** The connector as it will be, documents included. */
  connector: Connector;
}

/** The files of a connector that are text; a picture is never changed in passing. */
const textRoles = ['config', 'definition', 'properties', 'settings', 'script', 'readme', 'intro'] as const;

/**
 * What a repository holds after a change of its connector: the connector's own files, README.md and INTRO.md. Nothing is
 * written.
 *
 * @param source a draft with its changes, or a connector whose documents are brought up to date
 * @throws UserError with file and line for broken markers in a document
 */
export function renderRepository(
  source: ConnectorDraft | Connector,
  { added = [], insert = false, isGiven = () => false }: RenderOptions = {},
): Rendering {
  const draft = isDraft(source) ? source : undefined;
  const changed = isDraft(source) ? source.finished(added) : source;
  const finished = draft === undefined ? changed : { ...changed, derivedTexts: recordOf(draft, isGiven) };
  const documents = documentFiles(finished, {
    profile: profileOf(finished),
    templates: documentTemplates(),
    insert,
    ...(draft === undefined ? {} : { before: draft.source }),
  });
  const connector = withFiles(
    finished,
    [...documents].map(([path, text]) => ({
      role: /^intro\.md$/i.test(basename(path)) ? 'intro' : 'readme',
      path,
      bytes: Buffer.from(text),
    })),
  );
  const files = textRoles.flatMap((role): PlannedFile[] => {
    const file = connector[role];
    return file === undefined ? [] : [{ path: file.path, contents: file.bytes, kind: 'edited' }];
  });
  const { script } = draft?.source ?? finished;
  if (script !== undefined && connector.script === undefined) {
    files.push({ path: script.path, contents: null, kind: 'edited' });
  }
  const { derivedTexts, location } = connector;
  const remembered = draft && derivedTexts && derivedTextsFile(location.root, derivedTexts);
  return { files: remembered === undefined ? files : [...files, remembered], connector };
}

/** The record of a changed connector; undefined where nothing is, or has to be, remembered. */
function recordOf(
  { source, definition }: ConnectorDraft,
  isGiven: (text: string) => boolean,
): Connector['derivedTexts'] {
  const before = { definition: asObject(source.definition?.value), record: source.derivedTexts };
  const record = followedRecord(before, definition, isGiven);
  return source.derivedTexts === undefined && record.size === 0 ? undefined : record;
}

/** The documents before there is anything of an author's. */
export const documentTemplates = () => ({
  readme: readTemplate('readme', 'README.md.ejs'),
  intro: readTemplate('readme', 'INTRO.md.ejs'),
});

const isDraft = (source: ConnectorDraft | Connector): source is ConnectorDraft => 'finished' in source;

/** Validates a connector that was rendered, and brings docs/certification.md of its repository up to date. */
export async function renderCertification(
  connector: Connector,
): Promise<{ files: PlannedFile[]; report: ConnectorReport }> {
  // the rules come along, which those who only render don't need
  const { validateConnector } = await import('../rules/engine/validate-connector.ts');
  const report = await validateConnector(connector, '.', { cwd: connector.location.root });
  if (!wantsCertificationPage(connector, report.profile)) return { files: [], report };
  // all steps to certification come along
  const { certificationPage } = await import('../certification/page.ts');
  return { files: certificationPage(connector, report), report };
}
