/**
 * The connector ran, and something on the way failed: no answer, a policy without a value, a redirect that isn't
 * followed. What kept it from running at all is a UserError instead.
 */
export class RunFailure extends Error {
  override readonly name = 'RunFailure';
}

/** Also for one of another bundle, whose class is another one. */
export const isRunFailure = (error: unknown): error is RunFailure =>
  error instanceof Error && error.name === 'RunFailure';
