import type { MarkdownIt } from 'markdown-it';
import type { TextFile } from '../../connector/source-file.ts';

/** Markdown documents by their structure. */

export interface Heading {
  level: number;
  /** As written, without the number signs. */
  text: string;
  /** Where its line starts. */
  offset: number;
}

export interface Paragraph {
  text: string;
  offset: number;
}

export interface MarkdownDocument {
  headings: Heading[];
  /** Paragraphs outside lists and quotations. */
  paragraphs: Paragraph[];
}

let parser: MarkdownIt | undefined;

export async function loadMarkdownParser(): Promise<void> {
  if (parser !== undefined) return;
  const { default: createParser } = await import('markdown-it');
  // blocks only: what stands inside a line doesn't matter here, and is most of the work
  parser = createParser({ html: true }).disable(['inline', 'linkify', 'replacements', 'smartquotes']);
}

const known = new WeakMap<TextFile, MarkdownDocument>();

/** @throws Error when the parser hasn't been loaded */
export function parseMarkdown(file: TextFile): MarkdownDocument {
  const document = known.get(file) ?? parse(file.text);
  known.set(file, document);
  return document;
}

function parse(text: string): MarkdownDocument {
  if (parser === undefined) throw new Error('load the parsers before rules run: await loadParsers(connector)');
  const lines = lineOffsets(text);
  const tokens = parser.parse(text, {});
  const document: MarkdownDocument = { headings: [], paragraphs: [] };
  tokens.forEach((token, index) => {
    const content = tokens[index + 1]?.content ?? '';
    const offset = lines[token.map?.[0] ?? 0] ?? 0;
    if (token.type === 'heading_open') {
      document.headings.push({ level: Number(token.tag.slice(1)), text: content, offset });
    } else if (token.type === 'paragraph_open' && token.level === 0) {
      document.paragraphs.push({ text: content, offset });
    }
  });
  return document;
}

/** Where each line starts; line ends as Markdown knows them. */
function lineOffsets(text: string): number[] {
  const offsets = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) offsets.push(end.index + end[0].length);
  return offsets;
}
