import { type Profile, type Severity, severities } from '../../connector/profile.ts';
import { version } from '../../version.ts';
import type { Finding } from './run.ts';

export type Counts = Record<Severity, number>;

export interface ConnectorReport {
  /** As given on the command line, relative to the working folder, with `/`. */
  path: string;
  profile: Profile;
  /** Their `file` is relative like `path`. */
  findings: Finding[];
  counts: Counts;
  /** Why it could not be validated, in one sentence: that it has no findings says nothing. */
  notJudged?: string;
}

/** Who says so. */
export const tool = { name: 'pp-connector', version } as const;

/** What `validate` found; every format is made from this. */
export interface Report {
  connectors: ConnectorReport[];
  counts: Counts;
}

export const countFindings = (findings: readonly Finding[]): Counts => {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
};

/** The same connector with its errors only. */
export function errorsOf(connector: ConnectorReport): ConnectorReport {
  const findings = connector.findings.filter(({ severity }) => severity === 'error');
  return { ...connector, findings, counts: countFindings(findings) };
}

/** Whether findings reach a severity; `never` is never reached. */
export function reaches(counts: Counts, failOn: string): boolean {
  const threshold = (severities as readonly string[]).indexOf(failOn);
  return severities.some((severity, index) => index <= threshold && counts[severity] > 0);
}

export function makeReport(connectors: ConnectorReport[]): Report {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  for (const connector of connectors) {
    counts.error += connector.counts.error;
    counts.warning += connector.counts.warning;
    counts.info += connector.counts.info;
  }
  return { connectors, counts };
}

/** Turns a report into text. Pure: no printing; colours only when asked for. */
export type Format = (report: Report, options: FormatOptions) => string;

/**
 * Writes a report while it comes in: the text of a thousand connectors is several times as large as what was found in them,
 * and that is more than there should be in memory.
 */
export interface ReportWriter {
  /** @returns the text that is complete with this connector, in parts */
  add: (connector: ConnectorReport) => Iterable<string>;
  /** @returns the rest, in parts */
  end: () => Iterable<string>;
}

export type StartReport = (options: FormatOptions) => ReportWriter;

/** The format that a writer makes of a whole report. */
export const formatOf =
  (start: StartReport): Format =>
  ({ connectors }, options) => {
    const writer = start(options);
    const parts = connectors.flatMap((connector) => [...writer.add(connector)]);
    return [...parts, ...writer.end()].join('');
  };

export interface FormatOptions {
  color: boolean;
  /** Everything, also what a person would rather have counted. */
  verbose?: boolean;
  /** The flag that shows what of the findings isn't in the report; for people. */
  restBy?: string;
}
