/**
 * The connector ran, and something on the way failed: no answer, a policy without a value, a redirect that isn't
 * followed. What kept it from running at all is a UserError instead.
 */
export class RunFailure extends Error {
  override readonly name = 'RunFailure';
  /** Of an answer whose body could not be read: what it asks for has been done, or not, all the same. */
  readonly head: AnswerHead | undefined;

  constructor(message: string, head?: AnswerHead) {
    super(message);
    this.head = head;
  }
}

/** Status and headers of an answer; names in lower case. */
export interface AnswerHead {
  status: number;
  headers: Readonly<Record<string, string>>;
}

/** Also for one of another bundle, whose class is another one. */
export const isRunFailure = (error: unknown): error is RunFailure =>
  error instanceof Error && error.name === 'RunFailure';
