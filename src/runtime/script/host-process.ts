import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { endProgram } from '../../process/end-program.ts';
import { type Platform, variable } from '../../process/platform.ts';
import { onTermination } from '../../process/termination.ts';
import { builtHost, surfaceFile } from './build-host.ts';
import type { FromHost, ToHost } from './host-messages.ts';
import type { ScriptPlace } from './place.ts';
import { referenceFolder } from './references.ts';

/** Gets what the host says about one thing that it was asked for. */
export interface Listener {
  onMessage: (message: FromHost) => void;
  /** The host is no more. @param reason for the end of a sentence */
  onEnd: (reason: string) => void;
}

/** What a script may see of the environment: nothing that holds a secret. */
const passed =
  /^(?:PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SystemRoot|windir|SystemDrive|LANG|LC_\w+|TZ|DOTNET_ROOT\w*|DOTNET_SYSTEM_GLOBALIZATION_INVARIANT)$/i;

const mostErrorText = 4000;

/**
 * The one process of .NET that compiles and runs scripts. It starts when it is first needed, and again after it was
 * ended; it keeps this program from ending only while something is asked of it.
 */
export class HostProcess {
  private readonly place: ScriptPlace;
  private readonly listeners = new Map<number, Listener>();
  private child: Promise<ChildProcess> | undefined;
  private running: ChildProcess | undefined;
  private last = 0;

  constructor(place: ScriptPlace) {
    this.place = place;
  }

  /** A number for what is asked next. */
  next(): number {
    this.last += 1;
    return this.last;
  }

  /** @throws UserError when the host can't be built */
  async listen(id: number, listener: Listener): Promise<void> {
    this.child ??= this.start();
    const child = await this.child.catch((error: unknown) => {
      this.child = undefined;
      throw error;
    });
    if (this.listeners.size === 0) hold(child, true);
    this.listeners.set(id, listener);
  }

  say(message: ToHost): void {
    this.running?.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  forget(id: number): void {
    this.listeners.delete(id);
    if (this.listeners.size === 0 && this.running !== undefined) hold(this.running, false);
  }

  /** Ends it, whatever it is at. */
  end(): void {
    if (this.running !== undefined) endProgram(this.running, 'SIGKILL', ownGroup(this.place.host), this.place.host);
    this.ended('it was ended');
  }

  private async start(): Promise<ChildProcess> {
    const { host, sdk } = this.place;
    const library = await builtHost(this.place);
    const args = ['exec', library, sdk.roslyn, referenceFolder(this.place), surfaceFile()];
    const child = spawn(sdk.program, args, {
      cwd: dirname(library),
      env: environmentOf(host),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // Ctrl-C is for this program, which ends the other one when it is through
      detached: ownGroup(host),
    });
    this.running = child;
    const forget = onTermination(() => endProgram(child, 'SIGKILL', ownGroup(host), host));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(0, mostErrorText);
    });
    createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
      this.heard(line),
    );
    // whatever is written to a process that has ended
    child.stdin.on('error', () => {});
    const finish = (reason: string): void => {
      forget();
      if (this.running === child) this.ended(reason);
    };
    child.on('error', (error) => finish(`dotnet could not be started (${error.message})`));
    child.on('close', (status, signal) => finish(endOf(status, signal, said)));
    return child;
  }

  private heard(line: string): void {
    const message = JSON.parse(line) as FromHost;
    if ('id' in message) this.listeners.get(message.id)?.onMessage(message);
  }

  private ended(reason: string): void {
    this.running = undefined;
    this.child = undefined;
    const waiting = [...this.listeners.values()];
    this.listeners.clear();
    for (const { onEnd } of waiting) onEnd(reason);
  }
}

const hosts = new Map<string, HostProcess>();

/** The host of this program for a place: all that compiles or runs scripts shares it. */
export function hostAt(place: ScriptPlace): HostProcess {
  const known = hosts.get(place.folder) ?? new HostProcess(place);
  hosts.set(place.folder, known);
  return known;
}

const ownGroup = ({ platform }: Platform): boolean => platform !== 'win32';

function environmentOf(host: Platform): Record<string, string> {
  const kept = Object.keys(host.env).filter((name) => passed.test(name));
  const entries = kept.flatMap((name) => {
    const value = variable(host, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(entries), DOTNET_NOLOGO: '1', DOTNET_EnableDiagnostics: '0' };
}

/** Whether this program waits for the other one. Pipes are sockets, which can be left out of that. */
function hold(child: ChildProcess, isNeeded: boolean): void {
  const how = isNeeded ? 'ref' : 'unref';
  child[how]();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    const change: unknown = stream !== null && how in stream ? stream[how as keyof typeof stream] : undefined;
    if (typeof change === 'function') change.call(stream);
  }
}

/** The first line that .NET prints of what ended it says why: a stack overflow, an exception that nobody caught. */
function endOf(status: number | null, signal: NodeJS.Signals | null, said: string): string {
  const how = status === null ? `was ended by ${signal}` : `ended with exit status ${status}`;
  const [first] = said.split(/\r?\n/).filter((line) => line.trim() !== '');
  return `its process ${how}${first === undefined ? '' : `: ${first.trim().slice(0, 300)}`}`;
}
