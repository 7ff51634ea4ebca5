import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandSpec, FlagSpec } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { buildOnce, program } from '../support/cli.ts';
import { warmCli } from '../support/warm/warm.ts';
import {
  damageOne,
  description,
  environments,
  nowhere,
  oddValues,
  one,
  type Pick,
  random,
  usualValues,
} from './fuzz-inputs.ts';

/** What a run did that no run may do. */
export interface Fault {
  /** The words of the command line. */
  words: string[];
  /** What was done to the files. */
  damage: string[];
  /** What was set in the environment. */
  environment: Readonly<Record<string, string | undefined>>;
  what: string;
}

export interface FuzzOptions {
  seed: number;
  /** How many runs there are, on every machine. */
  runs: number;
  /** After which no further run begins. */
  seconds: number;
  /** Each run in a process of its own, which takes three times as long. */
  apart: boolean;
}

/**
 * Runs commands with made-up flags over damaged repositories.
 *
 * @returns how many runs there were, and what was wrong
 */
export async function fuzz({ seed, runs, seconds, apart }: FuzzOptions): Promise<{ runs: number; faults: Fault[] }> {
  buildOnce();
  const pick = random(seed);
  const place = mkdtempSync(join(tmpdir(), 'pp-fuzz-'));
  const model = makeModel(place);
  const until = Date.now() + seconds * 1000;
  const faults: Fault[] = [];
  let done = 0;
  for (; done < runs && Date.now() < until; done += 1) {
    const around = join(place, 'around');
    const work = join(around, 'work');
    mkdirSync(around);
    writeFileSync(join(around, 'precious.txt'), 'precious');
    cpSync(model, work, { recursive: true });
    const damage = Array.from({ length: pick(3) }, () => damageOne(work, pick));
    const environment = one(environments, pick);
    const words = await commandLine(pick);
    const what = wrongWith({ words, environment, work, around, apart });
    if (what !== undefined) faults.push({ words, damage, environment, what });
    rmSync(around, { recursive: true, force: true });
  }
  rmSync(place, { recursive: true, force: true });
  return { runs: done, faults };
}

/** A repository with an operation of its own, and files that flags name. */
function makeModel(place: string): string {
  const model = join(place, 'model');
  run(['new', 'model', '--yes', '--title', 'Harbour Tides', '--profile', 'verified'], place);
  writeFileSync(join(model, 'api.json'), JSON.stringify(description));
  writeFileSync(join(model, 'answer.json'), '{"id": "7", "level": 2.5}');
  writeFileSync(join(model, 'answers.json'), '{"id": "ListTides", "path": "/tides", "method": "get"}');
  run(
    [
      'operation',
      '--method',
      'get',
      '--path',
      '/tides',
      '--id',
      'ListTides',
      '--summary',
      'List tides',
      '--yes',
    ].concat(['--description', 'Lists the tides of a harbour.', '--response-sample', 'answer.json']),
    model,
  );
  return model;
}

/** What serves somebody, or waits for somebody, has no end of its own: it has tests for that. */
const ending = Object.keys(commands).filter((name) => !['connect', 'lsp', 'mcp'].includes(name));
/** What gives those an end that have one with some flags only. */
const ends: Readonly<Record<string, (pick: Pick) => string>> = {
  preview: (pick) => flagOf({ name: 'static', value: 'FILE', description: '' }, pick),
};
/** Programs of others, and the network, too. */
const waiting: readonly string[] = ['serve', 'webhook', 'poll', 'watch', 'install', 'screenshots'];

async function commandLine(pick: Pick): Promise<string[]> {
  const name = one(ending, pick);
  const spec = await commands[name]?.load();
  if (spec === undefined) throw new Error(`${name} can't be loaded`);
  const flags: FlagSpec[] = (spec.flags ?? []).filter((flag) => !waiting.includes(flag.name));
  const words = [name, ...positionals(spec, pick)];
  for (let count = pick(5); count > 0 && flags.length > 0; count--) words.push(flagOf(one(flags, pick), pick));
  if (spec.formats !== undefined && pick(2) === 0) words.push(`--format=${one(spec.formats, pick)}`);
  if (pick(20) === 0) words.push(`--cwd=${one(['.', 'connector', 'nothing', 'config.json', ''], pick)}`);
  if (pick(40) === 0) words.push('--help');
  const end = ends[name]?.(pick);
  if (end !== undefined) words.push(end);
  return [...words, '--yes'];
}

function positionals({ positionals: all = [] }: CommandSpec, pick: Pick): string[] {
  return all.flatMap(({ name, required }) => (required === true || pick(3) > 0 ? [valueFor(name, pick)] : []));
}

function flagOf({ name, value, choices }: FlagSpec, pick: Pick): string {
  if (value === undefined) return `--${name}`;
  return `--${name}=${choices !== undefined && pick(5) > 0 ? one(choices, pick) : valueFor(name, pick)}`;
}

/** Mostly what is usual there, so that the command gets beyond its flags. */
const valueFor = (name: string, pick: Pick): string =>
  one(pick(4) > 0 ? (usualValues[name] ?? oddValues) : oddValues, pick);

function run(words: readonly string[], cwd: string, environment: Fault['environment'] = {}) {
  const env = { ...process.env, ...ownEnvironment(cwd), ...environment };
  return spawnSync(process.execPath, [program, ...words], { cwd, env, encoding: 'utf8', timeout: 60_000, input: '' });
}

const ownEnvironment = (cwd: string) => ({
  PATH: '/usr/bin:/bin',
  HOME: cwd,
  XDG_STATE_HOME: undefined,
  NO_COLOR: '1',
});

interface Run {
  words: readonly string[];
  environment: Fault['environment'];
  work: string;
  around: string;
  apart: boolean;
}

function wrongWith({ words, environment, work, around, apart }: Run): string | undefined {
  // what another run on this machine left behind is no matter of this one
  const own = { TMPDIR: join(around, '..'), ...environment };
  const { status, stdout, stderr } = apart
    ? run(words, work, own)
    : warmCli(words, { cwd: work, env: { ...ownEnvironment(work), ...own } });
  if (status === null) return `it did not end: ${stderr.slice(0, 300)}`;
  if (![0, 1, 2, 3].includes(status)) return `exit status ${status}`;
  // where the last error of the program was is what this one is for
  const isReport = words.includes('doctor') && words.includes('--report');
  const stack = /should not have happened.*\n.*\n.*|^ +at .*[:(].*/m.exec(`${stderr}\n${isReport ? '' : stdout}`)?.[0];
  if (stack !== undefined) return stack;
  const plain = environment.FORCE_COLOR === undefined ? stderr : stderr.replaceAll(/\u001b\[\d{0,3}m/g, '');
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]|^\s*::|##[\w.-]*\[/m.test(plain)) {
    return `stderr steers: ${JSON.stringify(plain.slice(0, 300))}`;
  }
  if (existsSync(nowhere)) return `made ${nowhere}`;
  const others = readdirSync(around).filter((name) => name !== 'work');
  const isWhole = readFileSync(join(around, 'precious.txt'), 'utf8') === 'precious';
  return others.length === 1 && isWhole ? undefined : `outside of the folder: ${others.join(', ')}`;
}
