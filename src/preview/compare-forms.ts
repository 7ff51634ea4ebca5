import type { Connector } from '../connector/load.ts';
import { diffConnectors } from '../diff/diff-report.ts';
import type { Base } from '../diff/find-base.ts';
import type { FormField, FormModel, FormOperation } from '../runtime/form/form-model.ts';
import { formModel } from '../runtime/form.ts';
import type { Breakage, ChangedOperation } from './against-state.ts';
import { formSources } from './read-preview.ts';

/**
 * What an update changes for makers: the sentences of `diff`, and the forms that differ, before and after.
 *
 * @throws UserError when either has no definition that can be read
 */
export function compareForms(base: Base, after: Connector, now: FormModel, cwd: string): Breakage {
  const report = diffConnectors(base, after, { cwd });
  const sources = formSources(base.connector, cwd);
  const before = formModel(sources.definition, sources.inner);
  return {
    base: base.name,
    changes: report.changes.map(({ kind, severity, breaking, message, operationId, file, line, column }) => ({
      kind,
      severity,
      breaking,
      message,
      operation: operationId ?? '',
      file,
      line,
      column,
    })),
    operations: changedOperations(before.operations, now.operations),
  };
}

function changedOperations(before: readonly FormOperation[], after: readonly FormOperation[]): ChangedOperation[] {
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((id) => {
    const changed = changeOf(id, old.get(id), now.get(id));
    return changed === undefined ? [] : [changed];
  });
}

const byId = (operations: readonly FormOperation[]): Map<string, FormOperation> =>
  new Map(operations.filter(({ kind }) => kind !== 'internal').map((operation) => [operation.id, operation]));

function changeOf(
  id: string,
  old: FormOperation | undefined,
  now: FormOperation | undefined,
): ChangedOperation | undefined {
  const [before, after] = [rowsOf(old), rowsOf(now)];
  const [oldOutputs, newOutputs] = [keysOf(old), keysOf(now)];
  const changed: ChangedOperation = {
    id,
    summary: (now ?? old)?.summary ?? '',
    change: old === undefined ? 'new' : now === undefined ? 'gone' : 'changed',
    before,
    after,
    goneOutputs: oldOutputs.filter((key) => !newOutputs.includes(key)),
    newOutputs: newOutputs.filter((key) => !oldOutputs.includes(key)),
  };
  const isSame =
    changed.change === 'changed' &&
    JSON.stringify(before) === JSON.stringify(after) &&
    changed.goneOutputs.length + changed.newOutputs.length === 0;
  return isSame ? undefined : changed;
}

const rowsOf = (operation: FormOperation | undefined): ChangedOperation['before'] =>
  (operation?.fields ?? []).map(({ key, label, editor, required, shown, placeholder }: FormField) => ({
    key,
    label,
    editor,
    required,
    shown,
    placeholder,
  }));

const keysOf = (operation: FormOperation | undefined): string[] => (operation?.outputs ?? []).map(({ key }) => key);
