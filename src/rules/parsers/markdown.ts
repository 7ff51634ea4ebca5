import type { MarkdownIt } from 'markdown-it';
import type { TextFile } from '../../connector/source-file.ts';

/** Markdown documents by their structure. */

export interface Heading {
  level: number;
  /** As written, without the number signs. */
  text: string;
  /** Where its line starts. */
  offset: number;
  /** In a list or a quotation. */
  isNested: boolean;
}

export interface Paragraph {
  text: string;
  offset: number;
}

export interface MarkdownDocument {
  headings: Heading[];
  /** Paragraphs outside lists and quotations. */
  paragraphs: Paragraph[];
  /** Lines of all paragraphs, also in lists and quotations; no code, HTML or headings. */
  lines: Paragraph[];
  /** Whether what is added at the end would be a block of its own, not part of code or HTML that nobody has ended. */
  takesMore: () => boolean;
  /** Another version of the document, or any other text. */
  read: ParseMarkdown;
}

/** A document with its structure. */
export interface MarkdownFile extends TextFile {
  readonly document: MarkdownDocument;
}

/** Reads a text as Markdown. */
export type ParseMarkdown = (text: string) => MarkdownDocument;

export async function loadMarkdownParser(): Promise<ParseMarkdown> {
  const { default: createParser } = await import('markdown-it');
  // blocks only: what is inside a line doesn't matter here, and is most of the work
  const parser = createParser({ html: true }).disable(['inline', 'linkify', 'replacements', 'smartquotes']);
  return (text) => readDocument(text, parser);
}

function readDocument(text: string, parser: MarkdownIt): MarkdownDocument {
  const lines = lineOffsets(text);
  const tokens = parser.parse(text, {});
  let isOpen: boolean | undefined;
  const document: MarkdownDocument = {
    headings: [],
    paragraphs: [],
    lines: [],
    takesMore: () => {
      isOpen ??= takesMore(text, parser);
      return isOpen;
    },
    read: (other) => readDocument(other, parser),
  };
  tokens.forEach((token, index) => {
    const content = tokens[index + 1]?.content ?? '';
    const offset = lines[token.map?.[0] ?? 0] ?? 0;
    if (token.type === 'heading_open') {
      const level = Number(token.tag.slice(1));
      document.headings.push({ level, text: content, offset, isNested: token.level > 0 });
    } else if (token.type === 'paragraph_open' && token.level === 0) {
      document.paragraphs.push({ text: content, offset });
    }
    if (token.type === 'paragraph_open') {
      const first = token.map?.[0] ?? 0;
      content.split('\n').forEach((line, at) => {
        document.lines.push({ text: line, offset: lines[first + at] ?? offset });
      });
    }
  });
  return document;
}

function takesMore(text: string, parser: MarkdownIt): boolean {
  const last = parser.parse(`${text}\n\n# end\n`, {}).findLast(({ type }) => type === 'heading_open');
  return last?.map?.[0] === lineOffsets(text).length + 1;
}

/** Where each line starts; line ends as Markdown knows them. */
function lineOffsets(text: string): number[] {
  const offsets = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) offsets.push(end.index + end[0].length);
  return offsets;
}
