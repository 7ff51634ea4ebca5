import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Platform, variable } from './platform.ts';

/**
 * Ends a program that was started here, with what it started itself.
 *
 * @param ownGroup it leads a group of processes (`detached`)
 */
export function endProgram(child: ChildProcess, signal: NodeJS.Signals, ownGroup: boolean, host: Platform): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (host.platform === 'win32') {
    // Windows ends only the one process, which for a .cmd file is cmd.exe
    const system = join(variable(host, 'SystemRoot') ?? 'C:\\Windows', 'System32');
    spawn(join(system, 'taskkill.exe'), ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' }).on(
      'error',
      () => {
        child.kill();
      },
    );
    return;
  }
  try {
    process.kill(ownGroup ? -child.pid : child.pid, signal);
  } catch {
    // it ended in the meantime
  }
}
