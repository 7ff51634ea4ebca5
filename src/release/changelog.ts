import { inline } from '../docs/markdown.ts';

/** What a release says in CHANGELOG.md; headings and items as in "Keep a Changelog". */
export interface Section {
  /** `1.2.0 (2026-11-23)` */
  title: string;
  /** Heading → sentences; `''` holds those without a heading. */
  items: ReadonlyMap<string, readonly string[]>;
}

/** The section as Markdown, with LF. @param prose what the author wrote for it beforehand */
export function sectionText({ title, items }: Section, prose = ''): string {
  const blocks = [...items].map(([heading, sentences]) => {
    const list = sentences.map((sentence) => `* ${inline(sentence)}`).join('\n');
    return heading === '' ? list : `### ${heading}\n\n${list}`;
  });
  return `${[`## ${title}`, ...(prose === '' ? [] : [prose]), ...blocks].join('\n\n')}\n`;
}

/**
 * The changelog with a section for a release, the newest first. All that the author wrote stays; what is below
 * `## Unreleased` becomes part of the section. One that is there for this version already is the author's.
 *
 * @param text the changelog, with any line ends; undefined: there is none yet
 */
export function addSection(text: string | undefined, version: string, section: Section): string {
  if (text === undefined || text.trim() === '') return `# Changelog\n\n${sectionText(section)}`;
  const headings = secondLevel(text);
  if (headings.some(({ title }) => versionIn(title) === version)) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const [first, second] = headings;
  if (first !== undefined && /^\W*unreleased\b/i.test(first.title)) {
    const end = second?.start ?? text.length;
    const prose = text.slice(first.end, end).trim();
    const rest = text.slice(end);
    return text.slice(0, first.start) + lines(sectionText(section), eol, prose) + (rest === '' ? '' : eol + rest);
  }
  const at = first?.start ?? text.length;
  const before = text.slice(0, at);
  const gap = before === '' || /\n\r?\n$/.test(before) ? '' : before.endsWith('\n') ? eol : eol + eol;
  const rest = text.slice(at);
  return before + gap + lines(sectionText(section), eol) + (rest === '' ? '' : eol + rest);
}

/** With the line ends of the file; the author's prose goes below the heading, byte for byte. */
function lines(section: string, eol: string, prose = ''): string {
  const text = section.replaceAll('\n', eol);
  if (prose === '') return text;
  const heading = text.indexOf(eol);
  return `${text.slice(0, heading)}${eol}${eol}${prose}${text.slice(heading)}`;
}

interface Heading {
  start: number;
  end: number;
  title: string;
}

/** Headings of releases, outside code. */
function secondLevel(text: string): Heading[] {
  const headings: Heading[] = [];
  let fence = '';
  let start = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const [mark = ''] = /^ {0,3}(?:`{3,}|~{3,})/.exec(line) ?? [];
    const isMark = mark !== '';
    if (isMark && fence === '') fence = mark.trim();
    else if (isMark && mark.trim().startsWith(fence)) fence = '';
    const title = /^## +([\s\S]*)/.exec(line)?.[1]?.trimEnd();
    if (title !== undefined && fence === '') headings.push({ start, end: start + line.length, title });
    start += line.length;
  }
  return headings;
}

/** `[1.2.0] - 2026-11-23`, `v1.2.0 (…)`, `1.2.0`. */
const versionIn = (title: string): string | undefined => /^\[?v?(\d[\w.+-]*)/i.exec(title)?.[1];
