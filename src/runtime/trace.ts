import type { Json, JsonObject } from '../connector/json/value.ts';
import type { Assumption } from './assumptions.ts';
import type { SchemaFinding } from './schema-check.ts';

/** What a run leaves: the contract of everything that runs connectors. Names of headers are in lower case. */
export interface Trace {
  operationId: string;
  kind: 'action' | 'trigger' | 'internal';
  assumptions: Assumption[];
  steps: Step[];
  /** What the flow gets; undefined where there is no answer. */
  result?: { status: number; body: Json };
  /** Why the run ended before. */
  error?: string;
}

export type Step = RequestStep | PolicyStep | ScriptStep | AnswerStep | NotificationStep | SchemaStep;

/** Runs of a trigger: its calls, or a subscription from its beginning to its end. */
export interface TriggerTrace {
  operationId: string;
  kind: Trace['kind'];
  runs: Trace[];
  /** What the next call needs; of a subscription what became of it. */
  state: JsonObject;
  /** Why it ended before. */
  error?: string;
}

export interface RequestStep {
  /** As the client makes it; as it leaves the machine, once per request; as it would leave, in a dry run. */
  step: 'request' | 'send' | 'ready';
  /** Of `send`: who asked for it, if not the client. */
  by?: 'policy' | 'script';
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Json;
  /** Words about it, for people. */
  note?: string;
}

export interface Change {
  /** `url`, `method`, `status`, `headers/NAME`, `body/PATH`. */
  what: string;
  from: Json;
  to: Json;
}

export interface PolicyStep {
  step: 'policy';
  index: number;
  template: string;
  title: string;
  pointer: string;
  changed: Change[];
  note?: string;
}

/** Where an operation has code. */
export interface ScriptStep {
  step: 'script';
  milliseconds: number;
  log: string[];
}

export interface AnswerStep {
  step: 'answer';
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** What a webhook sent. */
export interface NotificationStep {
  step: 'notification';
  body: Json;
}

export interface SchemaStep {
  step: 'schema';
  findings: SchemaFinding[];
}
