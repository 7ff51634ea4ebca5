import { asObject, asString, getOwn } from '../../connector/json/value.ts';
import { isUserError, UserError } from '../../errors.ts';
import { isRunFailure } from '../../runtime/run-failure.ts';

/** Which exchange failed. */
export type Exchange = 'sign-in' | 'refresh' | 'device';

const again: Readonly<Record<Exchange, string>> = {
  'sign-in': 'sign in again: pp-connector connect',
  refresh: 'sign in again: pp-connector connect',
  device:
    'the application must allow public client flows (device code) in Entra ID; else sign in without --device-code',
};

/** What the answers of a service mean to people who set up an application. */
const known: Readonly<Record<string, string>> = {
  invalid_client:
    'the service knows no such application, or its secret is another one: CONNECTOR_CLIENT_ID, CONNECTOR_CLIENT_SECRET',
  redirect_uri_mismatch: 'register the redirect address that is shown above with the application, or use --paste',
};

/** Words of the service: `{ error, error_description }`. Undefined: it sent none. */
export function oauthError(failure: unknown): { error: string; description: string } | undefined {
  if (!(failure instanceof Error) || !('error' in failure)) return undefined;
  const error = asString(failure.error as string);
  const description = 'error_description' in failure ? asString(failure.error_description as string) : undefined;
  return error === undefined ? undefined : { error, description: description ?? '' };
}

/**
 * An error of an exchange for people. Nothing of a request is quoted, of an answer only its error.
 *
 * @returns a UserError with exit status 1, or with 2 where an address must not be used
 */
export function inWords(failure: unknown, exchange: Exchange): unknown {
  if (isUserError(failure)) return withoutForeignHint(failure);
  if (isRunFailure(failure)) return new UserError(failure.message, { exitStatus: 1 });
  const said = oauthError(failure);
  if (said !== undefined) {
    const { error, description } = said;
    const words = description === '' ? error : `${error}: ${description}`;
    return new UserError(`the service refused the ${nameOf(exchange)}: ${words.slice(0, 500)}`, {
      hint: known[error] ?? again[exchange],
      exitStatus: 1,
    });
  }
  if (!(failure instanceof Error) || !('code' in failure) || !/^(OAUTH_|ERR_INVALID_ARG)/.test(String(failure.code)))
    return failure;
  return new UserError(`${problemOf(failure)}`, { hint: again[exchange], exitStatus: 1 });
}

const nameOf = (exchange: Exchange): string => (exchange === 'device' ? 'sign-in by a code' : exchange);

/** The hint of a run names a flag that `connect` doesn't have. */
const withoutForeignHint = (error: UserError): UserError =>
  error.hint?.includes('--send-to') === true ? new UserError(error.message, { exitStatus: error.exitStatus }) : error;

/** What the library found wrong: its texts name the part of the answer. */
function problemOf({ message, cause }: Error): string {
  if (/"state"/.test(message))
    return 'the answer belongs to another sign-in (its state is another one), and is not used';
  const status = getOwn(asObject(cause as never), 'status');
  const answered = typeof status === 'number' ? ` (status ${status})` : '';
  return `the service sent no token${answered}: ${message.replaceAll('"response" body ', '').replace('"response"', 'the answer')}`;
}
