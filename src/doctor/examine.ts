import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { compareVersions } from '../compare-versions.ts';
import { UserError } from '../errors.ts';
import { findPrograms } from '../process/find-program.ts';
import { type KnownProgram, knownPrograms, locatePrograms } from '../process/known-programs.ts';
import { type Platform, thisPlatform } from '../process/platform.ts';
import { type ProgramResult, runProgram } from '../process/run-program.ts';
import { missingDotnet, withPacRuntime } from './pac-runtime.ts';
import { satisfies } from './satisfies.ts';

/** `outdated`: its version can't be used; `failing`: it is there, but doesn't say its version. */
export type ProgramStatus = 'ok' | 'missing' | 'outdated' | 'failing';

export interface ProgramReport {
  name: KnownProgram['name'];
  title: string;
  status: ProgramStatus;
  version?: string;
  /** Absolute path of the program. */
  path?: string;
  neededFor: string;
  required: boolean;
  /** What is wrong, or odd, in one sentence. */
  note?: string;
  /** Commands, or addresses, that install it on this machine. */
  install: string[];
}

export interface MachineReport {
  platform: NodeJS.Platform;
  /** All required programs are there and can be used. */
  ok: boolean;
  programs: ProgramReport[];
  /** What connectors' code (script.csx) is compiled against, which only checking and running such code needs. */
  scripts?: { status: 'ok'; path: string } | { status: 'missing'; install: string[] };
}

export interface ExamineOptions {
  host?: Platform;
  /** Range of Node versions that this package runs on (`engines`). */
  engines: string;
  /** The Node that is running. */
  node?: { version: string; path: string };
  /** Milliseconds for each program; all are asked at the same time. */
  timeout?: number;
}

/** Looks for every program that some command needs, and asks each for its version. Never hangs, never throws for what it finds. */
export async function examine(options: ExamineOptions): Promise<MachineReport> {
  const host = options.host ?? thisPlatform();
  const node = options.node ?? { version: process.versions.node, path: process.execPath };
  const programs = await Promise.all(
    knownPrograms.map((program) =>
      program.name === 'node'
        ? examineNode(program, node, options.engines, host)
        : examineProgram(program, host, options.timeout ?? 15_000),
    ),
  );
  const ok = programs.every(({ required, status }) => !required || status === 'ok');
  return { platform: host.platform, ok, programs: withPacRuntime(programs) };
}

const describe = (program: KnownProgram, host: Platform) => ({
  name: program.name,
  title: program.title,
  neededFor: program.neededFor,
  required: program.required,
  install: program.install(host.platform),
});

function examineNode(
  program: KnownProgram,
  { version, path }: { version: string; path: string },
  engines: string,
  host: Platform,
): ProgramReport {
  const isFit = satisfies(version, engines);
  return {
    ...describe(program, host),
    status: isFit ? 'ok' : 'outdated',
    version,
    path,
    ...(!isFit && { note: `this package runs on ${engines}` }),
  };
}

async function examineProgram(program: KnownProgram, host: Platform, timeout: number): Promise<ProgramReport> {
  const places = placesOf(program, host);
  const [first, ...others] = program.preferred === undefined ? places.slice(0, 1) : places;
  if (first === undefined) return { ...describe(program, host), status: 'missing' };
  const report = await examineAt(first, program, host, timeout);
  if (isPreferred(report, program)) return report;
  for (const path of others) {
    const other = await examineAt(path, program, host, timeout);
    if (!isPreferred(other, program)) continue;
    const why = report.status === 'ok' ? `has version ${report.version}` : "can't be used";
    return { ...other, note: `${first} comes first, and ${why}; pp-connector uses this one for script.csx` };
  }
  if (report.status !== 'ok' || program.preferred === undefined) return report;
  return { ...report, note: `script.csx needs version ${program.preferred} or later` };
}

const isPreferred = ({ status, version = '' }: ProgramReport, { preferred }: KnownProgram): boolean =>
  status === 'ok' && (preferred === undefined || compareVersions(version, preferred) >= 0);

/** Each once: it often has several names. */
function placesOf(program: KnownProgram, host: Platform): string[] {
  const paths = locatePrograms(program, host);
  const files = paths.map((path) => realpathSync(path));
  return paths.filter((_, index) => files.indexOf(files[index] ?? '') === index);
}

async function examineAt(path: string, program: KnownProgram, host: Platform, timeout: number): Promise<ProgramReport> {
  const about = describe(program, host);
  const result = await ask(path, program, host, timeout);
  if (result instanceof UserError) return { ...about, status: 'failing', path, note: result.message };
  const version = program.version.exec(result.output)?.[1];
  if (result.timedOut) {
    return { ...about, status: 'failing', path, note: `it did not answer within ${timeout / 1000} seconds` };
  }
  if (version === undefined || result.status !== 0) {
    return { ...about, status: 'failing', path, note: whatItSaid(program, result) };
  }
  const isHidden = ![...findPrograms(program.name, host)].includes(path);
  return {
    ...about,
    status: 'ok',
    version,
    path,
    ...(isHidden && { note: `${dirname(path)} is not on PATH; pp-connector finds it there all the same` }),
  };
}

async function ask(
  path: string,
  program: KnownProgram,
  host: Platform,
  timeout: number,
): Promise<ProgramResult | UserError> {
  try {
    // in a neutral folder: version managers and global.json would answer for the current one
    return await runProgram(path, program.versionArgs, { host, cwd: tmpdir(), input: 'ignore', timeout });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function whatItSaid(program: KnownProgram, { status, signal, output }: ProgramResult): string {
  const dotnet = missingDotnet(output);
  if (dotnet !== undefined) return dotnet;
  const call = [program.name, ...program.versionArgs].join(' ');
  const ending = status === null ? `was ended by ${signal}` : `ended with exit status ${status}`;
  const line = output
    .split(/\r?\n/)
    .find((text) => text.trim() !== '')
    ?.trim();
  return `"${call}" ${ending} and printed no version${line === undefined ? '' : `: ${line.slice(0, 200)}`}`;
}
