import { getNodePath } from 'jsonc-parser';
import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf, textValues, treeOf } from './positions.ts';

/** Commands that a client of ours has; any other one would have nothing behind the words. */
const lenses = [
  { title: 'Preview', command: 'pp-connector.preview' },
  { title: 'Run', command: 'pp-connector.invoke' },
  { title: 'Test', command: 'pp-connector.test' },
] as const;

/** What can be done with each operation of a definition, above its id. @param folder of the connector, absolute */
export function codeLenses(document: TextDocument, folder: string): CodeLens[] {
  const ids = [...textValues(treeOf(document.getText()))].filter((node) => {
    const path = getNodePath(node);
    return path.length === 4 && path[0] === 'paths' && path[3] === 'operationId';
  });
  return ids.flatMap((node) =>
    lenses.map(({ title, command }) => ({
      range: rangeOf(document, node),
      command: { title, command, arguments: [folder, String(node.value)] },
    })),
  );
}
