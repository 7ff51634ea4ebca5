import { type FormatOptions, formatOf, type Report, type StartReport } from '../engine/report.ts';

interface FormatFacts {
  /** The text is JSON: its values stay exactly what they are. */
  isJson?: true;
  /** Lines of the text may be commands to the machine that shows it. */
  hasCommands?: true;
  /** It has room for one name of a rule beside our own. */
  hasOneName?: true;
  /** Prints findings; loaded only when it is asked for. Formats without it are for other results. */
  load?: () => Promise<StartReport>;
}

/** Every value of `--format`, of any command. A format is added here: all commands that print findings have it then. */
const formats = {
  text: {},
  stylish: {
    hasOneName: true,
    load: async () => (await import('./stylish.ts')).startStylish,
  },
  json: {
    isJson: true,
    load: async () => (await import('./json.ts')).startJson,
  },
  sarif: {
    isJson: true,
    load: async () => (await import('./sarif.ts')).startSarif,
  },
  github: {
    hasCommands: true,
    hasOneName: true,
    load: async () => (await import('./github.ts')).startGithub,
  },
  junit: {
    load: async () => (await import('./junit.ts')).startJunit,
  },
  markdown: {
    hasOneName: true,
    load: async () => (await import('./markdown.ts')).startMarkdown,
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
      const start = await factsOfFormat(name).load?.();
      if (start === undefined || asReport === undefined) throw new Error(`${name} is not a format of this command`);
      const format = formatOf(start);
      return (result, options) => format(asReport(result), options);
    },
  };
}

/** Of findings. */
export const reportFormats = offerFormats<Report>({ own: {}, asReport: (report) => report });

/** For many connectors: printed as they come. @throws Error for what is no format of findings */
export async function loadWriter(name: string): Promise<StartReport> {
  const start = await factsOfFormat(name).load?.();
  if (start === undefined) throw new Error(`${name} is not a format of findings`);
  return start;
}
