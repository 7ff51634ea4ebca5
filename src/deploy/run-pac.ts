import { UserError } from '../errors.ts';
import type { ExternalCommand } from '../programs/command.ts';
import { type Host, thisHost } from '../programs/host.ts';
import { knownProgram, locateProgram } from '../programs/known-programs.ts';
import { type ProgramResult, runProgram } from '../programs/run-program.ts';
import { credentialVariables } from './oauth-credentials.ts';

export interface PacOptions {
  host?: Host;
  /** What pac prints, as it comes. */
  onOutput: (chunk: Buffer) => void;
  /** Masked in the output. */
  secrets?: readonly string[];
}

/**
 * Runs pac and waits for its end; it may ask its user questions.
 *
 * @returns what it printed
 * @throws UserError (exit status 1) when it is missing, can't be started, or fails: by its exit status, or by a line that
 *   begins with `Error:`, since an exit status is documented for no command
 */
export async function runPac(command: ExternalCommand, options: PacOptions): Promise<string> {
  const host = options.host ?? thisHost();
  const file = requirePac(host);
  const result = await runProgram(file, command.args, {
    host,
    cwd: command.cwd,
    env: withoutCredentials(host.env),
    input: 'inherit',
    onOutput: options.onOutput,
    ...(options.secrets && { secrets: options.secrets }),
  });
  const failure = failureOf(result);
  if (failure === undefined) return result.output;
  const name = [command.program, ...command.args.slice(0, 2)].join(' ');
  throw new UserError(`${name} failed ${failure}`, { hint: adviceFor(result.output), exitStatus: 1 });
}

/** The path of pac. @throws UserError (exit status 1) with the commands that install it on this machine */
export function requirePac(host: Host): string {
  const pac = knownProgram('pac');
  const file = locateProgram(pac, host);
  if (file !== undefined) return file;
  const [first = '', ...others] = pac.install(host.platform);
  const needsDotnet = first.startsWith('dotnet ') && locateProgram(knownProgram('dotnet'), host) === undefined;
  throw new UserError(`pac, the ${pac.title}, is not installed, or not on PATH; ${pac.neededFor} need it`, {
    hint: [
      `install it:  ${first}`,
      ...others.map((command) => `         or:  ${command}`),
      ...(needsDotnet
        ? [`(which needs the .NET SDK: ${knownProgram('dotnet').install(host.platform).join('  or  ')})`]
        : []),
      'then check with: pp-connector doctor',
    ].join('\n  '),
    exitStatus: 1,
  });
}

const withoutCredentials = (env: Host['env']): Host['env'] => {
  const hidden: readonly string[] = Object.values(credentialVariables);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.includes(name.toUpperCase())));
};

/** How pac says that it failed, whatever its exit status is. */
const errorLine = /^\s*(?:Error:|Sorry, the app encountered a non recoverable error).*/im;

/** @returns how it failed, for the end of a sentence; undefined: it did not */
export function failureOf({ status, signal, output }: ProgramResult): string | undefined {
  const said = errorLine.exec(withoutColours(output))?.[0].trim();
  const quote = said === undefined ? '' : `: ${said}`;
  if (status === null) return `(ended by ${signal ?? 'a signal'})${quote}`;
  if (status !== 0) return `with exit status ${status}${quote}`;
  return said === undefined ? undefined : `although its exit status is 0${quote}`;
}

const withoutColours = (text: string): string => text.replaceAll(/\u001b\[[\d;]*m/g, '');

/** What to do about failures that are known. */
const advices: readonly (readonly [RegExp, string])[] = [
  [
    /no (auth )?profiles were found|no active (auth|environment)|expired authentication profile/i,
    'sign in first: pp-connector login --environment URL',
  ],
  [
    /non recoverable error/i,
    'update pac, then try again: pac install latest, or dotnet tool update --global Microsoft.PowerApps.CLI.Tool',
  ],
  [
    /unable to find an unassigned function app|CustomScriptProvisioningFailed/i,
    'the region has no capacity for connector code at the moment; try again later',
  ],
  [
    /error occur+ed while reading secret/i,
    'deploy the secret from the environment instead: set CONNECTOR_CLIENT_SECRET',
  ],
];

const adviceFor = (output: string): string =>
  advices.find(([pattern]) => pattern.test(output))?.[1] ??
  'its output stands above; see what would be run with: --dry-run';
