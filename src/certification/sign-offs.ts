import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatJson, updateJsonText } from '../connector/json/edit.ts';
import { asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { requireStrictObject } from '../connector/require-json.ts';
import { type JsonFile, readJson } from '../connector/source-file.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { requireNoLinkOut } from '../files/contained-path.ts';
import { findSecrets } from '../rules/support/secret-patterns.ts';
import { isDate } from './dates.ts';
import { stepById, whyUnneeded } from './evaluate-steps.ts';
import type { Evidence } from './evidence.ts';
import { type Fingerprint, pick } from './fingerprint.ts';
import type { Step } from './step.ts';
import { steps } from './steps.ts';

/** Where a repository remembers what its author did; committed with it. */
const signOffsName = '.pp-connector/certification.json';

/** That the author did a step. */
export interface SignOff {
  /** ISO date. */
  done: string;
  note?: string | undefined;
  /** What the connector was then, as far as the step depends on it. */
  fingerprint: Fingerprint;
}

export type SignOffs = ReadonlyMap<string, SignOff>;

const pathIn = (root: string): string => join(root, ...signOffsName.split('/'));

/**
 * The sign-offs of a repository; none where nothing was signed off yet.
 *
 * @throws UserError naming file, line and column when the file is damaged, for instance by a merge
 */
export function readSignOffs(root: string): SignOffs {
  const file = readFile(root);
  const signOffs = new Map<string, SignOff>();
  for (const [id, value] of Object.entries(asObject(getOwn(asObject(file?.value), 'steps')))) {
    const entry = asObject(value);
    const done = asString(getOwn(entry, 'done')) ?? '';
    if (!isDate(done)) {
      throw new UserError(`${file?.path}: steps.${id}.done: "${done}" is not a day; a day is written as YYYY-MM-DD`, {
        hint: `tick the step again: remove that entry, then run: pp-connector status --done ${id}`,
      });
    }
    signOffs.set(id, {
      done,
      note: asString(getOwn(entry, 'note')),
      fingerprint: fingerprintIn(asObject(getOwn(entry, 'ground'))),
    });
  }
  return signOffs;
}

/** The file with these sign-offs; entries stand in the order of the way, so that two people's sign-offs merge. */
export function signOffsFile(root: string, signOffs: SignOffs): PlannedFile {
  const file = readFile(root);
  const before = isObject(file?.value) ? file.value : {};
  const order = new Map(steps.map(({ id }, index) => [id, index]));
  const rank = (id: string): number => order.get(id) ?? steps.length;
  const entries = [...signOffs].sort(([a], [b]) => rank(a) - rank(b));
  const value: JsonObject = { ...before, steps: Object.fromEntries(entries.map(([id, entry]) => [id, asJson(entry)])) };
  const contents =
    file === undefined ? formatJson(value) : (file.bom ? '\uFEFF' : '') + updateJsonText(file.text, value);
  return { path: pathIn(root), contents, kind: 'edited' };
}

function readFile(root: string): JsonFile | undefined {
  const path = pathIn(root);
  if (!existsSync(path)) return undefined;
  requireNoLinkOut(root, path);
  const file = readJson('config', path);
  requireStrictObject(file, 'repair the file, or delete it and tick the steps again');
  return file;
}

const fingerprintIn = (value: JsonObject): Fingerprint =>
  Object.fromEntries(Object.entries(value).filter(([, known]) => typeof known === 'string'));

const asJson = ({ done, note, fingerprint }: SignOff): JsonObject => ({
  done,
  ...(note === undefined ? {} : { note }),
  ...(Object.keys(fingerprint).length === 0 ? {} : { ground: { ...fingerprint } }),
});

/** What the author says about steps. */
export interface SignOffRequest {
  done: readonly string[];
  undo: readonly string[];
  /** ISO date of what is done. */
  on: string;
  note: string | undefined;
}

/**
 * The sign-offs with the author's marks.
 *
 * @throws UserError for a step that doesn't exist, that the repository shows by itself, or that this connector doesn't need
 */
export function signOff(signOffs: SignOffs, marks: SignOffRequest, evidence: Evidence): Map<string, SignOff> {
  const marked = new Map(signOffs);
  const both = marks.done.find((id) => marks.undo.includes(id));
  if (both !== undefined) {
    throw new UserError(`--done ${both} and --undo ${both} can't be given together`, { hint: 'give one of the two' });
  }
  const note = cleanNote(marks.note ?? '') || undefined;
  for (const id of marks.done) {
    const step = requireStep(id, '--done');
    const { how } = step;
    if (how.kind === 'check' || how.kind === 'upkeep') throw notByHand(step, evidence);
    const unneeded = whyUnneeded(step, evidence);
    if (unneeded !== undefined) {
      throw new UserError(`--done ${id}: "${step.title}" is not needed: ${unneeded}`, {
        hint: 'see: pp-connector status',
      });
    }
    marked.set(id, { done: marks.on, note, fingerprint: pick(evidence.fingerprint, how.fingerprint) });
  }
  for (const id of marks.undo) {
    // a sign-off of a step that this version doesn't know can be taken back, too
    if (!marked.has(id)) requireStep(id, '--undo');
    marked.delete(id);
  }
  return marked;
}

function requireStep(id: string, flag: string): Step {
  const step = stepById.get(id);
  if (step !== undefined) return step;
  const byHand = steps.filter(({ how }) => how.kind === 'hand' || how.kind === 'waiting').map((known) => known.id);
  const near = nearest(id, byHand);
  throw new UserError(`${flag}: there is no step "${id}"; steps that are ticked by hand: ${byHand.join(', ')}`, {
    hint:
      near === undefined
        ? 'list all steps with: pp-connector status'
        : `did you mean: pp-connector status ${flag} ${near}`,
  });
}

function notByHand({ id, title, how }: Step, evidence: Evidence): UserError {
  if (how.kind === 'upkeep') {
    return new UserError(`--done ${id}: "${title}" comes back with every change, it is never done for good`, {
      hint: `see what has changed with: ${how.command}`,
    });
  }
  const verdict = how.kind === 'check' ? how.check(evidence) : undefined;
  const standing = verdict?.done === false ? verdict.why : 'it is done';
  return new UserError(`--done ${id}: "${title}" is not ticked by hand, the files themselves show it: ${standing}`, {
    hint: `the next command is: ${verdict?.done === false ? verdict.command : 'pp-connector status'}`,
  });
}

/** One line; a file that is committed holds no secrets. */
function cleanNote(note: string): string {
  const [secret] = findSecrets(note);
  if (secret !== undefined) {
    throw new UserError(`--note: the text holds ${secret.kind}, and notes are committed`, {
      hint: 'say where the secret is kept instead',
    });
  }
  return note.trim().replaceAll(/\s+/g, ' ');
}
