import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireStrictJson } from '../connector/draft.ts';
import { formatJson, updateJsonText } from '../connector/json/edit.ts';
import { asObject, asString, isObject, type JsonObject, own } from '../connector/json/value.ts';
import { type JsonFile, readJson } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { requireNoLinkOut } from '../files/contained-path.ts';
import { isDate } from './dates.ts';
import type { Ground } from './ground.ts';
import { steps } from './steps.ts';

/** Where a repository remembers what its author did; committed with it. */
const ticksName = '.pp-connector/certification.json';

/** That the author did a step. */
export interface Tick {
  /** ISO date. */
  done: string;
  note?: string | undefined;
  /** What the connector was then, as far as the step depends on it. */
  ground: Ground;
}

export type Ticks = ReadonlyMap<string, Tick>;

const pathIn = (root: string): string => join(root, ...ticksName.split('/'));

/**
 * The ticks of a repository; none where nothing was ticked yet.
 *
 * @throws UserError naming file, line and column when the file is damaged, for instance by a merge
 */
export function readTicks(root: string): Ticks {
  const file = readFile(root);
  const ticks = new Map<string, Tick>();
  for (const [id, value] of Object.entries(asObject(own(asObject(file?.value), 'steps')))) {
    const tick = asObject(value);
    const done = asString(own(tick, 'done')) ?? '';
    if (!isDate(done)) {
      throw new UserError(`${file?.path}: steps.${id}.done: "${done}" is no day; a day is written as YYYY-MM-DD`, {
        hint: `tick the step again: remove that entry, then run: pp-connector status --done ${id}`,
      });
    }
    ticks.set(id, { done, note: asString(own(tick, 'note')), ground: groundIn(asObject(own(tick, 'ground'))) });
  }
  return ticks;
}

/** The file with these ticks; entries stand in the order of the way, so that two people's ticks merge. */
export function ticksFile(root: string, ticks: Ticks): PlannedFile {
  const file = readFile(root);
  const before = isObject(file?.value) ? file.value : {};
  const order = new Map(steps.map(({ id }, index) => [id, index]));
  const rank = (id: string): number => order.get(id) ?? steps.length;
  const entries = [...ticks].sort(([a], [b]) => rank(a) - rank(b));
  const value: JsonObject = { ...before, steps: Object.fromEntries(entries.map(([id, tick]) => [id, asJson(tick)])) };
  const contents =
    file === undefined ? formatJson(value) : (file.bom ? '\uFEFF' : '') + updateJsonText(file.text, value);
  return { path: pathIn(root), contents, kind: 'edited' };
}

function readFile(root: string): JsonFile | undefined {
  const path = pathIn(root);
  if (!existsSync(path)) return undefined;
  requireNoLinkOut(root, path);
  const file = readJson('config', path);
  requireStrictJson(file);
  if (!isObject(file.value)) {
    throw new UserError(`${path}: must hold a JSON object`, {
      hint: 'repair the file, or delete it and tick the steps again',
    });
  }
  return file;
}

const groundIn = (value: JsonObject): Ground =>
  Object.fromEntries(Object.entries(value).filter(([, known]) => typeof known === 'string'));

const asJson = ({ done, note, ground }: Tick): JsonObject => ({
  done,
  ...(note === undefined ? {} : { note }),
  ...(Object.keys(ground).length === 0 ? {} : { ground: { ...ground } }),
});
