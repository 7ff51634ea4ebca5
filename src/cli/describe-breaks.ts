import type { ConnectorDraft } from '../connector/draft.ts';
import { compareConnectors } from '../diff/compare-definitions.ts';
import { versionOf } from '../diff/diff-report.ts';
import { findBase } from '../diff/find-base.ts';
import { stopsFlows } from '../diff/kinds.ts';
import type { Version } from '../diff/version.ts';
import { isUserError } from '../errors.ts';
import { releasedConnector } from '../git/baseline.ts';
import { thisPlatform } from '../process/platform.ts';

/**
 * What flows would notice of a changed connector, in one line that names `diff` where that can show it; empty: nothing.
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
  const since = release === undefined ? '' : ` since ${release.name}`;
  return `${what}${since}.${hasBase(draft) ? ' See: pp-connector diff' : ''}\n`;
}

/** Whether `diff` finds anything to compare with: a release, or else a commit that has the connector. */
function hasBase({ source }: ConnectorDraft): boolean {
  try {
    findBase(undefined, source, { cwd: source.location.root });
    return true;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return false;
  }
}
