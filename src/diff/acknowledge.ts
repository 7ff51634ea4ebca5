import type { ConnectorDraft } from '../connector/draft.ts';
import { asArray, asObject, deepEqual, getOwn, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { defaultSeverity } from '../rules/engine/run.ts';
import type { DiffReport } from './diff-report.ts';
import { isKind, type Kind, kindIds, ruleOfKind } from './kinds.ts';

/** What an author says of a kind of change. */
export interface Acknowledgement {
  kind: string;
  /** Why it is meant; whoever reviews the update reads it. */
  reason: string;
  /** JSON pointers to which it is limited; none: to the places where the change is now. */
  paths: readonly string[];
}

/**
 * Notes in config.json that a kind of change is meant: at certain places, so that the next change of the kind is
 * reported again. The same again changes nothing.
 *
 * @param report what has changed
 * @throws UserError for a kind that doesn't exist or hasn't happened, and without a reason
 */
export function acknowledge(draft: ConnectorDraft, report: DiffReport, given: Acknowledgement): void {
  const { reason } = given;
  const kind = requireKind(given.kind);
  if (reason.trim() === '') {
    throw new UserError(`--acknowledge ${kind}: --reason is missing: why is this change meant?`, {
      hint: `for example: pp-connector diff --acknowledge ${kind} --reason "No flow uses it: see the usage report of May."`,
    });
  }
  if (draft.source.config === undefined) {
    throw new UserError(`--acknowledge ${kind}: there is no config.json, where it would be noted`, {
      hint: 'run it in a repository: pp-connector new --from FOLDER makes one of a folder',
    });
  }
  const paths = given.paths.length > 0 ? given.paths : placesOf(report, kind);
  const rules = asObject(getOwn(draft.config, 'rules'));
  const present = getOwn(rules, kind);
  const entry = merge(entryOf(present), { kind, reason, paths }, report);
  if (deepEqual(entry, present)) return;
  setOwn(rules, kind, entry);
  setOwn(draft.config, 'rules', rules);
}

/** A severity alone counts everywhere. */
const entryOf = (present: Json | undefined): JsonObject =>
  typeof present === 'string' ? { severity: present } : asObject(present);

function requireKind(kind: string): Kind {
  if (isKind(kind)) return kind;
  const guess = nearest(kind, kindIds);
  throw new UserError(
    `--acknowledge ${kind}: there is no such kind of change${guess === undefined ? '' : `; did you mean ${guess}?`}`,
    { hint: 'pp-connector diff prints the kind of each change' },
  );
}

/** Where changes of the kind are that nobody has acknowledged. */
function placesOf({ changes, base }: DiffReport, kind: string): string[] {
  const mine = changes.filter((change) => change.kind === kind);
  const open = mine.filter(({ reason }) => reason === undefined);
  if (mine.length === 0) {
    throw new UserError(`--acknowledge ${kind}: nothing of the kind has changed since ${base}`, {
      hint: 'see what has changed: pp-connector diff',
    });
  }
  return [...new Set(open.map(({ pointer }) => pointer))];
}

/** An acknowledged error is still reported, as a warning with its reason. */
function merge(
  present: JsonObject,
  { kind, reason, paths }: Acknowledgement & { kind: Kind },
  { profile }: DiffReport,
): JsonObject {
  const isError = defaultSeverity(ruleOfKind(kind), profile) === 'error';
  const severity = getOwn(present, 'severity');
  const known = getOwn(present, 'paths');
  // without paths it is meant everywhere already
  const isEverywhere = Object.keys(present).length > 0 && known === undefined;
  return {
    ...present,
    severity: severity !== undefined && severity !== 'error' ? severity : isError ? 'warning' : 'info',
    reason: joined(getOwn(present, 'reason'), reason.trim()),
    ...(isEverywhere ? {} : { paths: [...new Set([...asArray(known), ...paths])] }),
  };
}

/** A kind has one entry: the reasons of all its places. */
function joined(known: unknown, reason: string): string {
  if (typeof known !== 'string' || known === '') return reason;
  return known.includes(reason) ? known : `${known} ${reason}`;
}
