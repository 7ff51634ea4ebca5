import type { FormatOptions } from '../../rules/engine/report.ts';
import { offerFormats } from '../../rules/reporters/formats.ts';
import type { DiffReport } from '../diff-report.ts';
import { asFindings } from './as-findings.ts';

/** Turns a report into text. Pure: no printing; colours only when asked for. */
export type DiffFormat = (report: DiffReport, options: FormatOptions) => string;

/** Changes have words of their own for people and scripts; what other tools read marks lines with findings. */
export const diffFormats = offerFormats<DiffReport>({
  own: {
    stylish: async () => (await import('./stylish.ts')).diffStylish,
    json: async () => (await import('./json.ts')).diffJson,
    github: async () => (await import('./github.ts')).diffGithub,
    markdown: async () => (await import('./markdown.ts')).diffMarkdown,
  },
  asReport: asFindings,
});
