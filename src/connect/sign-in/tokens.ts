import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  clientCredentialsGrantRequest,
  customFetch,
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  generateRandomState,
  None,
  nopkce,
  processAuthorizationCodeResponse,
  processClientCredentialsResponse,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import { UserError } from '../../errors.ts';
import type { Send } from '../../runtime/send.ts';
import type { TokenRequest } from './requests.ts';
import { inWords, oauthError } from './token-errors.ts';
import { fetchBy } from './token-fetch.ts';

/**
 * The exchanges of OAuth: what is sent is the platform's form, what comes back is checked by `oauth4webapi`. The only
 * module that loads that library; nothing loads this one before a token is needed.
 */

export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** Milliseconds since 1970; undefined: the service didn't say. */
  expiresAt: number | undefined;
}

/** Protects a sign-in from the answers of another one. */
export const newState = generateRandomState;

/** The service as the library wants it; nothing is known of it but its addresses. */
const serverAt = (tokenUrl: URL, deviceUrl?: URL) => ({
  issuer: tokenUrl.origin,
  token_endpoint: tokenUrl.href,
  ...(deviceUrl === undefined ? {} : { device_authorization_endpoint: deviceUrl.href }),
});

/** @param request without it, the library's own form is sent */
const optionsBy = (send: Send, request?: TokenRequest) => ({
  // `send` itself refuses http, but for this machine
  [allowInsecureRequests]: true,
  [customFetch]: fetchBy(send, request?.body),
});

function tokensOf(response: TokenEndpointResponse, now = Date.now()): Tokens {
  const { access_token, refresh_token, expires_in } = response;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresAt: expires_in === undefined ? undefined : now + expires_in * 1000,
  };
}

export interface CodeAnswer {
  /** What the service sent back with the browser. */
  parameters: URLSearchParams;
  state: string;
  redirectUrl: string;
  clientId: string;
  /** The request for tokens, made with the code. */
  request: (code: string) => TokenRequest;
}

/** @throws UserError (exit status 1) when the service refused, or what it sent belongs to another sign-in */
export async function redeemCode(answer: CodeAnswer, send: Send): Promise<Tokens> {
  const { parameters, state, redirectUrl, clientId } = answer;
  try {
    const client = { client_id: clientId };
    // nobody told us what the issuer is called, so that there is nothing to compare it with
    parameters.delete('iss');
    const probe = { issuer: 'https://connector.invalid' };
    const valid = validateAuthResponse(probe, client, parameters, state);
    const request = answer.request(valid.get('code') ?? '');
    const server = serverAt(request.url);
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      None(),
      valid,
      redirectUrl,
      // the platform has no setting for PKCE (docs/reference/authentication.md)
      nopkce,
      optionsBy(send, request),
    );
    return tokensOf(await processAuthorizationCodeResponse(server, client, response));
  } catch (error) {
    throw inWords(error, 'sign-in');
  }
}

/** @throws UserError (exit status 1) when the service refuses */
export async function refreshTokens(
  { clientId, refreshToken, request }: { clientId: string; refreshToken: string; request: TokenRequest },
  send: Send,
): Promise<Tokens> {
  try {
    const [server, client] = [serverAt(request.url), { client_id: clientId }];
    const response = await refreshTokenGrantRequest(server, client, None(), refreshToken, optionsBy(send, request));
    const tokens = tokensOf(await processRefreshTokenResponse(server, client, response));
    // a service that sends no new one lets the old one be used again (RFC 6749, 6)
    return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  } catch (error) {
    throw inWords(error, 'refresh');
  }
}

/** Of an application itself; nobody signs in. @throws UserError (exit status 1) when the service refuses */
export async function applicationTokens(
  { clientId, request }: { clientId: string; request: TokenRequest },
  send: Send,
): Promise<Tokens> {
  try {
    const [server, client] = [serverAt(request.url), { client_id: clientId }];
    const response = await clientCredentialsGrantRequest(server, client, None(), {}, optionsBy(send, request));
    return tokensOf(await processClientCredentialsResponse(server, client, response));
  } catch (error) {
    throw inWords(error, 'sign-in');
  }
}

export interface DeviceCode {
  /** What the user types at `address`. */
  userCode: string;
  /** As the service sent it. */
  address: string;
  /** Waits until the user has signed in. @throws UserError (exit status 1) when that fails, or comes too late */
  tokens: () => Promise<Tokens>;
}

export interface DeviceSource {
  deviceUrl: URL;
  tokenUrl: URL;
  clientId: string;
  scope: string;
  /** Milliseconds that the user has, unless the service gives less. */
  timeoutMs: number;
  wait: (milliseconds: number) => Promise<unknown>;
}

/** RFC 8628. @throws UserError (exit status 1) when the service gives no code */
export async function askDeviceCode(source: DeviceSource, send: Send): Promise<DeviceCode> {
  const { deviceUrl, tokenUrl, clientId, scope, timeoutMs } = source;
  const [server, client] = [serverAt(tokenUrl, deviceUrl), { client_id: clientId }];
  try {
    const response = await deviceAuthorizationRequest(server, client, None(), { scope }, optionsBy(send));
    const device = await processDeviceAuthorizationResponse(server, client, response);
    const end = Date.now() + Math.min(timeoutMs, device.expires_in * 1000);
    const poll = async (): Promise<Tokens> => {
      const answer = await deviceCodeGrantRequest(server, client, None(), device.device_code, optionsBy(send));
      return tokensOf(await processDeviceCodeResponse(server, client, answer));
    };
    return {
      userCode: device.user_code,
      address: device.verification_uri,
      tokens: () => polled(poll, { seconds: device.interval ?? 5, end, wait: source.wait }),
    };
  } catch (error) {
    throw inWords(error, 'device');
  }
}

interface Polling {
  /** Between two questions. */
  seconds: number;
  /** Milliseconds since 1970. */
  end: number;
  wait: DeviceSource['wait'];
}

async function polled(poll: () => Promise<Tokens>, { seconds, end, wait }: Polling): Promise<Tokens> {
  let pause = Math.max(seconds, 1);
  for (;;) {
    if (Date.now() + pause * 1000 > end) {
      throw new UserError('nobody signed in with the code in time', { hint: 'run it again', exitStatus: 1 });
    }
    await wait(pause * 1000);
    try {
      return await poll();
    } catch (error) {
      const code = oauthError(error)?.error;
      if (code !== 'authorization_pending' && code !== 'slow_down') throw inWords(error, 'device');
      if (code === 'slow_down') pause += 5;
    }
  }
}
