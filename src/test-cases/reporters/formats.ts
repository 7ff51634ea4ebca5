import type { PrintTests } from './reporter.ts';

/** Values of `--format` of `pp-connector test`; each is loaded only when it is asked for. */
const printers = {
  text: async () => (await import('./text.ts')).text,
  json: async () => (await import('./json.ts')).json,
  junit: async () => (await import('./junit.ts')).junit,
  github: async () => (await import('./github.ts')).github,
  markdown: async () => (await import('./markdown.ts')).markdown,
} as const satisfies Readonly<Record<string, () => Promise<PrintTests>>>;

export const testFormats = Object.keys(printers) as (keyof typeof printers)[];

/** @param name one of `testFormats` */
export const loadPrinter = (name: string | undefined): Promise<PrintTests> =>
  printers[(name ?? 'text') as keyof typeof printers]();
