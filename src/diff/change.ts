import type { Severity } from '../connector/profile.ts';
import type { Kind } from './kinds.ts';

/** A difference that somebody may notice, without its severity. */
export interface Difference<K extends Kind = Kind> {
  kind: K;
  /** Undefined where the whole connector is meant, or an operation without a name. */
  operationId: string | undefined;
  /** In the later version: where the value is, or would be if it were still there. */
  pointer: string;
  /** Which file the pointer is about. */
  file: 'definition' | 'properties';
  /** What flows and apps notice; one line. */
  message: string;
}

/** A difference with its severity. */
export interface Change extends Difference {
  severity: Severity;
  /** The severity is error: flows or apps stop working, and nobody has said that this is meant. */
  breaking: boolean;
  /** Flows, apps or connections may stop working, however severe that is for the profile, and also where it is meant. */
  stops: boolean;
}

/** Takes a difference, of the kinds that the caller finds. */
export type ReportDifference<K extends Kind> = (difference: Difference<K>) => void;

/** How an operation is called in messages: the name that flows know, or else its verb and path. */
export const operationName = ({ id, method, path }: { id: string; method: string; path: string }): string =>
  id === '' ? `${method.toUpperCase()} ${path}` : id;
