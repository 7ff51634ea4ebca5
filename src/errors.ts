import { onOneLine } from './shown.ts';

/**
 * A mistake of the user's that the program explains instead of crashing: bad flag, missing file, refused input.
 *
 * The command line prints `message`, then `hint` (what to type or change next), and leaves with
 * `exitStatus`; nothing has been written when one is thrown. Whatever is quoted in it, each of its lines is harmless.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Lines of ours, joined by line ends. */
  readonly hint: string | undefined;
  /** 1: the called tool failed, 2: could not run (the default), 3: an API description was refused. */
  readonly exitStatus: 1 | 2 | 3;

  constructor(
    message: string,
    options: {
      /** Lines of the message below its first. */
      details?: readonly string[];
      /** Several lines as a list. */
      hint?: string | readonly string[];
      exitStatus?: 1 | 2 | 3;
      cause?: unknown;
    } = {},
  ) {
    const lines = [message, ...(options.details ?? [])].map(onOneLine);
    super(lines.join('\n  '), options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint === undefined ? undefined : [options.hint].flat().map(onOneLine).join('\n');
    this.exitStatus = options.exitStatus ?? 2;
  }
}

/** Also for an error that was thrown in another bundle, whose class is another one. */
export const isUserError = (error: unknown): error is UserError => error instanceof Error && error.name === 'UserError';

/** For people, as lines. */
export const errorText = ({ message, hint }: UserError): string =>
  `error: ${message}\n${hint === undefined ? '' : `  ${hint.replaceAll('\n', '\n  ')}\n`}`;

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
