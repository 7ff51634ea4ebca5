import { join } from 'node:path';
import { configurationOf } from '../../connector/configuration.ts';
import type { Connector } from '../../connector/load.ts';
import type { Profile } from '../../connector/profile.ts';
import { isUserError } from '../../errors.ts';
import { shownPath } from '../../files/names.ts';
import { type ConnectorReport, countFindings } from '../../rules/engine/report.ts';
import type { Finding } from '../../rules/engine/run.ts';
import { validateConnector, validatePath } from '../../rules/engine/validate-connector.ts';
import { checkPackage } from '../check-package.ts';
import { readNamedArchive } from '../read-file.ts';
import { repositoryFacts } from '../repository-facts.ts';
import { rulesOf, withPlaces } from '../settings-of-author.ts';
import { archivesIn } from './package-path.ts';

export interface FolderOptions {
  /** Paths of the report are relative to this folder. */
  cwd: string;
  profile: Profile;
  /** The package is said to bring an AI plugin. */
  plugin: boolean;
}

/**
 * Validates the folder that is submitted as it lies on disk, with whatever else is in it; of an independent publisher
 * with the package in it.
 *
 * @param source the connector that it was made from
 */
export async function validateWithPackage(
  folder: string,
  source: Connector,
  options: FolderOptions,
): Promise<ConnectorReport> {
  const report = await validateFolder(folder, source, options);
  const [archive, ...others] = options.profile === 'independent' ? archivesIn(folder) : [];
  // which one of several is meant nobody knows
  if (archive === undefined || others.length > 0) return report;
  const findings = [...report.findings, ...(await validatePackage(join(folder, archive), source, options))];
  return { ...report, findings, counts: countFindings(findings) };
}

/** Validates a folder that only has the README so far; the other files follow later. */
export async function validateProposal(
  folder: string,
  source: Connector,
  options: FolderOptions,
): Promise<ConnectorReport> {
  const report = await validateFolder(folder, source, options);
  // what the README has to say depends on the files that aren't there yet
  const all = await validateConnector(source, report.path, options);
  const findings = all.findings
    .filter(({ rule }) => rule.startsWith('readme-'))
    .map((finding) => ({ ...finding, file: `${report.path}/readme.md` }));
  return { ...report, findings, counts: countFindings(findings) };
}

async function validateFolder(
  folder: string,
  source: Connector,
  { cwd, profile }: FolderOptions,
): Promise<ConnectorReport> {
  const config = configurationOf(source);
  return withPlaces(await validatePath(folder, { cwd, profile, rules: rulesOf(config) }), config);
}

async function validatePackage(path: string, source: Connector, options: FolderOptions): Promise<Finding[]> {
  const place = shownPath(path, options.cwd);
  const { profile, plugin } = options;
  const facts = { profile, plugin, repository: repositoryFacts(source), config: configurationOf(source) };
  try {
    const { bytes } = readNamedArchive(path, 'the package', options.cwd);
    return (await checkPackage(bytes, place, facts)).report.findings;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [unreadable(place, error.message)];
  }
}

/** Somebody else's archive beside the files is validated like them, whatever it is. */
const unreadable = (file: string, message: string): Finding => ({
  rule: 'package-root',
  severity: 'error',
  message,
  file,
  pointer: '',
  line: 1,
  column: 1,
  policy: '5000.1.1.16',
  fixable: false,
  fixes: [],
});
