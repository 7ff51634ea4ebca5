import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One call of the stand-in, as its log has it. */
export interface PacCall {
  argv: string[];
  cwd: string;
  /** Of the process, which one that hangs still has. */
  pid: number;
  /** Values of secrets are masked. */
  env: Record<string, string>;
  /** What a create or update uploaded, by its flag. */
  files: Record<string, { path: string; sha256: string; mode: string }>;
  oauth?: { clientId: string | null; secretSha256: string | null };
  /** Null: it was killed, or never ended. */
  status: number | null;
}

/** One that replaces every command, or flaws of an otherwise working pac, joined by commas. */
export type PacFailure =
  | ('error-exit-0' | 'exit-7' | 'crash' | 'hang' | 'garbage' | 'echo' | 'unrecoverable' | 'swedish-create')
  | PacFlaws;
type PacFlaw =
  | 'once-429'
  | 'once-500'
  | 'always-503'
  | 'denied-create'
  | 'silent-create'
  | 'swahili-update'
  | 'hang-upload'
  | 'no-download'
  | 'no-stackOwner'
  | 'no-publisher'
  | 'no-fetch'
  | 'list-garbage'
  | 'list-without-json';
type PacFlaws = PacFlaw | `${PacFlaw},${PacFlaw}`;

export interface StandInPac {
  /** Folder that holds the program `pac`, also in the form that Windows starts. */
  bin: string;
  state: string;
  /** The environment for a program that is to find the stand-in first. */
  env: (extra?: Record<string, string | undefined>, failure?: PacFailure) => Record<string, string | undefined>;
  calls: () => PacCall[];
  remove: () => void;
}

const program = fileURLToPath(new URL('./pac.mjs', import.meta.url));

/** Puts the stand-in for `pac` into a new folder. Signed in nowhere, and no connector deployed, at first. */
export function standInPac(): StandInPac {
  const folder = mkdtempSync(join(tmpdir(), 'pac-stand-in-'));
  const bin = join(folder, 'bin');
  const state = join(folder, 'state');
  mkdirSync(bin);
  mkdirSync(state);
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'pac.cmd'), `@echo off\r\n"${process.execPath}" "${program}" %*\r\n`);
  } else {
    writeFileSync(join(bin, 'pac'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
    chmodSync(join(bin, 'pac'), 0o755);
  }
  const log = join(state, 'calls.jsonl');
  return {
    bin,
    state,
    env: (extra = {}, failure) => ({
      ...withoutPath(process.env),
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      PAC_STAND_IN_STATE: state,
      PAC_STAND_IN_FAIL: failure,
      ...extra,
    }),
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as PacCall)
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Windows spells it `Path`; two spellings in one environment are one too many. */
const withoutPath = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== 'PATH'));
