import type { Profile } from '../../connector/profile.ts';
import type { ConnectorReport, Counts } from '../engine/report.ts';
import type { Rule } from '../engine/rule.ts';
import { ruleById } from '../families/catalogue.ts';

/** What the totals of a report are made from, connector by connector. */
export class Tally {
  readonly counts: Counts = { error: 0, warning: 0, info: 0 };
  /** Connectors that were validated, and those that could not be. */
  validated = 0;
  notJudged = 0;
  /** Findings that can be fixed, by how: those of a rule without a kind are safe. */
  readonly fixable = { safe: 0, unsafe: 0, deletion: 0 };
  /** Of the first connector that was validated. */
  profile: Profile | undefined;

  add({ counts, findings, notJudged, profile }: ConnectorReport): void {
    this.counts.error += counts.error;
    this.counts.warning += counts.warning;
    this.counts.info += counts.info;
    if (notJudged === undefined) {
      this.validated += 1;
      this.profile ??= profile;
    } else this.notJudged += 1;
    for (const { fixable, rule } of findings) if (fixable) this.fixable[kindOf(ruleById.get(rule)?.fix)] += 1;
  }
}

const kindOf = (fix: Rule['fix']): 'safe' | 'unsafe' | 'deletion' =>
  fix === 'unsafe' || fix === 'deletion' ? fix : 'safe';
