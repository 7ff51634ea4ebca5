import { toPointer } from '../connector/json/pointer.ts';
import { asObject, asString, getOwn, type Json, type JsonObject, valueAt } from '../connector/json/value.ts';
import { quote } from '../quote.ts';
import type { ReportDifference } from './change.ts';

/** The kinds of changes that are found here. */
export type ConnectorChange = 'breaking-auth-type' | 'breaking-base-path' | 'breaking-host' | 'breaking-title';

/** What concerns the connector as a whole: its address, its title, the ways to sign in. */
export function compareConnector(
  before: JsonObject,
  after: JsonObject,
  report: ReportDifference<ConnectorChange>,
): void {
  for (const { kind, path, normal, notice } of facts) {
    const old = normal(valueAt(before, path));
    const now = normal(valueAt(after, path));
    if (old === undefined || old === now) continue;
    const change = now === undefined ? `was ${quote(old)} and is gone` : `was ${quote(old)} and is ${quote(now)} now`;
    report({
      kind,
      operationId: undefined,
      pointer: toPointer(path),
      file: 'definition',
      message: `the ${path.at(-1)} ${change}: ${notice}`,
    });
  }
  compareSecurity(before, after, report);
}

interface Fact {
  kind: ConnectorChange;
  path: string[];
  /** What counts as the same is the same; undefined: nothing was there. */
  normal: (value: Json | undefined) => string | undefined;
  notice: string;
}

const facts: readonly Fact[] = [
  {
    kind: 'breaking-host',
    path: ['host'],
    // an address in place of a name is refused by the service: nobody has used it
    normal: (value) =>
      asString(value)
        ?.trim()
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/\/$/, ''),
    notice: 'saved flows call another service from then on',
  },
  {
    kind: 'breaking-base-path',
    path: ['basePath'],
    normal: (value) => `/${(asString(value) ?? '').trim().replace(/^\//, '')}`,
    notice: 'it changes the path of every operation, and flows stop working',
  },
  {
    kind: 'breaking-title',
    path: ['info', 'title'],
    normal: asString,
    notice: 'makers know the connector by its title',
  },
];

/** A type of sign-in that no scheme offers any more; the names of schemes are nobody's business. */
function compareSecurity(before: JsonObject, after: JsonObject, report: ReportDifference<ConnectorChange>): void {
  const offered = new Set(schemeTypes(after).map(([, type]) => type));
  const lost = schemeTypes(before).filter(([, type]) => !offered.has(type));
  for (const [name, type] of new Map(lost.map((scheme) => [scheme[1], scheme])).values()) {
    const now = offered.size === 0 ? 'there is none' : `there is ${[...offered].join(', ')}`;
    report({
      kind: 'breaking-auth-type',
      operationId: undefined,
      pointer: toPointer(['securityDefinitions', name]),
      file: 'definition',
      message: `the sign-in of type ${type} is gone, now ${now}: every connection stops working and must be made anew`,
    });
  }
}

const schemeTypes = (definition: JsonObject): [name: string, type: string][] =>
  Object.entries(asObject(getOwn(definition, 'securityDefinitions'))).flatMap(([name, scheme]) => {
    const type = asString(getOwn(asObject(scheme), 'type'));
    return type === undefined ? [] : [[name, type] as [string, string]];
  });
