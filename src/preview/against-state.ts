import type { FormField } from '../runtime/form/form-model.ts';

/** What an update changes for makers: the sentences of `diff`, and the forms before and after. */
export interface Breakage {
  /** The folder or git revision that is compared with. */
  base: string;
  changes: {
    kind: string;
    severity: string;
    breaking: boolean;
    message: string;
    operation: string;
    file: string;
    line: number;
    column: number;
  }[];
  operations: ChangedOperation[];
}

export interface ChangedOperation {
  id: string;
  summary: string;
  change: 'new' | 'gone' | 'changed';
  before: Pick<FormField, 'key' | 'label' | 'editor' | 'required' | 'shown' | 'placeholder'>[];
  after: Pick<FormField, 'key' | 'label' | 'editor' | 'required' | 'shown' | 'placeholder'>[];
  /** Keys of outputs. */
  goneOutputs: string[];
  newOutputs: string[];
}
