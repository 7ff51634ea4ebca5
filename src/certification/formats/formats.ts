import type { Status } from '../judge.ts';

/** Turns a status into text. Pure: no printing; colours only when asked for. */
export type StatusFormat = (status: Status, options: { color: boolean }) => string;

/** Values of `--format`; each is loaded only when it is asked for. */
const formats = {
  text: async () => (await import('./text.ts')).text,
  json: async () => (await import('./json.ts')).json,
  markdown: async () => (await import('./markdown.ts')).markdown,
} as const satisfies Readonly<Record<string, () => Promise<StatusFormat>>>;

export const formatNames = Object.keys(formats);

export const loadFormat = (name: string): Promise<StatusFormat> => formats[name as keyof typeof formats]();
