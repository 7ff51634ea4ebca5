import { UserError } from '../errors.ts';

/** The value of `--send-to`. @throws UserError for anything but an origin */
export function originOf(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url;
  throw new UserError(`--send-to ${text}: is not an origin`, {
    hint: 'write scheme, host and port: http://127.0.0.1:8080',
  });
}
