import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { ExternalCommand } from '../process/command.ts';
import { shellWord } from '../process/command.ts';
import type { Environments } from './environment.ts';
import { isGuid } from './guid.ts';
import { type LoginChoice, loginArguments } from './login-methods.ts';

/** Values of `--cloud`, as pac spells them. */
export const clouds: readonly string[] = ['Public', 'UsGov', 'UsGovHigh', 'UsGovDod', 'China'];

export interface LoginRequest extends LoginChoice {
  /** A name of config.json, a URL, a GUID, or a name that pac looks up by itself. */
  environment: string | undefined;
  /** `--url`, as the PowerShell module and older versions of pac call it. */
  url: string | undefined;
  /** Name of the profile that pac makes. */
  name: string | undefined;
  cloud: string | undefined;
  cwd: string;
}

/** A login that has not been done yet. */
export interface LoginPlan {
  command: ExternalCommand;
  /** In the arguments of the command; to be masked wherever it is shown. */
  secrets: string[];
  /** A person types or clicks something meanwhile, and may take any time for it. */
  isByPerson: boolean;
}

/**
 * The command that signs in: `pac auth create --environment …`. With nothing given, the only environment of
 * config.json, else no environment at all: pac then asks.
 *
 * @throws UserError for a mistyped name, for a URL that isn't https, and for ways to sign in that don't go together
 */
export function planLogin(request: LoginRequest, environments: Environments): LoginPlan {
  const target = loginTarget(request, environments);
  const { name, cloud } = request;
  if (name !== undefined && (name.length === 0 || name.length > 30 || name.startsWith('-'))) {
    throw new UserError(`--name: "${name}" is not a name of a profile: 1 to 30 characters, no dash first`, {
      hint: 'a short one does, such as: --name ci',
    });
  }
  const { certificate } = request.methods;
  if (typeof certificate === 'string') requireFile(certificate, request.cwd);
  const methods = {
    ...request.methods,
    ...(typeof certificate === 'string' && { certificate: resolve(request.cwd, certificate) }),
  };
  const { args, secrets } = loginArguments({ ...request, methods });
  return {
    command: {
      program: 'pac',
      args: [
        ...['auth', 'create'],
        ...(name === undefined ? [] : ['--name', name]),
        ...args,
        ...(cloud === undefined ? [] : ['--cloud', cloud]),
        ...(target === undefined ? [] : ['--environment', target]),
      ],
      cwd: request.cwd,
    },
    secrets,
    isByPerson: request.applicationId === undefined && request.methods['managed-identity'] === undefined,
  };
}

function requireFile(file: string, cwd: string): void {
  if (statSync(resolve(cwd, file), { throwIfNoEntry: false })?.isFile()) return;
  throw new UserError(`--certificate: ${file}: there is no such file`, {
    hint: 'give the file of the certificate with its private key (.pfx); keep it outside the repository',
  });
}

function loginTarget({ environment, url }: LoginRequest, environments: Environments): string | undefined {
  if (environment !== undefined && url !== undefined) {
    throw new UserError('--environment and --url mean the same; both are given', { hint: 'leave --url out' });
  }
  const given = environment ?? url;
  if (given === undefined) {
    if (environments.entries.length > 1) {
      throw new UserError(`there are several environments: ${environments.names.join(', ')}`, {
        hint: `choose one: --environment ${shellWord(environments.names[0] ?? '')}`,
      });
    }
    return environments.only?.target;
  }
  const isAddress = isGuid(given) || /^[a-z][a-z\d+.-]*:/i.test(given);
  if (isAddress || environments.names.includes(given)) return environments.choose(given).target;
  // `auth create` also finds environments by their unique name, or a part of their name
  if (environments.names.length > 0 || given.trim() === '' || given.startsWith('-')) throw environments.unknown(given);
  return given;
}
