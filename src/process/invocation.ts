import { win32 } from 'node:path';
import { UserError } from '../errors.ts';
import { type Platform, variable } from './platform.ts';
import { masked } from './redact.ts';

/** What is handed to `spawn`. */
export interface Invocation {
  file: string;
  args: string[];
  /** The arguments are already quoted (Windows); `spawn` must not touch them. */
  verbatim: boolean;
}

/**
 * How to start a program file, found by `findProgram`, without a shell that could read its arguments.
 *
 * Windows starts `.cmd` and `.bat` files only through cmd.exe, and Node refuses them without (EINVAL). There every
 * argument is quoted for the program and each character that cmd.exe gives a meaning is escaped for cmd.exe.
 *
 * @param secrets are not named in an error
 * @throws UserError for an argument that cmd.exe can't carry unchanged: a double quote or a line break
 */
export function invocation(
  file: string,
  args: readonly string[],
  host: Platform,
  secrets: readonly string[] = [],
): Invocation {
  if (host.platform !== 'win32' || !/\.(cmd|bat)$/i.test(file)) return { file, args: [...args], verbatim: false };
  const line = [escapeForCmd(`"${file}"`), ...args.map((arg) => quoteForBatch(arg, secrets))].join(' ');
  return { file: commandInterpreter(host), args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

function quoteForBatch(arg: string, secrets: readonly string[]): string {
  // the batch file hands its arguments on (%*), which reads them a second time: quotes inside would end the quoting there
  if (/["\r\n\0]/.test(arg)) {
    throw new UserError(
      `${JSON.stringify(masked(arg, secrets))}: double quotes and line breaks can't be passed to a .cmd file`,
      {
        hint: 'write the value without them',
      },
    );
  }
  // a backslash before the closing quote would escape it
  return escapeForCmd(`"${arg.replace(/(?<!\\)(\\+)$/, '$1$1')}"`);
}

const escapeForCmd = (text: string): string => text.replace(/[()\][%!^"`<>&|;, *?]/g, '^$&');

function commandInterpreter(host: Platform): string {
  const systemRoot = variable(host, 'SystemRoot');
  return variable(host, 'ComSpec') ?? (systemRoot ? win32.join(systemRoot, 'System32', 'cmd.exe') : 'cmd.exe');
}
