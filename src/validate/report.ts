import { version } from '../version.ts';
import type { Profile, Severity } from './rule.ts';
import type { Finding } from './run.ts';

export type Counts = Record<Severity, number>;

export interface ConnectorReport {
  /** As given on the command line, relative to the working folder, with `/`. */
  path: string;
  profile: Profile;
  /** Their `file` is relative like `path`. */
  findings: Finding[];
  counts: Counts;
}

/** What `validate` found; every format is made from this. */
export interface Report {
  tool: { name: string; version: string };
  connectors: ConnectorReport[];
  counts: Counts;
}

export const countFindings = (findings: readonly Finding[]): Counts => {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
};

export function makeReport(connectors: ConnectorReport[]): Report {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  for (const connector of connectors) {
    counts.error += connector.counts.error;
    counts.warning += connector.counts.warning;
    counts.info += connector.counts.info;
  }
  return { tool: { name: 'pp-connector', version }, connectors, counts };
}

/** Turns a report into text. Pure: no printing; colours only when asked for. */
export type Format = (report: Report, options: { color: boolean }) => string;
