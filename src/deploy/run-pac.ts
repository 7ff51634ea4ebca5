import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { type ExternalCommand, formatCommand, maskedCommand } from '../process/command.ts';
import { knownProgram, locateProgram } from '../process/known-programs.ts';
import { type Platform, thisPlatform } from '../process/platform.ts';
import { type ProgramResult, runProgram } from '../process/run-program.ts';
import { loginVariables } from './login-methods.ts';
import { credentialVariables } from './oauth-credentials.ts';
import { englishVariables, errorLineOf } from './pac-languages.ts';
import { retryDelays, transientReason } from './transient.ts';

export interface PacOptions {
  host?: Platform;
  /** What pac prints, as it comes. */
  onOutput: (chunk: Buffer) => void;
  /** Masked in the output. */
  secrets?: readonly string[];
  /** Milliseconds after which pac is stopped; `Infinity`: never. */
  timeout?: number;
  /** Gets a line before each command with the command, and one after it with how it ended. */
  record?: ((line: string) => void) | undefined;
  /** Gets notes for people: what went wrong and is tried again. */
  notify?: ((note: string) => void) | undefined;
  /** Says that pac runs, until what is returned is called. @param what is run, such as `pac connector list` */
  waiting?: ((what: string) => () => void) | undefined;
  /** Waits before another attempt. @param milliseconds how long */
  wait?: (milliseconds: number) => Promise<void>;
}

/** What became of one run of pac. */
export interface PacResult {
  command: ExternalCommand;
  output: string;
  /** How it failed, for the end of a sentence; undefined: it did not. */
  failure: string | undefined;
}

/** Long enough for the largest connector; a pac that waits for an answer that never comes must end some day. */
export const defaultTimeout = 600_000;

/** What may be run again without looking: it only reads. */
const repeatable = new Set(['connector list', 'connector download']);

/**
 * Runs pac and waits for its end; it may ask its user questions. A command that only reads is tried again after a
 * failure that passes by itself.
 *
 * @returns what it printed
 * @throws UserError (exit status 1) when it is missing, can't be started, or fails
 */
export async function runPac(command: ExternalCommand, options: PacOptions): Promise<string> {
  const result = await runPacPatiently(command, options);
  if (result.failure !== undefined) throw pacError(result);
  return result.output;
}

/** The same, with a failure as a result. @throws UserError (exit status 1) when pac is missing or can't be started */
export async function runPacPatiently(command: ExternalCommand, options: PacOptions): Promise<PacResult> {
  const isRepeatable = repeatable.has(command.args.slice(0, 2).join(' '));
  for (let attempt = 1; ; attempt += 1) {
    const result = await tryPac(command, options);
    if (result.failure === undefined || !isRepeatable || !(await mayTryAgain(result, attempt, options))) return result;
  }
}

/**
 * Runs pac once. It fails by its exit status, or by a line that begins with `Error:` in any language, since an exit status is
 * documented for no command.
 *
 * @throws UserError (exit status 1) when it is missing or can't be started
 */
export async function tryPac(command: ExternalCommand, options: PacOptions): Promise<PacResult> {
  const host = options.host ?? thisPlatform();
  const file = requirePac(host);
  const timeout = options.timeout ?? defaultTimeout;
  const secrets = options.secrets ?? [];
  options.record?.(`$ ${formatCommand(maskedCommand(command, secrets), host.platform)}   (in ${command.cwd})`);
  const startedAt = Date.now();
  const stopWaiting = options.waiting?.(`pac ${command.args.slice(0, 2).join(' ')}`) ?? (() => {});
  const { onOutput } = options;
  const result = await runProgram(file, command.args, {
    host,
    cwd: command.cwd,
    env: { ...withoutCredentials(host.env), ...englishVariables },
    input: 'inherit',
    secrets,
    // it may ask something: then nothing is to be written over it
    onOutput:
      onOutput &&
      ((chunk) => {
        stopWaiting();
        onOutput(chunk);
      }),
    ...(Number.isFinite(timeout) && { timeout }),
  }).finally(stopWaiting);
  const failure = result.timedOut
    ? `: it did not end within ${timeout / 1000} seconds, and was stopped`
    : failureOf(result);
  const end = result.status === null ? `stopped by ${result.signal}` : `exit status ${result.status}`;
  options.record?.(`  ${end} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return { command, output: result.output, failure };
}

/**
 * Whether a failure is worth another attempt; when it is, says so and waits.
 *
 * @param attempt number of the one that failed, from 1
 */
export async function mayTryAgain(result: PacResult, attempt: number, options: PacOptions): Promise<boolean> {
  const reason = transientReason(result.output);
  const delay = retryDelays[attempt - 1];
  if (reason === undefined || delay === undefined) return false;
  const tries = `attempt ${attempt + 1} of ${retryDelays.length + 1}`;
  options.notify?.(`${nameOf(result)} failed: ${reason}; trying again in ${delay / 1000} seconds (${tries})`);
  await (options.wait ?? sleep)(delay);
  return true;
}

/** A failure that stays. */
export const pacError = (result: PacResult): UserError =>
  new UserError(`${nameOf(result)} failed${result.failure ?? ''}`, {
    hint: adviceFor(result),
    exitStatus: 1,
  });

const nameOf = ({ command }: PacResult): string => [command.program, ...command.args.slice(0, 2)].join(' ');

/** The path of pac. @throws UserError (exit status 1) with the commands that install it on this machine */
export function requirePac(host: Platform): string {
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
    ],
    exitStatus: 1,
  });
}

const withoutCredentials = (env: Platform['env']): Platform['env'] => {
  const hidden: readonly string[] = [...Object.values(credentialVariables), ...Object.values(loginVariables)];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.includes(name.toUpperCase())));
};

/** @returns how it failed, for the end of a sentence, with a blank before it; undefined: it did not */
export function failureOf({ status, signal, output }: ProgramResult): string | undefined {
  const said = errorLineOf(withoutColours(output));
  const quote = said === undefined ? '' : `: ${said}`;
  if (status === null) return ` (ended by ${signal ?? 'a signal'})${quote}`;
  if (status !== 0) return ` with exit status ${status}${quote}`;
  return said === undefined ? undefined : ` although its exit status is 0${quote}`;
}

const withoutColours = (text: string): string => text.replaceAll(/\u001b\[[\d;]*m/g, '');

/** What to type next, for a command that failed. */
type Advice = (command: ExternalCommand) => string | string[];

/** What to do about failures that are known. */
const advices: readonly (readonly [RegExp, Advice])[] = [
  [
    /no (auth )?profiles were found|no active (auth|environment)|expired authentication profile/i,
    (command) => `sign in first: pp-connector login${environmentFlag(command)}`,
  ],
  [
    /\bconnector\b.*\bid\b.*(does not exist|not found)|(could not|unable to|cannot) find (a |the )?connector|there is no connector/i,
    (command) => [
      `it may have been deleted in the portal, or be in another environment; see which there are: pac connector list${environmentFlag(command)}`,
      `make it anew: pp-connector deploy --create${environmentFlag(command)}`,
    ],
  ],
  [
    // build-tools 808
    /failed to resolve entity metadata|exception getting metadata info from dataverse/i,
    () => 'an environment of Teams has no connectors of its own: deploy to one with a full Dataverse database',
  ],
  [
    /non recoverable error/i,
    () => 'update pac, then try again: pac install latest, or dotnet tool update --global Microsoft.PowerApps.CLI.Tool',
  ],
  [
    /unable to find an unassigned function app|CustomScriptProvisioningFailed/i,
    () => 'the region has no capacity for connector code at the moment; try again later',
  ],
  [
    /error occur+ed while reading secret/i,
    () => 'deploy the secret from the environment instead: set CONNECTOR_CLIENT_SECRET',
  ],
  [
    /did not end within/,
    () =>
      'try again: a connector that came into being meanwhile is found and updated; allow more time with --timeout SECONDS',
  ],
  [
    /internal ?server ?error|\b(status|code|error|apim)\b\D{0,20}\b500\b/i,
    (command) =>
      `the service itself failed; should every update fail so, deploy a new connector: pp-connector deploy --create${environmentFlag(command)}`,
  ],
];

const adviceFor = ({ command, output, failure }: PacResult): string | string[] =>
  advices.find(([pattern]) => pattern.test(`${output}\n${failure}`))?.[1](command) ??
  'its output is above; see what would be run with: --dry-run';

/** With a blank before it; nothing where pac's own environment counts. */
function environmentFlag({ args }: ExternalCommand): string {
  const at = args.indexOf('--environment');
  return at < 0 ? '' : ` --environment ${args[at + 1]}`;
}
