import type { Heading, MarkdownDocument } from '../parsers/markdown.ts';

/**
 * Edits of Markdown at places that its parser has found: between blocks, so that nothing is put into code, comments,
 * HTML, lists or quotations. Every edit reads the text anew; others may have changed it.
 */
export type MarkdownEdit = (text: string) => string;

/** Text on one line, as a file can hold it: half of a pair of surrogates can't be written. */
export const inLine = (text: string): string =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll(/\s+/g, ' ').trim();

/** The same words are the same text, however they are escaped, broken into lines or capitalised. */
export const comparableText = (text: string): string =>
  inLine(text)
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .toLowerCase();

/** A title at the top, or after metadata there. A first line that lacks only the blank after its sign becomes it. */
export function addTitle(title: string): MarkdownEdit {
  return (text) => {
    if (/^#[^#\s]/.test(text)) return `# ${text.slice(1)}`;
    const metadata = /^---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*(?:\r?\n|$)/.exec(text)?.[0] ?? '';
    return metadata + insertBlocks(text.slice(metadata.length), 0, [`# ${inLine(title)}`]);
  };
}

/** A heading before the first one below the title, or at the end; undefined where that would become part of a block. */
export function addHeading(document: MarkdownDocument, heading: string): MarkdownEdit | undefined {
  if (nextBelowTitle(document) === undefined && !document.takesMore()) return undefined;
  return (text) => {
    const place = nextBelowTitle(document.read(text))?.offset ?? text.length;
    return insertBlocks(text, place, [`## ${inLine(heading)}`]);
  };
}

function nextBelowTitle({ headings }: MarkdownDocument): Heading | undefined {
  const title = headings.find(({ level, isNested }) => level === 1 && !isNested);
  return headings.find(({ level, isNested, offset }) => level > 1 && !isNested && offset > (title?.offset ?? -1));
}

/**
 * Blocks at the end of a section, before the next heading of its level or above.
 *
 * @param section of the document, as `find` finds it
 * @returns undefined for a heading in a list or a quotation, and where the last block of the document would swallow them
 */
export function addToSection(
  document: MarkdownDocument,
  find: (document: MarkdownDocument) => Heading | undefined,
  blocks: (level: number) => string[],
): MarkdownEdit | undefined {
  const section = find(document);
  if (section === undefined || section.isNested) return undefined;
  if (nextSection(document, section) === undefined && !document.takesMore()) return undefined;
  return (text) => {
    const now = document.read(text);
    const here = find(now);
    if (here === undefined || here.isNested) return text;
    const place = nextSection(now, here)?.offset ?? text.length;
    return insertBlocks(text, place, blocks(Math.min(6, here.level + 1)));
  };
}

const nextSection = ({ headings }: MarkdownDocument, { level, offset }: Heading): Heading | undefined =>
  headings.find((other) => !other.isNested && other.offset > offset && other.level <= level);

/** Blocks with a blank line around each, in the line ends of the text. @param place where a line begins, or the end */
function insertBlocks(text: string, place: number, blocks: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, place).trimEnd();
  const after = text.slice(place);
  const lead = before === '' ? [] : [before];
  return after === '' ? [...lead, ...blocks].join(eol + eol) + eol : [...lead, ...blocks, after].join(eol + eol);
}
