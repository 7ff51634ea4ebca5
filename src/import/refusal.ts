import { isUserError, UserError } from '../errors.ts';

/** Why a description is refused as a whole; scripts may rely on these words. */
export type RefusalCode =
  | 'format-unknown'
  | 'yaml-syntax'
  | 'json-syntax'
  | 'no-operations'
  | 'no-host'
  | 'too-many-operations'
  | 'too-large'
  | 'ref-remote'
  | 'auth-unsupported'
  | 'source-too-big'
  | 'source-unreachable'
  | 'option-unknown'
  | 'result-invalid';

/** A description that cannot become a connector as it is; `hint` names the remedy. Nothing is written. */
export class ImportRefused extends UserError {
  readonly code: RefusalCode;
  /** JSON pointer into the source, where one place is to blame. */
  readonly pointer: string | undefined;

  constructor(code: RefusalCode, message: string, options: { hint?: string; pointer?: string; cause?: unknown } = {}) {
    const { hint, cause } = options;
    super(`${message} (${code})`, { exitStatus: 3, cause, ...(hint === undefined ? {} : { hint }) });
    this.code = code;
    this.pointer = options.pointer;
  }
}

/** By shape, not by class: code that was loaded in two ways has the class twice. */
export function isRefusal(error: unknown): error is ImportRefused {
  return isUserError(error) && error.exitStatus === 3 && 'code' in error && typeof error.code === 'string';
}
