import { dirname } from 'node:path';
import type { Connector } from '../connector/load.ts';
import { listOperations } from '../connector/operations.ts';
import type { TextFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { thisPlatform } from '../process/platform.ts';
import type { CodeOf } from '../runtime/choices.ts';
import { hasCode, type RunOptions } from '../runtime/run-operation.ts';
import { type ScriptPlace, scriptFolder, scriptPlace } from '../runtime/script/place.ts';
import type { RunScript, ScriptOptions } from '../runtime/script/run-script.ts';
import { isTrusted, trust } from '../runtime/script/trust.ts';
import type { Context, Flags } from './command.ts';
import type { RunnableConnector } from './connector-files.ts';
import { showOutput } from './screen.ts';

/** Everything that runs a connector's code asks the same questions first: is .NET here, is this script meant to run? */

export interface ScriptPermission {
  /** `--trust-script`: whoever started this has read the script. */
  isTrusted: boolean;
  /** Asks for a yes; undefined: nobody is there to answer. */
  confirm: ((message: string, yes: string) => Promise<boolean>) | undefined;
  err: Context['err'];
}

/** As a command with `--trust-script` has it. */
function permissionOf(context: Context, flags: Flags): ScriptPermission {
  const confirm = async (message: string, yes: string): Promise<boolean> => {
    const { confirmed, runPrompts } = await import('./prompts/run-questions.ts');
    return confirmed(message, yes, runPrompts(context));
  };
  return {
    isTrusted: flags.on('trust-script'),
    confirm: context.interactive ? confirm : undefined,
    err: context.err,
  };
}

/**
 * The code of a connector as a command with the flags of `invoke` runs it.
 *
 * @param timeout milliseconds that it may take
 * @throws UserError when it can't be run, or nobody lets it
 */
export async function scriptOptions(
  { script }: Connector,
  timeout: number,
  context: Context,
  flags: Flags,
): Promise<ScriptOptions | undefined> {
  if (script === undefined) return undefined;
  return {
    run: await scriptRunner(script, permissionOf(context, flags)),
    operationIdForm: (flags.text('operation-id') ?? 'plain') as ScriptOptions['operationIdForm'],
    responsePolicies: (flags.text('response-policies') ?? 'after-script') as ScriptOptions['responsePolicies'],
    timeout,
  };
}

/**
 * The code of an operation, and of those that its run may lead to: a subscription is ended by a DELETE, which may be
 * another operation with code.
 *
 * @throws UserError when it can't be run, or nobody lets it
 */
export async function scriptsOf(
  { connector, definition, inner }: RunnableConnector,
  operationId: string,
  timeout: number,
  context: Context,
  flags: Flags,
): Promise<Pick<RunOptions, 'script' | 'scriptOf'>> {
  const isCode = (id: string): boolean => hasCode(connector, inner, id);
  const ends = flags.on('webhook') ? listOperations(definition).filter(({ method }) => method === 'delete') : [];
  if (![operationId, ...ends.map(({ id }) => id)].some(isCode)) return {};
  const options = await scriptOptions(connector, timeout, context, flags);
  const scriptOf = (id: string): ScriptOptions | undefined => (isCode(id) ? options : undefined);
  return { script: scriptOf(operationId), scriptOf };
}

/** The same for what fills the drop-downs of an operation: made ready once, when somebody needs the first of them. */
export function codeForChoices(
  { connector, inner }: RunnableConnector,
  timeout: number,
  context: Context,
  flags: Flags,
): CodeOf {
  let options: Promise<ScriptOptions | undefined> | undefined;
  return async (operationId) => {
    if (!hasCode(connector, inner, operationId)) return undefined;
    options ??= scriptOptions(connector, timeout, context, flags);
    return options;
  };
}

/**
 * Makes a connector's script ready to run. It is code of whoever wrote the connector: a version that this machine hasn't
 * run before needs a yes.
 *
 * @throws UserError without .NET, without a yes, and without the references that scripts are compiled against
 */
export async function scriptRunner(
  { path, text }: Pick<TextFile, 'path' | 'text'>,
  permission: ScriptPermission,
): Promise<RunScript> {
  const place = await scriptPlace(dirname(path), thisPlatform());
  await askForTrust(path, text, permission);
  await askForReferences(place, permission);
  const [{ hostAt }, { hostedScript }] = await Promise.all([
    import('../runtime/script/host-process.ts'),
    import('../runtime/script/hosted-script.ts'),
  ]);
  const run = hostedScript(hostAt(place), text);
  trust(place.folder, text);
  return run;
}

async function askForTrust(path: string, text: string, permission: ScriptPermission): Promise<void> {
  if (permission.isTrusted || isTrusted(scriptFolder(dirname(path)), text)) return;
  const message = `${path} is code of whoever wrote this connector, and runs with your rights`;
  if (permission.confirm === undefined) {
    throw new UserError(`${message}; this version of it has not run on this machine yet`, {
      hint: 'read it; if it may run: --trust-script',
    });
  }
  permission.err(`${message}. This version of it has not run on this machine yet.\n`);
  if (!(await permission.confirm('Run it?', 'Yes, I have read it'))) {
    throw new UserError(`${path} was not run`, { hint: 'without its code, an operation can only be looked at' });
  }
}

async function askForReferences(place: ScriptPlace, { confirm, err }: ScriptPermission): Promise<void> {
  const { hasReferences, installCommand, installReferences } = await import('../runtime/script/references.ts');
  if (hasReferences(place)) return;
  const what = 'the reference assemblies of .NET Framework 4.8 and Newtonsoft.Json, which scripts are compiled against';
  if (confirm === undefined) {
    throw new UserError(`${what}, are not on this machine`, { hint: `get them by NuGet: ${installCommand}` });
  }
  err(`Not on this machine: ${what} (about 25 MB by NuGet).\n`);
  if (!(await confirm('Get them now?', 'Yes, get them'))) {
    throw new UserError(`without ${what}, no code runs`, { hint: `get them later: ${installCommand}` });
  }
  await installReferences(place, showOutput);
}

/** Gets everything that scripts need, without asking: whoever called for it has said so. @throws UserError when it fails */
export async function prepareScripts({ cwd }: Pick<Context, 'cwd'>): Promise<void> {
  const place = await scriptPlace(cwd, thisPlatform());
  const [{ installReferences }, { builtHost }] = await Promise.all([
    import('../runtime/script/references.ts'),
    import('../runtime/script/build-host.ts'),
  ]);
  await installReferences(place, showOutput);
  await builtHost(place);
}
