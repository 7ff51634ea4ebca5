import type { JsonObject } from '../connector/json/value.ts';
import type { Profile, Severity } from '../connector/profile.ts';
import { defaultSeverity } from '../rules/engine/run.ts';
import type { BeforeAfter } from './before-after.ts';
import type { Change, Difference, ReportDifference } from './change.ts';
import { type ConnectorChange, compareConnector } from './compare-connector.ts';
import type { InputChange } from './compare-inputs.ts';
import { compareOperations, type OperationChange } from './compare-operations.ts';
import type { OutputChange } from './compare-outputs.ts';
import { compareProperties, type PropertiesChange } from './compare-properties.ts';
import { type Kind, ruleOfKind, stopsFlows } from './kinds.ts';
import { type RevisionAdvice, suggestRevisions } from './suggest-revision.ts';
import { compareScope, type ScopeChange } from './update-scope.ts';
import { modelOf, type Version } from './version.ts';

/** What some comparison finds. */
type Found =
  | ConnectorChange
  | InputChange
  | OperationChange
  | OutputChange
  | PropertiesChange
  | RevisionAdvice
  | ScopeChange;

/** Says how serious a difference is; undefined: as the catalogue says. */
export type SeverityOf = (difference: Difference) => Severity | 'off' | undefined;

export interface CompareOptions {
  /** Default `verified`. */
  profile?: Profile | undefined;
  /** What the author says of kinds of changes, such as that one is meant. */
  severityOf?: SeverityOf;
}

/**
 * What an update of a connector changes for flows and apps: the kinds of the catalogue's chapter on breaking changes,
 * in the order of the earlier definition.
 */
export const compareDefinitions = (before: JsonObject, after: JsonObject, options: CompareOptions = {}): Change[] =>
  compareConnectors({ definition: before }, { definition: after }, options);

/** The same for definition and properties. */
export function compareConnectors(before: Version, after: Version, options: CompareOptions = {}): Change[] {
  const models = { before: modelOf(before), after: modelOf(after) };
  const changes: Change[] = [];
  // doesn't compile while the catalogue has a kind that nothing finds
  const report: ReportDifference<Kind> = (difference: Difference<Found>) => {
    const severity = severityIn(difference, options);
    const { kind } = difference;
    if (severity !== 'off')
      changes.push({ ...difference, severity, breaking: severity === 'error', stops: stopsFlows(kind) });
  };
  compareConnector(before.definition, after.definition, report);
  compareOperations(models.before, models.after, report);
  compareProperties(models.before, models.after, report);
  compareScope(comparable(before, after), report);
  for (const difference of suggestRevisions(changes, models.before, models.after)) report(difference);
  return distinct(changes);
}

const severityIn = (difference: Difference, { profile = 'verified', severityOf }: CompareOptions): Severity | 'off' =>
  severityOf?.(difference) ?? defaultSeverity(ruleOfKind(difference.kind), profile);

/** One shared schema or parameter may be reached in several ways: what an operation says twice is said once. */
function distinct(changes: readonly Change[]): Change[] {
  const keyOf = ({ kind, operationId, pointer, message }: Change): string =>
    JSON.stringify([kind, operationId, pointer, message]);
  return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}

function comparable(before: Version, after: Version) {
  const both = before.properties !== undefined && after.properties !== undefined;
  const files = ({ definition, properties }: Version) => ({ definition, properties: both ? properties : undefined });
  return { before: files(before), after: files(after) } satisfies BeforeAfter<unknown>;
}
