import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findProgram } from '../process/find-program.ts';
import { type Platform, variable } from '../process/platform.ts';

export interface Opener {
  file: string;
  args: string[];
}

/**
 * The program that opens an address on this platform, without a shell that could read it. Undefined: there is none.
 */
export function openerFor(address: URL, host: Platform): Opener | undefined {
  if (host.platform === 'darwin') return { file: '/usr/bin/open', args: [address.href] };
  if (host.platform === 'win32') {
    const system = join(variable(host, 'SystemRoot') ?? 'C:\\Windows', 'System32');
    return { file: join(system, 'rundll32.exe'), args: ['url.dll,FileProtocolHandler', address.href] };
  }
  const names = variable(host, 'WSL_DISTRO_NAME') === undefined ? ['xdg-open'] : ['wslview', 'xdg-open'];
  const file = names.map((name) => findProgram(name, host)).find((found) => found !== undefined);
  return file === undefined ? undefined : { file, args: [address.href] };
}

/**
 * Opens an address in the browser of the user, who has been shown it: whether that works is only seen there. The browser
 * inherits no values of the connection.
 *
 * @returns whether a program was started
 */
export async function openBrowser(address: URL, host: Platform): Promise<boolean> {
  const opener = openerFor(address, host);
  if (opener === undefined) return false;
  const env = Object.fromEntries(Object.entries(host.env).filter(([name]) => !/^CONNECTOR_/i.test(name)));
  return new Promise((resolve) => {
    const child = spawn(opener.file, opener.args, { env, stdio: 'ignore', detached: true, windowsHide: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
