import { followedRecord } from '../../connector/derived-texts.ts';
import { asObject } from '../../connector/json/value.ts';
import { type Connector, connectorFrom, filesOf } from '../../connector/load.ts';
import type { SourceFile } from '../../connector/source-file.ts';
import { UserError } from '../../errors.ts';
import type { Fix } from '../engine/rule.ts';
import type { Finding } from '../engine/run.ts';
import { chooseFixes, fixesOf } from './choose-fixes.ts';
import { countByRule } from './count-by-rule.ts';
import { applyFixes } from './fix.ts';
import { applyFileFixes, otherPath } from './fix-files.ts';
import { type FindStops, Guard, suspects } from './guard.ts';

export interface FixRequest {
  /** All findings of a connector, with their fixes. */
  validate: (connector: Connector) => Promise<Finding[]>;
  /** Whether the fixes of a rule are wanted: the safe ones, or the unsafe ones, too. */
  wanted: (rule: string) => boolean;
  /** What fixes would stop, where they mustn't stop anything; such fixes are held back. */
  stops?: FindStops | undefined;
}

export interface FixResult {
  /** The connector as it is with the fixes. */
  connector: Connector;
  /** What is still found in it; what was left out or held back is not fixable. */
  findings: Finding[];
  /** The files that differ from what was read. */
  changes: FileChange[];
  /** How many findings are gone. */
  fixed: number;
  /** How many findings came to light per rule, such as a description that repeats the title which it was given. */
  revealed: Map<string, number>;
  /** Rules whose fixes would have made more findings than they remove. */
  leftOut: string[];
  /** Findings that are left, since their fixes would have stopped flows or connections. */
  held: Finding[];
}

/** What fixes make of one file. */
export interface FileChange {
  /** Absolute, as it was. */
  path: string;
  /** The file as it is with the fixes, perhaps under another name; undefined: it is deleted. */
  after: SourceFile | undefined;
  /** Its contents are others. */
  isEdited: boolean;
}

interface State {
  connector: Connector;
  findings: Finding[];
}

/** More are never needed: what a fix brings to light is one or two steps away. */
const maxRounds = 10;

/**
 * Fixes a connector in memory until nothing is left that can be fixed. A round that would raise the number of findings
 * is repeated rule by rule, without the rules whose fixes raise it.
 */
export async function fixConnector(connector: Connector, { validate, wanted, stops }: FixRequest): Promise<FixResult> {
  const start: State = { connector, findings: await validate(connector) };
  const leftOut = new Set<string>();
  const guard = new Guard(stops ?? (() => []));
  const states = [start];
  for (let round = 0; round < maxRounds; round += 1) {
    const last = states.at(-1) ?? start;
    const isFixable = (finding: Finding): boolean =>
      wanted(finding.rule) && !leftOut.has(finding.rule) && guard.isFree(finding);
    const next = await nextState(last, { isFixable, validate, leftOut, guard, base: baseOf(states) });
    if (next === undefined) break;
    // two rules that undo each other's work would go on for ever: what came first stays
    const seen = states.findIndex((state) => haveSameFiles(state.connector, next.connector));
    if (seen >= 0) {
      states.splice(seen + 1);
      break;
    }
    states.push(next);
  }
  const end = states.at(-1) ?? start;
  const isLeft = (finding: Finding): boolean => leftOut.has(finding.rule) || !guard.isFree(finding);
  return {
    connector: end.connector,
    findings: end.findings.map((finding) => (isLeft(finding) ? { ...finding, fixable: false, fixes: [] } : finding)),
    changes: changesBetween(connector, end.connector),
    ...changeOf(start.findings, end.findings),
    leftOut: [...leftOut].sort(),
    held: guard.held,
  };
}

/** Rule by rule: what fixes bring to light doesn't make fewer of what they removed. */
function changeOf(before: readonly Finding[], after: readonly Finding[]): Pick<FixResult, 'fixed' | 'revealed'> {
  const [was, is] = [countByRule(before), countByRule(after)];
  const revealed = new Map([...is].map(([rule, amount]): [string, number] => [rule, amount - (was.get(rule) ?? 0)]));
  for (const [rule, amount] of revealed) if (amount <= 0) revealed.delete(rule);
  const fresh = [...revealed.values()].reduce((sum, amount) => sum + amount, 0);
  return { fixed: before.length - after.length + fresh, revealed };
}

/** What one round needs. */
interface Round {
  isFixable: (finding: Finding) => boolean;
  validate: FixRequest['validate'];
  leftOut: Set<string>;
  guard: Guard;
  /** The connector that people use. */
  base: Connector;
}

/** The first version that could be read: what stops is measured by it. */
const baseOf = (states: readonly State[]): Connector =>
  (states.find(({ connector }) => connector.definition?.unreliable === false) ?? states[0])?.connector as Connector;

/** The next version: all fixes together, else without those that would stop something, and these rule by rule. */
async function nextState(last: State, round: Round): Promise<State | undefined> {
  const { validate, guard, base, isFixable } = round;
  const all = last.findings.filter(isFixable);
  const together = await fixTogether(last, all, validate);
  const stops = together === undefined ? [] : guard.stops(base, together.connector);
  if (together !== undefined && stops.length === 0) return together;
  const related = suspects(all, stops);
  const doubted = together === undefined || related.length === 0 ? all : related;
  const rest = all.filter((finding) => !doubted.includes(finding));
  const safe = rest.length === 0 ? undefined : await fixTogether(last, rest, validate);
  const from = safe !== undefined && guard.stops(base, safe.connector).length === 0 ? safe : last;
  return (await fixRuleByRule(from, from === last ? all : doubted, round)) ?? (from === last ? undefined : from);
}

/** One round with all fixes; undefined when it changes nothing or makes things worse. */
async function fixTogether(
  state: State,
  findings: readonly Finding[],
  validate: FixRequest['validate'],
): Promise<State | undefined> {
  const next = await fixOnce(state, findings, validate);
  return next === undefined || isWorse(next.findings, state.findings) ? undefined : next;
}

/** Fixes of one rule after the other; what makes things worse is left out, what stops something is held back. */
async function fixRuleByRule(state: State, findings: readonly Finding[], round: Round): Promise<State | undefined> {
  const { leftOut } = round;
  let last = state;
  for (const rule of new Set(findings.map((finding) => finding.rule))) {
    const next = await fixRule(last, rule, round);
    if (next === undefined) continue;
    if (isWorse(next.findings, last.findings)) leftOut.add(rule);
    else last = next;
  }
  return last === state ? undefined : last;
}

/** Fixes of one rule, as many as stop nothing. */
async function fixRule(
  last: State,
  rule: string,
  { isFixable, validate, guard, base }: Round,
): Promise<State | undefined> {
  for (;;) {
    // the fixes of the state before know the files as they were then
    const own = last.findings.filter((finding) => finding.rule === rule && isFixable(finding));
    const next = await fixOnce(last, own, validate);
    const stops = next === undefined ? [] : guard.stops(base, next.connector);
    if (stops.length === 0) return next;
    const guilty = suspects(own, stops);
    guard.hold(guilty.length === 0 ? own : guilty);
  }
}

async function fixOnce(
  state: State,
  findings: readonly Finding[],
  validate: FixRequest['validate'],
): Promise<State | undefined> {
  const connector = withFixes(state.connector, fixesOf(chooseFixes(findings)));
  return haveSameFiles(state.connector, connector) ? undefined : { connector, findings: await validate(connector) };
}

/** The connector with fixes applied, in memory: first to what is in its files, then to the files themselves. */
function withFixes(connector: Connector, fixes: readonly Fix[]): Connector {
  try {
    return followTexts(connector, applyFileFixes(withContents(connector, applyFixes(fixes)), fixes));
  } catch (error) {
    // a file that is nested without end can be checked, but not edited
    if (error instanceof UserError || error instanceof RangeError) return connector;
    throw error;
  }
}

/** Texts that were made of names stay so under another id, or with a full stop more. */
function followTexts(from: Connector, to: Connector): Connector {
  const { definition, derivedTexts: record } = from;
  if (record === undefined || definition === to.definition) return to;
  const before = { definition: asObject(definition?.value), record };
  return { ...to, derivedTexts: followedRecord(before, asObject(to.definition?.value), () => false) };
}

const errorsIn = (findings: readonly Finding[]): number =>
  findings.filter(({ severity }) => severity === 'error').length;

const isWorse = (after: readonly Finding[], before: readonly Finding[]): boolean =>
  after.length > before.length || errorsIn(after) > errorsIn(before);

/** Files that don't change stay the same objects: what has been found out about them needn't be found out again. */
function withContents(connector: Connector, changes: ReadonlyMap<string, Buffer>): Connector {
  if (changes.size === 0) return connector;
  const changed = filesOf(connector).flatMap(({ role, path }) => {
    const bytes = changes.get(path);
    return bytes === undefined ? [] : [{ role, path, bytes }];
  });
  const fresh = Object.entries(connectorFrom(connector.location, changed)).filter(([, file]) => file !== undefined);
  return { ...connector, ...Object.fromEntries(fresh) };
}

const haveSameFiles = (a: Connector, b: Connector): boolean => a === b || changesBetween(a, b).length === 0;

function changesBetween(from: Connector, to: Connector): FileChange[] {
  const after = new Map(filesOf(to).map((file) => [file.role, file]));
  const withRole = filesOf(from).map(({ role, path, bytes }): FileChange => {
    const now = after.get(role);
    return { path, after: now, isEdited: now !== undefined && !now.bytes.equals(bytes) };
  });
  const others = new Set(to.location.others);
  const gone = from.location.others
    .filter((name) => !others.has(name))
    .map((name): FileChange => ({ path: otherPath(from.location, name), after: undefined, isEdited: false }));
  return [...withRole.filter(({ path, after: now, isEdited }) => isEdited || now?.path !== path), ...gone];
}
