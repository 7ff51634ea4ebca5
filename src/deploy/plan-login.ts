import { UserError } from '../errors.ts';
import type { ExternalCommand } from '../programs/command.ts';
import type { Environments } from './environment.ts';
import { isGuid } from './guid.ts';

export interface LoginRequest {
  /** A name of config.json, a URL, a GUID, or a name that pac looks up by itself. */
  environment: string | undefined;
  /** `--url`, as the PowerShell module and older versions of pac call it. */
  url: string | undefined;
  cwd: string;
}

/**
 * The command that signs in: `pac auth create --environment …`. With nothing given, the only environment of
 * config.json, else no environment at all: pac then asks.
 *
 * @throws UserError for a mistyped name and for a URL that isn't https
 */
export function planLogin(request: LoginRequest, environments: Environments): ExternalCommand {
  const target = loginTarget(request, environments);
  const args = ['auth', 'create', ...(target === undefined ? [] : ['--environment', target])];
  return { program: 'pac', args, cwd: request.cwd };
}

function loginTarget({ environment, url }: LoginRequest, environments: Environments): string | undefined {
  if (environment !== undefined && url !== undefined) {
    throw new UserError('--environment and --url mean the same; both are given', { hint: 'leave --url out' });
  }
  const given = environment ?? url;
  if (given === undefined) {
    if (environments.entries.length > 1) {
      throw new UserError(`there are several environments: ${environments.names.join(', ')}`, {
        hint: `choose one: --environment ${environments.names[0]}`,
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
