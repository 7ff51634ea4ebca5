import type { Format, PartedFormat } from '../engine/report.ts';

/** Values of `--format`; each is loaded only when it is asked for. */
const formats = {
  stylish: async () => (await import('./stylish.ts')).stylish,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  junit: async () => (await import('./junit.ts')).junit,
  markdown: async () => (await import('./markdown.ts')).markdown,
} as const satisfies Readonly<Record<string, () => Promise<Format>>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

export const loadFormat = (name: string): Promise<Format> => formats[name as FormatName]();

/** Formats without a limit, which grow with the number of findings. */
const parted: Readonly<Record<string, () => Promise<PartedFormat>>> = {
  json: async () => (await import('./json.ts')).jsonParts,
  sarif: async () => (await import('./sarif.ts')).sarifParts,
  junit: async () => (await import('./junit.ts')).junitParts,
};

/** For many connectors; the parts together are what the format of that name makes. */
export async function loadParts(name: string): Promise<PartedFormat> {
  const load = parted[name];
  if (load !== undefined) return load();
  const format = await loadFormat(name);
  return (report, options) => [format(report, options)];
}
