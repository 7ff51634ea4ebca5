import type { RunOptions } from '../run-operation.ts';

/**
 * Makes a call of a trigger, which may go on for longer than a token is good: the connection is renewed before the call
 * where that is due, and after a 401, which has done nothing: then the call is repeated once.
 *
 * @param call is made with the options that it gets
 * @returns what it came to, and the options for the next one
 */
export async function callSignedIn<T extends { status: number | undefined }>(
  options: RunOptions,
  call: (options: RunOptions) => Promise<T>,
): Promise<{ called: T; options: RunOptions }> {
  const before = await renewed(options, false);
  const called = await call(before ?? options);
  if (called.status !== 401) return { called, options: before ?? options };
  const after = await renewed(before ?? options, true);
  return after === undefined ? { called, options: before ?? options } : { called: await call(after), options: after };
}

async function renewed(options: RunOptions, isRefused: boolean): Promise<RunOptions | undefined> {
  const connection = options.send === undefined ? undefined : await options.renewConnection?.(isRefused);
  return connection && { ...options, connection };
}
