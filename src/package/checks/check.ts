import type { Point } from '../../connector/json/locate.ts';
import type { Severity } from '../../connector/profile.ts';
import { firstOf } from '../../counted.ts';
import type { PackageRule } from '../../rules/families/package.ts';
import type { PackagePolicy } from '../../rules/policy-codes.ts';
import type { PackageContents } from '../contents.ts';
import type { RepositoryFacts } from '../repository-facts.ts';

/** What the checks look at. */
export interface CheckContext {
  contents: PackageContents;
  /** The package is said to bring an AI plugin; otherwise its content tells. */
  plugin: boolean;
  /** The connector that was exported; undefined where nobody said which. */
  repository: RepositoryFacts | undefined;
}

export interface Details {
  /** Number of the policy, where it isn't the rule's own. */
  policy?: PackagePolicy;
  /** Of a lesser breach; the severity is never raised. */
  atMost?: Severity;
  /** In a JSON file. */
  pointer?: string;
  point?: Point;
}

/**
 * Says what is wrong.
 *
 * @param place of the archive or file: `package.zip!name.pdpkg.zip!PkgAssets/flow.zip!customizations.xml`
 */
export type ReportBreach = (place: string, message: string, details?: Details) => void;

/** One rule of packages. */
export interface Check<Id extends PackageRule = PackageRule> {
  rule: Id;
  run: (context: CheckContext, report: ReportBreach) => void;
}

/** Names in a message: quoted, and never too many. */
export const listed = (names: readonly string[], most = 5): string =>
  firstOf(names, most, { show: (name) => `"${name}"` });
