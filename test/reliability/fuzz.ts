import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlagSpec } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { buildOnce, program } from '../support/cli.ts';

/** What a run did that no run may do. */
export interface Fault {
  /** The words of the command line. */
  words: string[];
  /** What was done to the files. */
  damage: string;
  what: string;
}

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** What a file may hold, or be. */
const contents: readonly string[] = [
  ...[
    '',
    'null',
    '[]',
    '5',
    '"x"',
    '{',
    '{"a":',
    '\u0000\u0001',
    '{"swagger":"2.0"}',
    '{"properties":null}',
    '{"files":[]}',
  ],
  ...['{"swagger":"2.0","paths":{"/a":null,"/b":5,"/{":{"get":[]}},"definitions":[]}', deep(4000), deep(50_000)],
  '{"profile":5,"outputDirectory":"../../outside","environments":[],"rules":"x","icon":"a\\u0000b"}',
  '{"swagger":"2.0","info":{"title":"\\u001b[2J\\n::error::x ##vso[a]b"},"paths":{"/a":{"get":{"operationId":"a\\n::b"}}}}',
];
const kinds = ['text', 'text', 'text', 'folder', 'pipe', 'dangling'] as const;
const targets = ['config.json', '.yo-rc.json', '.pp-connector/generated.json', 'package.json', 'README.md'].concat(
  ['apiDefinition.json', 'apiProperties.json', 'settings.json', 'icon.png', 'script.csx'].map(
    (name) => `connector/${name}`,
  ),
);

/** What a flag may be given. */
const values: readonly string[] = [
  ...[
    '',
    ' ',
    '-1',
    '0',
    '1e9',
    'NaN',
    '/dev/zero',
    '/dev/full',
    '.',
    '..',
    '/proc/self/mem',
    'nothing',
    'config.json',
    'pipe',
  ],
  ...[
    'http://[',
    'https://',
    'file://host/x',
    'https://[::1%25lo]/',
    'https://127.0.0.1/a',
    '\\\\host\\share',
    'a%2Fb',
    '%',
    '{}',
  ],
  ...[
    'a\n::error::b',
    '##vso[x]y',
    '\u001b[2J',
    '\u202e',
    '"',
    "'",
    '$(x)',
    'é'.repeat(300),
    '__proto__',
    'constructor',
    '--',
    '/a/{b',
  ],
];

/** Numbers by a seed (mulberry32): the same run again. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Runs commands with made-up flags over damaged repositories.
 *
 * @param seconds after which no further run begins
 * @returns how many runs there were, and what was wrong
 */
export async function fuzz(seed: number, seconds: number): Promise<{ runs: number; faults: Fault[] }> {
  buildOnce();
  const pick = random(seed);
  const place = mkdtempSync(join(tmpdir(), 'pp-fuzz-'));
  const model = join(place, 'model');
  run(['new', 'model', '--yes', '--title', 'Harbour Tides', '--profile', 'verified'], place);
  const until = Date.now() + seconds * 1000;
  const faults: Fault[] = [];
  let runs = 0;
  while (Date.now() < until) {
    const around = join(place, 'around');
    const work = join(around, 'work');
    mkdirSync(around);
    writeFileSync(join(around, 'precious.txt'), 'precious');
    cpSync(model, work, { recursive: true });
    const damage = damageOne(work, pick);
    const words = await commandLine(pick);
    const what = wrongWith(words, work, around);
    if (what !== undefined) faults.push({ words, damage, what });
    rmSync(around, { recursive: true, force: true });
    runs += 1;
  }
  rmSync(place, { recursive: true, force: true });
  return { runs, faults };
}

const one = <T>(list: readonly T[], pick: (below: number) => number): T => list[pick(list.length)] as T;

function damageOne(work: string, pick: (below: number) => number): string {
  const name = one(targets, pick);
  const kind = process.platform === 'win32' ? 'text' : one(kinds, pick);
  const path = join(work, ...name.split('/'));
  rmSync(path, { force: true, recursive: true });
  mkdirSync(join(path, '..'), { recursive: true });
  const text = one(contents, pick);
  if (kind === 'text') writeFileSync(path, text);
  else if (kind === 'folder') mkdirSync(path);
  else if (kind === 'pipe') execFileSync('mkfifo', [path]);
  else symlinkSync('nowhere', path);
  return `${name}: ${kind === 'text' ? JSON.stringify(text.slice(0, 60)) : kind}`;
}

async function commandLine(pick: (below: number) => number): Promise<string[]> {
  const name = one(Object.keys(commands), pick);
  const spec = await commands[name]?.load();
  const flags: FlagSpec[] = [...(spec?.flags ?? [])];
  const words = [name];
  if (spec?.positionals !== undefined && pick(2) === 0) words.push(one(values, pick));
  for (let count = pick(4); count > 0 && flags.length > 0; count--) {
    const { name: flag, value, choices } = one(flags, pick);
    words.push(value === undefined ? `--${flag}` : `--${flag}=${one(choices ?? values, pick)}`);
  }
  if (spec?.formats !== undefined && pick(2) === 0) words.push(`--format=${one(spec.formats, pick)}`);
  return [...words, '--yes'];
}

function run(words: readonly string[], cwd: string) {
  const env = { ...process.env, PATH: '/usr/bin:/bin', HOME: cwd, NO_COLOR: '1' };
  return spawnSync(process.execPath, [program, ...words], { cwd, env, encoding: 'utf8', timeout: 30_000, input: '' });
}

function wrongWith(words: readonly string[], work: string, around: string): string | undefined {
  const { status, signal, stdout, stderr } = run(words, work);
  if (signal !== null || status === null) return `it did not end (${signal})`;
  if (![0, 1, 2, 3].includes(status)) return `exit status ${status}`;
  const stack = /should not have happened.*\n.*|^ +at .*[:(].*/m.exec(`${stderr}\n${stdout}`)?.[0];
  if (stack !== undefined) return stack;
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]|^\s*::|##[\w.-]*\[/m.test(stderr)) {
    return `stderr steers: ${JSON.stringify(stderr.slice(0, 300))}`;
  }
  const others = readdirSync(around).filter((name) => name !== 'work');
  const isWhole = readFileSync(join(around, 'precious.txt'), 'utf8') === 'precious';
  return others.length === 1 && isWhole ? undefined : `outside of the folder: ${others.join(', ')}`;
}
