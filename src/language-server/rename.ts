import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { ConnectorDraft } from '../connector/draft.ts';
import { type Connector, filesOf } from '../connector/load.ts';
import { decode } from '../connector/source-file.ts';
import { leadsOut } from '../files/contained-path.ts';
import { readTextWithin } from '../files/read.ts';
import { releaseThatHas } from '../operation/released-operation.ts';
import { renameInTests } from '../operation/rename-in-tests.ts';
import { renameOperation } from '../operation/rename-operation.ts';
import { thisPlatform } from '../process/platform.ts';
import { type FileEdit, workspaceEdit } from './edits.ts';

/**
 * Another id for an operation, in all files that name it: what `pp-connector operation --rename` does.
 *
 * @param openText what an editor has open at a path
 * @throws UserError when flows may refer to it already, for a taken or malformed id, and for files that aren't JSON
 */
export function renameEverywhere(
  connector: Connector,
  { id, to }: { id: string; to: string },
  openText: (path: string) => string | undefined,
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
  return workspaceEdit([...edits, ...editsInTests(connector.location.root, { id, to }, openText)]);
}

function editsInTests(
  root: string,
  { id, to }: { id: string; to: string },
  openText: (path: string) => string | undefined,
): FileEdit[] {
  const folder = join(root, 'tests');
  if (!existsSync(folder) || leadsOut(root, folder) !== undefined) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path): FileEdit[] => {
      const before = openText(path) ?? readTextWithin(root, path);
      const after = renameInTests(before, id, to);
      return after === before ? [] : [{ path, before, after }];
    });
}
