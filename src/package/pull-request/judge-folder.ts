import type { Connector } from '../../connector/load.ts';
import { type ConnectorReport, countFindings } from '../../rules/engine/report.ts';
import { validateConnector, validatePath } from '../../rules/engine/validate-connector.ts';
import { rulesOf, withPlaces } from '../settings-of-author.ts';
import type { SubmittedProfile } from './submitted-files.ts';

export interface JudgeOptions {
  /** Paths of the report are relative to this folder. */
  cwd: string;
  profile: SubmittedProfile;
  /** Only the README is there; the other files follow later. */
  proposal: boolean;
}

/**
 * Judges the folder that is submitted as it stands on disk, with whatever else is in it.
 *
 * @param source the connector that it was made from
 */
export async function judgeFolder(folder: string, source: Connector, options: JudgeOptions): Promise<ConnectorReport> {
  const { cwd, profile, proposal } = options;
  const config = source.config?.value;
  const report = withPlaces(await validatePath(folder, { cwd, profile, rules: rulesOf(config) }), config);
  if (!proposal) return report;
  // what the README has to say depends on the files that aren't there yet
  const all = await validateConnector(source, report.path, { cwd, profile });
  const findings = all.findings
    .filter(({ rule }) => rule.startsWith('readme-'))
    .map((finding) => ({ ...finding, file: `${report.path}/readme.md` }));
  return { ...report, findings, counts: countFindings(findings) };
}
