import type { Severity } from '../connector/profile.ts';

/** A finding of `validate` and where a preview shows it: each exactly once. */
export interface PlacedFinding {
  rule: string;
  severity: Severity;
  message: string;
  /** As people write it, from the working folder. */
  file: string;
  pointer: string;
  line: number;
  column: number;
  /** `validate --fix` would fix it. */
  fixable: boolean;
  home: Home;
  /** Other operations that use the same definition. */
  alsoIn: string[];
}

export type Home =
  /** At a field or an output of an operation, or at the operation itself. `operation` is its pointer. */
  | { in: 'operation'; operation: string; part: 'field' | 'output' | 'operation'; key: string }
  /** At a field of a set, without key at the set, with empty names at the dialog as a whole. */
  | { in: 'connection'; set: string; key: string }
  | { in: 'connector' };
