import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { uriOf } from './open-files.ts';

/** What is to be done to one file. */
export interface FileEdit {
  /** Absolute. */
  path: string;
  before: string;
  after: string;
}

/** The edits for an editor: of each file only the lines that differ, from the first to the last. */
export const workspaceEdit = (files: readonly FileEdit[]): WorkspaceEdit => ({
  changes: Object.fromEntries(files.map((file) => [uriOf(file.path), [smallestEdit(file)]])),
});

function smallestEdit({ before, after }: FileEdit): TextEdit {
  const document = TextDocument.create('file:', '', 0, before);
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  // never between the halves of a character, or of a line end
  while (start > 0 && isHalf(before, start)) start -= 1;
  while (end > 0 && isHalf(before, before.length - end)) end -= 1;
  return {
    range: { start: document.positionAt(start), end: document.positionAt(before.length - end) },
    newText: after.slice(start, after.length - end),
  };
}

/** Whether a place is inside of a surrogate pair or of CR LF. */
const isHalf = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) || (text.charAt(at) === '\n' && text.charAt(at - 1) === '\r');
