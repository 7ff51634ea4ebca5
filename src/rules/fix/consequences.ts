import type { Connector } from '../../connector/load.ts';
import type { Finding } from '../engine/run.ts';
import { ruleById } from '../families/catalogue.ts';
import { countByRule } from './count-by-rule.ts';
import type { FixResult } from './fix-connector.ts';
import type { FindStops } from './guard.ts';

/** More changes of one kind are counted only. */
const most = 5;

/** What people have to do after fixes that aren't safe, by rule; then what flows and connections notice of them. */
export async function consequencesOf(
  session: { connector: Connector; validate: (connector: Connector) => Promise<Finding[]> },
  result: FixResult,
  findStops: FindStops,
): Promise<string[]> {
  const before = countByRule(await session.validate(session.connector));
  const after = countByRule(result.findings);
  const told = [...before].flatMap(([rule, count]) => {
    const { fix, consequence } = ruleById.get(rule) ?? {};
    const isFixed = count > (after.get(rule) ?? 0);
    return isFixed && fix !== 'safe' && consequence !== undefined ? [`${rule}: ${consequence}`] : [];
  });
  return [...told, ...stopped(session.connector, result.connector, findStops)];
}

function stopped(before: Connector, after: Connector, findStops: FindStops): string[] {
  const byKind = new Map<string, string[]>();
  for (const { kind, message } of findStops(before, after)) byKind.set(kind, [...(byKind.get(kind) ?? []), message]);
  return [...byKind].flatMap(([kind, messages]) => {
    const rest = messages.length - most;
    const more = rest > 0 ? [`${kind}: … and ${rest} more of this kind; pp-connector diff shows all`] : [];
    return [...messages.slice(0, most).map((message) => `${kind}: ${message}`), ...more];
  });
}
