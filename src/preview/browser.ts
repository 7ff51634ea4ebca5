import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { UserError } from '../errors.ts';
import { findProgram } from '../process/find-program.ts';
import { type Platform, thisPlatform, variable } from '../process/platform.ts';

/** A Chromium of the user's, driven by its debugging protocol over pipes: no port is opened for it. */

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];

const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Below the folders of programs on Windows. */
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** @throws UserError when there is none */
export function findBrowser(given: string | undefined, host: Platform = thisPlatform()): string {
  const hint = 'install Chromium, Chrome or Edge, or name the program: --browser FILE';
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new UserError(`${given}: there is no such program`, { hint });
  }
  const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => variable(host, name) ?? []);
  const places = [
    ...(host.platform === 'darwin' ? macPrograms : []),
    ...(host.platform === 'win32'
      ? folders.flatMap((folder) => windowsPrograms.map((name) => join(folder, name)))
      : []),
  ];
  const found = places.find((path) => existsSync(path)) ?? names.map((name) => findProgram(name, host)).find(Boolean);
  if (found !== undefined) return found;
  throw new UserError('there is no Chromium, Chrome or Edge on this machine', { hint });
}

interface Waiting {
  resolve: (result: Record<string, unknown>) => void;
  reject: (error: Error) => void;
}

const flags = [
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  // it would outlive the browser
  '--disable-crash-reporter',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--hide-scrollbars',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-proxy-server',
  // nothing is loaded from anywhere
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--remote-debugging-pipe',
];

/** Milliseconds for one answer: a machine may be busy. */
const timeoutMs = 30_000;

export class Browser {
  private readonly child: ChildProcess;
  private readonly profile: string;
  private readonly waiting = new Map<number, Waiting>();
  private sent = 0;
  private rest = '';

  /** @param program a Chromium @throws UserError when it doesn't start */
  constructor(program: string) {
    this.profile = mkdtempSync(join(tmpdir(), 'pp-connector-browser-'));
    // in containers the only user is root, for whom Chromium has no sandbox; it shows a file of ours only
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    this.child = spawn(program, [...flags, ...asRoot, `--user-data-dir=${this.profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const fail = (): void => {
      for (const { reject } of this.waiting.values()) reject(new UserError(`${program}: it ended, or didn't start`));
      this.waiting.clear();
    };
    this.child.on('error', fail);
    this.child.on('exit', fail);
    const [, , , input, output] = this.child.stdio;
    (input as Writable).on('error', fail);
    (output as Readable).setEncoding('utf8').on('data', (text: string) => this.receive(text));
  }

  private receive(text: string): void {
    const parts = (this.rest + text).split('\0');
    this.rest = parts.pop() ?? '';
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part) as {
        id?: number;
        result?: Record<string, unknown>;
        error?: { message: string };
      };
      const waiting = this.waiting.get(id ?? -1);
      if (waiting === undefined || id === undefined) continue;
      this.waiting.delete(id);
      if (error === undefined) waiting.resolve(result ?? {});
      else waiting.reject(new Error(error.message));
    }
  }

  /** @throws UserError when it ends, or takes too long */
  send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    this.sent += 1;
    const id = this.sent;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new UserError(`the browser did not answer (${method})`)), timeoutMs);
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          clearTimeout(timer);
          then(value);
        };
      };
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Ends it, and removes its profile. */
  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) resolve();
      else this.child.once('exit', () => resolve());
    });
    this.kill();
    await ended;
    this.removeProfile();
  }

  /** At once, for a process that ends. */
  kill(): void {
    this.child.kill('SIGKILL');
    this.removeProfile();
  }

  /** What it still writes while it ends keeps nobody waiting. */
  private removeProfile(): void {
    try {
      rmSync(this.profile, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // on Windows its files are in use until it has ended
    }
  }
}
