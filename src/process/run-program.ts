import { type ChildProcess, spawn } from 'node:child_process';
import { UserError } from '../errors.ts';
import { formatCommand, maskedCommand } from './command.ts';
import { endProgram } from './end-program.ts';
import { invocation } from './invocation.ts';
import type { Platform } from './platform.ts';
import { Redactor } from './redact.ts';
import { onTermination } from './termination.ts';
import { WholeLines } from './whole-lines.ts';

export interface RunOptions {
  host: Platform;
  cwd: string;
  /** Environment of the program; default: the host's. */
  env?: Readonly<Record<string, string | undefined>>;
  /** `inherit`: it may ask its user questions. */
  input: 'inherit' | 'ignore';
  /** What it prints, as it comes, from both of its streams. */
  onOutput?: (chunk: Buffer) => void;
  /** Texts that are replaced by `***` in its output and in errors. */
  secrets?: readonly string[];
  /** Milliseconds after which it is killed; default: it may take as long as it likes. */
  timeout?: number;
}

export interface ProgramResult {
  /** Exit status; null when a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  /** All that it printed, without the secrets. */
  output: string;
  timedOut: boolean;
}

/**
 * Runs a program file to its end. No shell reads the arguments; a signal to this process reaches the program too.
 *
 * @throws UserError (exit status 1) when it can't be started
 */
export async function runProgram(file: string, args: readonly string[], options: RunOptions): Promise<ProgramResult> {
  const { host, timeout } = options;
  const secrets = options.secrets ?? [];
  // a program with a time limit leads its own group, so that what it started itself ends with it
  const ownGroup = timeout !== undefined && host.platform !== 'win32';
  const child = start(file, args, options, ownGroup);
  const chunks: Buffer[] = [];
  // each stream has its own: a secret is split within one
  const redactors = { stdout: new Redactor(secrets), stderr: new Redactor(secrets) };
  const lines = new WholeLines();
  const show = (piece: Buffer) => {
    if (piece.length > 0) options.onOutput?.(piece);
  };
  const keep = (chunk: Buffer) => {
    if (chunk.length === 0) return;
    chunks.push(chunk);
    show(lines.push(chunk));
  };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.on('data', (chunk: Buffer) => keep(redactors[stream].push(chunk)));
  return new Promise((resolve, reject) => {
    const forget = onTermination((signal) => endProgram(child, signal ?? 'SIGTERM', ownGroup, host));
    let timer: NodeJS.Timeout | undefined;
    const finish = (status: number | null, signal: NodeJS.Signals | null, timedOut: boolean) => {
      clearTimeout(timer);
      forget();
      for (const redactor of Object.values(redactors)) keep(redactor.end());
      show(lines.end());
      resolve({ status, signal, output: Buffer.concat(chunks).toString('utf8'), timedOut });
    };
    if (timeout !== undefined) {
      timer = setTimeout(() => {
        endProgram(child, 'SIGKILL', ownGroup, host);
        // what it started may keep the pipes open; nobody waits for that
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        finish(null, 'SIGKILL', true);
      }, timeout);
    }
    child.on('close', (status, signal) => finish(status, signal, false));
    child.on('error', (error) => {
      clearTimeout(timer);
      forget();
      reject(notStarted(file, args, secrets, error));
    });
  });
}

function start(file: string, args: readonly string[], options: RunOptions, ownGroup: boolean): ChildProcess {
  const { host, cwd, env = host.env, input, secrets = [] } = options;
  const call = invocation(file, args, host, secrets);
  try {
    return spawn(call.file, call.args, {
      cwd,
      env: { ...env },
      stdio: [input, 'pipe', 'pipe'],
      windowsVerbatimArguments: call.verbatim,
      windowsHide: true,
      detached: ownGroup,
    });
  } catch (error) {
    // some refusals of the system, such as those of a policy on Windows, Node throws at once
    throw notStarted(file, args, secrets, error);
  }
}

function notStarted(file: string, args: readonly string[], secrets: readonly string[], error: unknown): UserError {
  const command = maskedCommand({ program: file, args: [...args], cwd: '.' }, secrets);
  const hint = `try it yourself: ${formatCommand(command, process.platform)}`;
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError(`${file}: could not be started (${reason})`, { hint, exitStatus: 1, cause: error });
}
