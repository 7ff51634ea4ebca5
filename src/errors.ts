/**
 * A mistake of the user's that the program explains instead of crashing: bad flag, missing file, refused input.
 *
 * The command line prints `message`, then `hint` (what to type or change next), and leaves with `exitStatus`;
 * nothing has been written when one is thrown.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string | undefined;
  /** 1: the called tool failed, 2: could not run (the default), 3: an API description was refused. */
  readonly exitStatus: 1 | 2 | 3;

  constructor(message: string, options: { hint?: string; exitStatus?: 1 | 2 | 3; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.exitStatus = options.exitStatus ?? 2;
  }
}

/** Also for an error that was thrown in another bundle, whose class is another one. */
export const isUserError = (error: unknown): error is UserError => error instanceof Error && error.name === 'UserError';

/** Somebody left at a question (Ctrl-C, Ctrl-D): a decision, not a mistake. Questions come before everything that is written. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  /** The exit status, under the name that `yo` reads it by: that of a program ended by SIGINT. */
  readonly code = 130;

  constructor() {
    super('Cancelled; nothing was written');
  }
}

/** Also for one of another bundle, as above. */
export const isCancelled = (error: unknown): error is Cancelled => error instanceof Error && error.name === 'Cancelled';
