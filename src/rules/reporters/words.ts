import { counted } from '../../counted.ts';
import type { ConnectorReport, Counts } from '../engine/report.ts';
import type { Tally } from './tally.ts';

/** Phrases that several formats for people share. */

export const countsText = ({ error, warning, info }: Counts): string =>
  `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${info} info`;

export const total = ({ error, warning, info }: Counts): number => error + warning + info;

/** `2 errors, 1 warning, 0 info (profile verified)`, or that nothing was found; and what could not be validated. */
export function totalsText(tally: Tally): string {
  if (tally.notJudged === 0) return validatedText(tally);
  const rest = `${counted(tally.notJudged, 'connector')} could not be validated`;
  return tally.validated === 0 ? `${rest}.` : `${validatedText(tally).replace(/\.$/, '')}; ${rest}`;
}

function validatedText({ validated, profile, counts }: Tally): string {
  const where = validated === 1 ? ` (profile ${profile})` : ` in ${counted(validated, 'connector')}`;
  return total(counts) === 0 ? `No findings${where}.` : `${countsText(counts)}${where}`;
}

/** How many findings `--max-findings` hides. */
export const hiddenCount = ({ findings, counts }: ConnectorReport): number => total(counts) - findings.length;

/** What to type to have findings fixed; undefined where nothing can be. */
export function fixHint({ fixable: { safe, unsafe, deletion } }: Tally): string | undefined {
  const parts = [
    ...(safe === 0 ? [] : [`${safe} can be fixed by: pp-connector validate --fix`]),
    ...(unsafe === 0 ? [] : [`${unsafe} can be fixed before the first release by: pp-connector validate --fix-unsafe`]),
    ...(deletion === 0 ? [] : [`${deletion} can be fixed by deleting files, by: pp-connector validate --fix-unsafe`]),
  ];
  return parts.length === 0 ? undefined : parts.join('\n');
}
