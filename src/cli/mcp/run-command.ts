import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../templates.ts';
import { confinesVariable } from '../confines.ts';

export interface CommandResult {
  /** Exit status; null when a signal ended it. */
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  cwd: string;
  /** Absolute: the only folders that it reads and writes in, whatever its arguments name. */
  folders: readonly string[];
  /** Whether it gets the connection's values, which are in variables of the environment. */
  withConnection: boolean;
  signal: AbortSignal;
}

/** What a command may print; more is an answer that nobody reads. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Runs a command line of ours in a process of its own: it has its own locks and journal, an interruption is one that it
 * knows from terminals, and nothing that it prints can get between the messages of the protocol.
 *
 * @throws the reason of the signal when the call was cancelled
 */
export function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const program = join(packageRoot, 'dist', 'pp-connector.cjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: options.cwd,
      env: { ...environment(options.withConnection), [confinesVariable]: JSON.stringify(options.folders) },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out = collector(() => child.kill());
    const err = collector(() => child.kill());
    child.stdout.on('data', out.add);
    child.stderr.on('data', err.add);
    const cancel = (): void => {
      child.kill('SIGTERM');
    };
    options.signal.addEventListener('abort', cancel, { once: true });
    if (options.signal.aborted) cancel();
    child.on('error', reject);
    child.on('close', (status) => {
      options.signal.removeEventListener('abort', cancel);
      if (options.signal.aborted) reject(options.signal.reason);
      else resolve({ status, stdout: out.text(), stderr: err.text() });
    });
  });
}

function collector(tooMuch: () => void): { add: (chunk: Buffer) => void; text: () => string } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      size += chunk.length;
      if (size > mostBytes) tooMuch();
      else chunks.push(chunk);
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** Without secrets where no operation is sent, and without what would make a command talk to a build service. */
function environment(withConnection: boolean): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) => withConnection || !/^(?:CONNECTOR|PAC|PP_CONNECTOR_SECRET)_/i.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}
