import type { Format, FormatOptions, PartedFormat, Report } from '../engine/report.ts';

/** One way to print findings. */
interface Reporter {
  print: Format;
  /** For many connectors; the parts together are what `print` makes. Formats that grow with the findings have it. */
  parts?: PartedFormat;
}

interface FormatFacts {
  /** The text is JSON: its values stay exactly what they are. */
  isJson?: true;
  /** Lines of the text may be commands to the machine that shows it. */
  hasCommands?: true;
  /** It has room for one name of a rule beside our own. */
  hasOneName?: true;
  /** Prints findings; loaded only when it is asked for. Formats without it are for other results. */
  load?: () => Promise<Reporter>;
}

/** Every value of `--format`, of any command. A format is added here: all commands that print findings have it then. */
const formats = {
  text: {},
  stylish: {
    hasOneName: true,
    load: async () => ({ print: (await import('./stylish.ts')).stylish }),
  },
  json: {
    isJson: true,
    async load() {
      const { json, jsonParts } = await import('./json.ts');
      return { print: json, parts: jsonParts };
    },
  },
  sarif: {
    isJson: true,
    async load() {
      const { sarif, sarifParts } = await import('./sarif.ts');
      return { print: sarif, parts: sarifParts };
    },
  },
  github: {
    hasCommands: true,
    hasOneName: true,
    load: async () => ({ print: (await import('./github.ts')).github }),
  },
  junit: {
    async load() {
      const { junit, junitParts } = await import('./junit.ts');
      return { print: junit, parts: junitParts };
    },
  },
  markdown: {
    hasOneName: true,
    load: async () => ({ print: (await import('./markdown.ts')).markdown }),
  },
} as const satisfies Readonly<Record<string, FormatFacts>>;

export type FormatName = keyof typeof formats;

const names = Object.keys(formats) as readonly FormatName[];

/** What is known of a format; nothing of one that there isn't. */
export const factsOfFormat = (name: string | undefined): FormatFacts =>
  name !== undefined && Object.hasOwn(formats, name) ? formats[name as FormatName] : {};

/** The formats that a command has for its result. */
export interface Formats<T> {
  /** For the flag `--format`. */
  names: readonly FormatName[];
  load: (name: string) => Promise<(result: T, options: FormatOptions) => string>;
}

interface Offer<T> {
  /** Those with words of their own for such results; the first one is what people get. */
  own: Readonly<Partial<Record<FormatName, () => Promise<(result: T, options: FormatOptions) => string>>>>;
  /** The result as findings, where that makes sense: then it has all other formats, too. */
  asReport?: (result: T) => Report;
}

/** Declares which formats a command has. */
export function offerFormats<T>({ own, asReport }: Offer<T>): Formats<T> {
  return {
    names: names.filter((name) => own[name] !== undefined || (asReport && factsOfFormat(name).load)),
    async load(name) {
      const load = own[name as FormatName];
      if (load !== undefined) return load();
      const reporter = await factsOfFormat(name).load?.();
      if (reporter === undefined || asReport === undefined) throw new Error(`${name} is not a format of this command`);
      return (result, options) => reporter.print(asReport(result), options);
    },
  };
}

/** Of findings. */
export const reportFormats = offerFormats<Report>({ own: {}, asReport: (report) => report });

/** For many connectors; the parts together are what the format of that name makes. */
export async function loadParts(name: string): Promise<PartedFormat> {
  const { parts } = (await factsOfFormat(name).load?.()) ?? {};
  if (parts !== undefined) return parts;
  const print = await reportFormats.load(name);
  return (report, options) => [print(report, options)];
}
