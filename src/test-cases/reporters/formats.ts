import type { PrintTests } from './reporter.ts';

/** Values of `--format` of `pp-connector test`; each is loaded only when it is asked for. */
const printers = {
  text: async () => (await import('./text.ts')).printText,
  json: async () => (await import('./json.ts')).printJson,
  junit: async () => (await import('./junit.ts')).printJunit,
  github: async () => (await import('./github.ts')).printGithub,
  markdown: async () => (await import('./markdown.ts')).printMarkdown,
} as const satisfies Readonly<Record<string, () => Promise<PrintTests>>>;

export const testFormats = Object.keys(printers) as (keyof typeof printers)[];

/** @param name one of `testFormats` */
export const loadPrinter = (name: string | undefined): Promise<PrintTests> =>
  printers[(name ?? 'text') as keyof typeof printers]();
