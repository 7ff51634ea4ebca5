import type { FormatOptions } from '../../rules/engine/report.ts';
import { offerFormats } from '../../rules/reporters/formats.ts';
import type { Status } from '../evaluate-steps.ts';

/** Turns a status into text. Pure: no printing; colours only when asked for. */
export type StatusFormat = (status: Status, options: FormatOptions) => string;

/** Steps aren't findings: they have no line that a tool could mark, and an open one makes no build fail. */
export const statusFormats = offerFormats<Status>({
  own: {
    text: async () => (await import('./text.ts')).statusText,
    json: async () => (await import('./json.ts')).statusJson,
    markdown: async () => (await import('./markdown.ts')).statusMarkdown,
  },
});
