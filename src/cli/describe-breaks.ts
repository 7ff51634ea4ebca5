import type { ConnectorDraft } from '../connector/draft.ts';
import { compareConnectors } from '../diff/compare-definitions.ts';
import { versionOf } from '../diff/diff-report.ts';
import { stopsFlows } from '../diff/kinds.ts';
import type { Version } from '../diff/version.ts';
import { releasedConnector } from '../git/baseline.ts';
import { thisPlatform } from '../process/platform.ts';

/**
 * What flows would notice of a changed connector, in one line that names `diff`; empty: nothing.
 *
 * @param former the connector before the change, which counts until there is a release
 */
export function describeBreaks(draft: ConnectorDraft, former: Version): string {
  const release = releasedConnector(draft.source, thisPlatform());
  const before = release === undefined ? former : versionOf(release.connector, draft.source.location.root);
  const after = { definition: draft.definition, properties: draft.properties };
  const breaks = compareConnectors(before, after).filter(({ kind }) => stopsFlows(kind)).length;
  if (breaks === 0) return '';
  const what = breaks === 1 ? '1 change would break flows' : `${breaks} changes would break flows`;
  return `${what}${release === undefined ? '' : ` since ${release.name}`}. See: pp-connector diff\n`;
}
