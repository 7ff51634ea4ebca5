import type { DiffReport } from '../diff-report.ts';

/** Turns a report into text. Pure: no printing; colours only when asked for. */
export type DiffFormat = (report: DiffReport, options: { color: boolean }) => string;

/** Values of `--format`, those of `validate`; each is loaded only when it is asked for. */
const formats = {
  stylish: async () => (await import('./stylish.ts')).stylish,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  junit: async () => (await import('./junit.ts')).junit,
  markdown: async () => (await import('./markdown.ts')).markdown,
} as const satisfies Readonly<Record<string, () => Promise<DiffFormat>>>;

export const formatNames = Object.keys(formats);

export const loadFormat = (name: string): Promise<DiffFormat> => formats[name as keyof typeof formats]();
