import { counted } from '../../counted.ts';
import { type ConnectorReport, type Counts, notJudged, type Report } from '../engine/report.ts';
import type { Rule } from '../engine/rule.ts';
import { ruleById } from '../families/catalogue.ts';

/** Phrases that several formats for people share. */

export const countsText = ({ error, warning, info }: Counts): string =>
  `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${info} info`;

export const total = ({ error, warning, info }: Counts): number => error + warning + info;

/** `2 errors, 1 warning, 0 info (profile verified)`, or that nothing was found; and what could not be judged. */
export function totalsText(report: Report): string {
  const unknown = notJudged(report).length;
  if (unknown === 0) return judgedText(report);
  const rest = `${counted(unknown, 'connector')} could not be judged`;
  const connectors = report.connectors.filter((connector) => connector.notJudged === undefined);
  return connectors.length === 0 ? `${rest}.` : `${judgedText({ ...report, connectors }).replace(/\.$/, '')}; ${rest}`;
}

function judgedText({ connectors, counts }: Report): string {
  const [only] = connectors;
  const where =
    connectors.length === 1 && only !== undefined
      ? ` (profile ${only.profile})`
      : ` in ${counted(connectors.length, 'connector')}`;
  return total(counts) === 0 ? `No findings${where}.` : `${countsText(counts)}${where}`;
}

/** How many findings `--max-findings` hides. */
export const hiddenCount = ({ findings, counts }: ConnectorReport): number => total(counts) - findings.length;

/** What to type to have findings fixed; undefined where nothing can be. */
export function fixHint({ connectors }: Report): string | undefined {
  const fixable = connectors.flatMap(({ findings }) => findings).filter((finding) => finding.fixable);
  const amount = (...kinds: Rule['fix'][]) =>
    fixable.filter(({ rule }) => kinds.includes(ruleById.get(rule)?.fix)).length;
  const [unsafe, deletion] = [amount('unsafe'), amount('deletion')];
  const safe = fixable.length - unsafe - deletion;
  const parts = [
    ...(safe === 0 ? [] : [`${safe} can be fixed by: pp-connector validate --fix`]),
    ...(unsafe === 0 ? [] : [`${unsafe} can be fixed before the first release by: pp-connector validate --fix-unsafe`]),
    ...(deletion === 0 ? [] : [`${deletion} can be fixed by deleting files, by: pp-connector validate --fix-unsafe`]),
  ];
  return parts.length === 0 ? undefined : parts.join('\n');
}
