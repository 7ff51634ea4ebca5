import { UserError } from '../errors.ts';
import { isContinuousIntegration, type Platform } from '../process/platform.ts';

/** Environment variables that hold what no command line should; they are kept from the programs that we start. */
export const loginVariables = {
  clientSecret: 'PAC_CLIENT_SECRET',
  certificatePassword: 'PAC_CERTIFICATE_PASSWORD',
} as const;

/** A way to sign in without a browser on this machine. */
export interface LoginMethod {
  /** Our flag, without dashes; also that of pac's where it has one. */
  flag: string;
  /** Its value, for the help; without it the flag is a switch. */
  value?: string;
  description: string;
  /** The argument of pac that it becomes; undefined: what else is given says it. */
  argument: string | undefined;
  /** It signs in as an application: `--application-id` and `--tenant` say which. */
  isApplication: boolean;
  /** What pac takes as an argument only, from an environment variable. */
  secret?: { variable: string; argument: string; isRequired: boolean };
}

export const loginMethods: readonly LoginMethod[] = [
  {
    flag: 'github-federated',
    description: 'as an application that trusts a GitHub workflow: no secret (with --application-id, --tenant)',
    argument: '--githubFederated',
    isApplication: true,
  },
  {
    flag: 'azure-devops-federated',
    description: 'as an application that trusts an Azure pipeline: no secret (with --application-id, --tenant)',
    argument: '--azureDevOpsFederated',
    isApplication: true,
  },
  {
    flag: 'managed-identity',
    description: 'as the identity of the Azure machine that this runs on: no secret',
    argument: '--managedIdentity',
    isApplication: false,
  },
  {
    flag: 'certificate',
    value: 'FILE',
    description: `as an application with a certificate (its password from ${loginVariables.certificatePassword}; with --application-id, --tenant)`,
    argument: '--certificateDiskPath',
    isApplication: true,
    secret: { variable: loginVariables.certificatePassword, argument: '--certificatePassword', isRequired: false },
  },
  {
    flag: 'service-principal',
    description: `as an application with a secret, from ${loginVariables.clientSecret}; in CI only (with --application-id, --tenant)`,
    argument: undefined,
    isApplication: true,
    secret: { variable: loginVariables.clientSecret, argument: '--clientSecret', isRequired: true },
  },
  {
    flag: 'device-code',
    description: 'with a code that is typed into a browser on another machine',
    argument: '--deviceCode',
    isApplication: false,
  },
];

/** What `login` was given about the way to sign in. */
export interface LoginChoice {
  /** The methods that were chosen, by flag, with their value where they take one. */
  methods: Readonly<Record<string, string | true>>;
  applicationId: string | undefined;
  tenant: string | undefined;
  /** A secret may be in the arguments of pac, where other users of this machine can read it. */
  allowSecretArgument: boolean;
  env: Platform['env'];
  platform: Platform['platform'];
}

/**
 * Without a keyring, which runners and servers lack, pac on Linux refuses to keep a secret unless it may do so in clear
 * text (seen in workflows of 2026; no documentation has it). What it keeps is in the home folder, as are its tokens.
 */
const clearTextCaching = '--accept-cleartext-caching';

/**
 * The arguments of `pac auth create` for a way to sign in.
 *
 * @returns `secrets` are in the arguments, and must be shown nowhere
 * @throws UserError for ways that exclude each other, for what is missing or has no meaning, and for a secret on a
 *   machine that others may use
 */
export function loginArguments(choice: LoginChoice): { args: string[]; secrets: string[] } {
  const chosen = loginMethods.filter(({ flag }) => choice.methods[flag] !== undefined);
  const [method, another] = chosen;
  if (method !== undefined && another !== undefined) {
    throw new UserError(`--${method.flag} and --${another.flag} are two ways to sign in; choose one`, {
      hint: 'see: pp-connector login --help',
    });
  }
  requireApplication(method, choice);
  if (method === undefined) return { args: [], secrets: [] };
  const secret = method.secret === undefined ? undefined : readSecret(method, method.secret, choice);
  const value = choice.methods[method.flag];
  return {
    args: [
      ...(method.argument === undefined ? [] : [method.argument]),
      ...(typeof value === 'string' ? [value] : []),
      ...(choice.applicationId === undefined ? [] : ['--applicationId', choice.applicationId]),
      ...(secret === undefined ? [] : secret.args),
      ...(choice.tenant === undefined ? [] : ['--tenant', choice.tenant]),
      ...(secret !== undefined && choice.platform === 'linux' ? [clearTextCaching] : []),
    ],
    secrets: secret === undefined ? [] : [secret.value],
  };
}

function requireApplication(method: LoginMethod | undefined, { applicationId, tenant }: LoginChoice): void {
  const given = { 'application-id': applicationId, tenant };
  if (method?.isApplication) {
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) continue;
      throw new UserError(`--${method.flag} needs --${name} as well`, {
        hint: 'both ids are on the overview page of the app registration in Microsoft Entra ID',
      });
    }
    return;
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const ways = loginMethods.filter(({ isApplication }) => isApplication).map(({ flag }) => `--${flag}`);
    throw new UserError(
      method === undefined
        ? `--${name} says which application signs in, but not how: no ${ways.join(', ')} is given`
        : `--${name} means nothing with --${method.flag}, which doesn't sign in as an application`,
      { hint: method === undefined ? `add one of: ${ways.join(' ')}` : `leave --${name} out` },
    );
  }
}

function readSecret(
  method: LoginMethod,
  { variable, argument, isRequired }: NonNullable<LoginMethod['secret']>,
  { env, allowSecretArgument }: LoginChoice,
): { args: string[]; value: string } | undefined {
  const value = env[variable];
  if (value === undefined || value === '') {
    if (!isRequired) return undefined;
    throw new UserError(
      `--${method.flag} takes the secret from the environment variable ${variable}, which is not set`,
      {
        hint: 'better without any secret: --github-federated, --azure-devops-federated or --managed-identity',
      },
    );
  }
  if (value.startsWith('-')) {
    throw new UserError(`${variable}: its value begins with a dash; pac would take it for a flag`, {
      hint: 'make another secret, or sign in without one: --github-federated, --azure-devops-federated',
    });
  }
  if (!allowSecretArgument && !isContinuousIntegration(env)) {
    throw new UserError(
      `--${method.flag} with ${variable} is for CI: pac takes it as an argument only, and every user of this machine can read that`,
      {
        hint: 'sign in with: pp-connector login; if nobody else uses this machine, repeat it with --allow-secret-argument',
      },
    );
  }
  return { args: [argument, value], value };
}
