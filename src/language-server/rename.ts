import type { WorkspaceEdit } from 'vscode-languageserver';
import { ConnectorDraft } from '../connector/draft.ts';
import { type Connector, filesOf } from '../connector/load.ts';
import { decode } from '../connector/source-file.ts';
import { releaseThatHas } from '../operation/released-operation.ts';
import { renameInTests } from '../operation/rename-in-tests.ts';
import { renameOperation } from '../operation/rename-operation.ts';
import { thisPlatform } from '../process/platform.ts';
import { type FileEdit, workspaceEdit } from './edits.ts';
import { type OpenText, testsOf } from './test-files.ts';

/**
 * Another id for an operation, in all files that name it: what `pp-connector operation --rename` does.
 *
 * @param openText what an editor has open at a path
 * @throws UserError when flows may refer to it already, for a taken or malformed id, and for files that aren't JSON
 */
export function renameEverywhere(
  connector: Connector,
  { id, to }: { id: string; to: string },
  openText: OpenText,
): WorkspaceEdit {
  const draft = new ConnectorDraft(connector);
  renameOperation(draft, id, to, releaseThatHas(connector, id, thisPlatform()));
  const before = new Map(filesOf(connector).map((file) => [file.path, file]));
  const edits = [...draft.files()].flatMap(([path, text]): FileEdit[] => {
    const file = before.get(path);
    return file === undefined || text === null
      ? []
      : [{ path, before: decode(file).text, after: text.replace(/^\uFEFF/, '') }];
  });
  const inTests = testsOf(connector.location.root, openText).flatMap(({ path, text }): FileEdit[] => {
    const after = renameInTests(text, id, to);
    return after === text ? [] : [{ path, before: text, after }];
  });
  return workspaceEdit([...edits, ...inTests]);
}
