import { UserError } from '../../errors.ts';
import type { Send } from '../../runtime/send.ts';
import { readPasted } from './pasted.ts';
import { listenForRedirect } from './redirect-listener.ts';
import { authorizationAddress, type OAuthClient, type Particulars, safeAddress, tokenRequest } from './requests.ts';
import type { SignIn } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

/** How the answer of the service comes back. */
export type Manner =
  | { kind: 'listen'; port: number | undefined; redirectUrl: URL | undefined }
  | { kind: 'paste'; redirectUrl: string }
  | { kind: 'device' };

/** Whoever signs in. */
export interface Person {
  /** Shows a line, or several. */
  show: (text: string) => void;
  /** Opens an address that has been shown. */
  open: (address: URL) => Promise<unknown>;
  /** The address that the browser shows after the sign-in; asked for again until `check` is content. */
  paste: (check: (text: string) => true | string) => Promise<string>;
}

export interface SignInRun {
  signIn: SignIn;
  client: OAuthClient;
  manner: Manner;
  /** Milliseconds. */
  timeoutMs: number;
  send: Send;
  person: Person;
  wait: (milliseconds: number) => Promise<unknown>;
}

export interface SignedIn {
  tokens: Tokens;
  /** Empty: there was none. */
  redirectUrl: string;
}

/** @throws UserError (exit status 1) when the service or the person refuses; (2) when the sign-in can't be begun */
export async function performSignIn(run: SignInRun): Promise<SignedIn> {
  const { signIn, client, manner, send } = run;
  if (signIn.grant === 'client_credentials') {
    const request = tokenRequest(signIn, { client, redirectUrl: '' });
    const { applicationTokens } = await import('./tokens.ts');
    return { tokens: await applicationTokens({ clientId: client.id, request }, send), redirectUrl: '' };
  }
  switch (manner.kind) {
    case 'device':
      return { tokens: await byDevice(run), redirectUrl: '' };
    case 'paste':
      return byPaste(run, manner.redirectUrl);
    default:
      return byListening(run, manner);
  }
}

/** Everything that can be wrong about the addresses is found before anybody signs in. */
async function begun({ signIn }: SignInRun, { client, redirectUrl }: Pick<Particulars, 'client' | 'redirectUrl'>) {
  tokenRequest(signIn, { client, redirectUrl });
  const { newState } = await import('./tokens.ts');
  const state = newState();
  return { state, address: authorizationAddress(signIn, { client, redirectUrl, state }) };
}

async function byListening(run: SignInRun, manner: Manner & { kind: 'listen' }): Promise<SignedIn> {
  const { person, client } = run;
  const wanted = manner.redirectUrl;
  const port = wanted === undefined ? manner.port : Number(wanted.port || 80);
  const listener = await listenForRedirect(port, wanted?.pathname);
  try {
    const redirectUrl = wanted?.href ?? `http://127.0.0.1:${listener.port}/redirect`;
    const { state, address } = await begun(run, { client, redirectUrl });
    const answer = listener.answer(state, run.timeoutMs);
    person.show(
      `Sign in with the browser. The application must know the redirect address ${redirectUrl}\n\n  ${address.href}\n`,
    );
    const [parameters] = await Promise.all([answer, person.open(address)]);
    return { tokens: await redeem(run, { parameters, state, redirectUrl }), redirectUrl };
  } finally {
    listener.close();
  }
}

async function byPaste(run: SignInRun, redirectUrl: string): Promise<SignedIn> {
  const { person, client } = run;
  const { state, address } = await begun(run, { client, redirectUrl });
  person.show(
    `Sign in with the browser. It ends at a page below ${redirectUrl}, which may show an error: copy its whole address.\n\n  ${address.href}\n`,
  );
  await person.open(address);
  const pasted = await person.paste((text) => {
    const read = readPasted(text);
    return typeof read === 'string' ? read : true;
  });
  const parameters = readPasted(pasted);
  if (typeof parameters === 'string') throw new UserError(parameters, { exitStatus: 1 });
  return { tokens: await redeem(run, { parameters, state, redirectUrl }), redirectUrl };
}

async function redeem(
  { signIn, client, send }: SignInRun,
  answer: { parameters: URLSearchParams; state: string; redirectUrl: string },
): Promise<Tokens> {
  const { redeemCode } = await import('./tokens.ts');
  const { redirectUrl } = answer;
  const request = (code: string) => tokenRequest(signIn, { client, redirectUrl, code });
  return redeemCode({ ...answer, clientId: client.id, request }, send);
}

async function byDevice(run: SignInRun): Promise<Tokens> {
  const { signIn, client, person, timeoutMs, send, wait } = run;
  if (signIn.device === undefined) {
    throw new UserError('--device-code: only sign-ins of Microsoft Entra ID have it', {
      hint: 'where no browser can come back to this machine: --paste',
    });
  }
  const { askDeviceCode } = await import('./tokens.ts');
  const { deviceUrl, tokenUrl, scope } = signIn.device;
  const device = await askDeviceCode(
    {
      deviceUrl: safeAddress('the address of the device code', deviceUrl),
      tokenUrl: safeAddress('tokenUrl', tokenUrl),
      clientId: client.id,
      scope,
      timeoutMs,
      wait,
    },
    send,
  );
  const address = safeAddress('the address for the code', device.address);
  person.show(`Open this page, also on another device, and type the code ${device.userCode}\n\n  ${address.href}\n`);
  await person.open(address);
  return device.tokens();
}
