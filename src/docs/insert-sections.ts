import { beginMarker, endMarker, findBlocks, type Line, layOut, linesOf } from './markers.ts';
import type { Blocks, DocumentKind } from './model.ts';

/** Where a block belongs in a document that has no markers yet. */
interface Section {
  block: string;
  /** Written above a block that has no heading of its own. */
  heading: string;
  /** Headings that announce the same content (docs/reference/connector-format.md#documents). */
  like: RegExp;
  /** The block brings its heading along: nothing is added where the document has such a heading. */
  own?: true;
}

const sections: Record<DocumentKind, readonly Section[]> = {
  readme: [
    { block: 'title', heading: '', like: /^#/, own: true },
    { block: 'publisher', heading: '', like: /publisher/i, own: true },
    { block: 'operations', heading: '## Supported Operations', like: /operation|actions|triggers/i },
    {
      block: 'credentials',
      heading: '## Obtaining Credentials',
      like: /credential|authentication|authorization|api key/i,
    },
    { block: 'limits', heading: '## Known Issues and Limitations', like: /known issues|limitation/i },
    { block: 'deployment', heading: '## Deployment Instructions', like: /deployment|deploy/i },
  ],
  intro: [
    { block: 'credentials', heading: '', like: /credential|authentication|authorization|api key/i, own: true },
    { block: 'limits', heading: '## Known issues and limitations', like: /known issues|limitation/i },
    { block: 'errors', heading: '## Common errors and remedies', like: /errors|remedies/i },
  ],
};

/**
 * The document with every block that it lacks: below the heading that announces its content, else with a heading of
 * ours, the title at the top, the publisher after the opening, everything else at the end. Nothing is removed.
 */
export function insertSections(text: string, blocks: Blocks, kind: DocumentKind, path: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  let result = text;
  for (const section of sections[kind]) {
    const content = blocks.get(section.block) ?? '';
    if (content === '' || findBlocks(result, path).some((block) => block.name === section.block)) continue;
    result = insertSection(result, section, content, eol, path);
  }
  return result;
}

function insertSection(text: string, section: Section, content: string, eol: string, path: string): string {
  const block = `${beginMarker(section.block)}${eol}${layOut(content, eol)}${endMarker(section.block)}${eol}`;
  const headings = headingsOf(text, path);
  if (section.block === 'title') {
    return headings.some((heading) => heading.level === 1) ? text : insertAt(text, 0, block, eol);
  }
  const level = sectionLevel(headings);
  const same = headings.find((heading) => heading.level === level && section.like.test(heading.content));
  if (same !== undefined) {
    return section.own ? text : insertAt(text, same.offset + same.content.length + same.eol.length, block, eol);
  }
  if (section.block === 'publisher') {
    const second = headings.find((heading) => heading.level > 1);
    return insertAt(text, second?.offset ?? text.length, block, eol);
  }
  return insertAt(text, text.length, section.own ? block : `${section.heading}${eol}${eol}${block}`, eol);
}

/** `part` at the offset of a line, with one blank line before and after where there is text. */
function insertAt(text: string, offset: number, part: string, eol: string): string {
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  const ended = before === '' || before.endsWith('\n') ? before : before + eol;
  const gapBefore = ended === '' || /\n[ \t]*\r?\n$/.test(ended) ? '' : eol;
  const gapAfter = after === '' || /^[ \t]*\r?\n/.test(after) ? '' : eol;
  return ended + gapBefore + part + gapAfter + after;
}

interface Heading extends Line {
  level: number;
}

/** Headings that begin with `#`, outside fenced code and outside our own blocks. */
function headingsOf(text: string, path: string): Heading[] {
  const blocks = findBlocks(text, path);
  const headings: Heading[] = [];
  let fence = '';
  for (const line of linesOf(text)) {
    if (blocks.some((block) => line.offset >= block.start && line.offset < block.end)) continue;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line.content)?.[1] ?? '';
    const level = /^ {0,3}(#{1,6})(?:\s|$)/.exec(line.content)?.[1]?.length;
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && mark.startsWith(fence)) fence = '';
    else if (fence === '' && level !== undefined) headings.push({ ...line, level });
  }
  return headings;
}

/** The level of the document's sections: 1 where titles are made of the largest headings, else the next that occurs. */
function sectionLevel(headings: readonly Heading[]): number {
  if (headings.filter((heading) => heading.level === 1).length > 2) return 1;
  return Math.min(...headings.map((heading) => heading.level).filter((level) => level > 1));
}
