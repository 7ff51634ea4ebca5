import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import { type Connector, filesOf } from '../connector/load.ts';
import { decode, type SourceFile } from '../connector/source-file.ts';
import { whatStops } from '../diff/what-stops.ts';
import { startSession, type ValidateOptions } from '../rules/engine/validate-connector.ts';
import { ruleById } from '../rules/families/catalogue.ts';
import { fixConnector } from '../rules/fix/fix-connector.ts';
import { source } from './diagnostics.ts';
import { type FileEdit, workspaceEdit } from './edits.ts';

/** A title for the fix of all rules, as `pp-connector fix` makes it. */
export const fixAllTitle = 'Fix what has one certain remedy (pp-connector fix)';

/**
 * The repairs for the findings at a place, each with the bytes that `pp-connector fix` would write for its rule, and
 * the one for all.
 *
 * @param diagnostics ours among those that the editor shows at the place
 */
export async function codeActions(
  connector: Connector,
  diagnostics: readonly Diagnostic[],
  options: ValidateOptions,
): Promise<CodeAction[]> {
  const own = diagnostics.filter((diagnostic) => diagnostic.source === source && isFixable(diagnostic));
  const rules = [...new Set(own.map(({ code }) => String(code)))];
  const actions: CodeAction[] = [];
  for (const rule of rules) {
    const edits = await editsOf(connector, (id) => id === rule, options);
    if (edits.length === 0) continue;
    actions.push({
      title: `Fix: ${ruleById.get(rule)?.title ?? rule}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: own.filter(({ code }) => code === rule),
      edit: workspaceEdit(edits),
    });
  }
  return actions;
}

/** Everything that `pp-connector fix` would repair, as one action; undefined where that is nothing. */
export async function fixAll(connector: Connector, options: ValidateOptions): Promise<CodeAction | undefined> {
  const edits = await editsOf(connector, () => true, options);
  if (edits.length === 0) return undefined;
  return { title: fixAllTitle, kind: CodeActionKind.SourceFixAll, edit: workspaceEdit(edits) };
}

const isFixable = ({ data }: Diagnostic): boolean => (data as { fixable?: boolean } | undefined)?.fixable === true;

/** Renamed and deleted files are left to the command: an editor has them open. */
async function editsOf(
  connector: Connector,
  wanted: (rule: string) => boolean,
  options: ValidateOptions,
): Promise<FileEdit[]> {
  const { validate } = startSession(connector, options);
  const isSafe = (rule: string): boolean => ruleById.get(rule)?.fix === 'safe' && wanted(rule);
  const { changes } = await fixConnector(connector, { validate, wanted: isSafe, stops: whatStops });
  const before = new Map(filesOf(connector).map((file) => [file.path, file]));
  return changes.flatMap(({ path, after, isEdited }): FileEdit[] => {
    const file = before.get(path);
    if (!isEdited || after === undefined || file === undefined || after.path !== path) return [];
    return [{ path, before: textOf(file), after: textOf(after) }];
  });
}

const textOf = (file: SourceFile): string => decode(file).text;
