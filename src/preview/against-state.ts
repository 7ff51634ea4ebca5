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

/** What makers notice of a field; fields of the elements of a list are fields of their own. */
export type ComparedField = Pick<
  FormField,
  'key' | 'label' | 'editor' | 'type' | 'required' | 'shown' | 'placeholder' | 'choices' | 'default'
>;

export interface ChangedOperation {
  id: string;
  summary: string;
  change: 'new' | 'gone' | 'changed';
  before: ComparedField[];
  after: ComparedField[];
  /** Keys of outputs. */
  goneOutputs: string[];
  newOutputs: string[];
}
