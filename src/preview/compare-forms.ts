import { basename, isAbsolute } from 'node:path';
import type { Connector } from '../connector/load.ts';
import { diffConnectors } from '../diff/diff-report.ts';
import { findBase } from '../diff/find-base.ts';
import type { ValidateOptions } from '../rules/engine/validate-connector.ts';
import type { FormField, FormModel, FormOperation } from '../runtime/form/form-model.ts';
import { formModel } from '../runtime/form.ts';
import type { Breakage, ChangedOperation, ComparedField } from './against-state.ts';
import { formSources } from './read-preview.ts';

/**
 * What an update changes for makers: the sentences of `diff`, and the forms that differ, before and after.
 *
 * @param against a folder, a file or a git revision
 * @throws UserError for a version that there isn't, and when either has no definition that can be read
 */
export function compareForms(
  against: string,
  after: Connector,
  now: FormModel,
  { cwd, profile }: Pick<ValidateOptions, 'cwd' | 'profile'>,
): Breakage {
  const base = findBase(against, after, { cwd });
  const report = diffConnectors(base, after, { cwd, profile });
  const sources = formSources(base.connector, cwd);
  const before = formModel(sources.definition, sources.inner);
  return {
    // where a folder is on this machine is nobody's business who gets the page
    base: isAbsolute(base.name) ? basename(base.name) : base.name,
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

const rowsOf = (operation: FormOperation | undefined): ComparedField[] =>
  withElements(operation?.fields ?? []).map((field) => ({
    key: field.key,
    label: field.label,
    editor: field.editor,
    type: field.type,
    required: field.required,
    shown: field.shown,
    placeholder: field.placeholder,
    choices: field.choices,
    default: field.default,
  }));

const withElements = (fields: readonly FormField[]): FormField[] =>
  fields.flatMap((field) => [field, ...withElements(field.items ?? [])]);

const keysOf = (operation: FormOperation | undefined): string[] => (operation?.outputs ?? []).map(({ key }) => key);
