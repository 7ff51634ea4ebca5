import type { Profile } from '../connector/profile.ts';
import type { Counts } from '../rules/engine/report.ts';
import type { Status } from './evaluate-steps.ts';
import type { DeploymentEvidence, Evidence } from './evidence.ts';

/** One connector in the overview of a repository. */
export interface OverviewRow {
  /** As seen from the working folder. */
  folder: string;
  title: string;
  version: string;
  profile: Profile;
  findings: Counts;
  /** Tag of the last release, and whether the connector is still as it was released. */
  release: { tag: string; isCurrent: boolean } | undefined;
  deployments: readonly DeploymentEvidence[];
  /** The first step to certification that isn't done. */
  next: { title: string; command: string | undefined } | undefined;
}

/** @param folder as seen from the working folder */
export function overviewRow(folder: string, evidence: Evidence, status: Status, counts: Counts): OverviewRow {
  const next = status.steps.find(({ id }) => id === status.next);
  return {
    folder,
    title: evidence.title,
    version: evidence.version,
    profile: evidence.profile,
    findings: counts,
    release: evidence.machine?.release,
    deployments: evidence.deployments,
    next: next && { title: next.title, command: next.command },
  };
}
