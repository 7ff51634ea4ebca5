import type { Incoming, Outgoing } from '../send.ts';

/** What a script is given: the request as the policies left it, and what its context says. */
export interface ScriptCall {
  /** As the script sees it: plain, or in Base64. */
  operationId: string;
  request: Outgoing;
  /** The address on the host of the connector itself. */
  originalRequestUri: string;
  /** What `CreateNotificationUri` is relative to. */
  notificationBase: string;
  /** Milliseconds that it may take, with all that it sends. */
  timeout: number;
}

/** What happens while it runs; texts and answers are the script's own. */
export interface ScriptEvents {
  /** A `SendAsync`. What it throws ends the script's wait, and is an exception there. */
  send: (request: Outgoing) => Promise<Incoming>;
  /** A line of its logger, or of its console. */
  log: (line: string) => void;
  /** Nobody waits for its answer any more. */
  abandoned: AbortSignal;
}

/** How a script ended. */
export type ScriptEnd = ScriptFacts &
  (
    | { answer: Incoming }
    /** What went wrong, with the place in script.csx where that is known. */
    | { failure: string; isTimeout: boolean }
  );

export interface ScriptFacts {
  /** That it ran, without the time to compile it. */
  milliseconds: number;
  hasReadOperationId: boolean;
}

/**
 * Runs the code of a connector once.
 *
 * @throws UserError when it can't be run at all: it doesn't compile, nobody trusts it, nothing to run it is here
 */
export type RunScript = (call: ScriptCall, events: ScriptEvents) => Promise<ScriptEnd>;

/** The code of an operation, and what is assumed of the platform there. */
export interface ScriptOptions {
  run: RunScript;
  operationIdForm: 'plain' | 'base64';
  responsePolicies: 'after-script' | 'before-script';
  /** Milliseconds. */
  timeout: number;
}

/** Seconds that the documentation gives to a script. */
export const documentedSeconds = 5;
