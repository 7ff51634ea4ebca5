import { UserError } from '../errors.ts';

/**
 * The parts of a document that are ours: lines between `<!-- pp-connector:begin NAME -->` and
 * `<!-- pp-connector:end NAME -->`, each marker alone on its line. Everything else is the author's.
 */

export interface MarkedBlock {
  name: string;
  /** Offset after the line of the begin marker. */
  start: number;
  /** Offset of the line of the end marker. */
  end: number;
  /** Line end after the begin marker, for what is written between the markers. */
  eol: string;
  /** 1-based, of the begin marker. */
  line: number;
}

export const beginMarker = (name: string): string => `<!-- pp-connector:begin ${name} -->`;
export const endMarker = (name: string): string => `<!-- pp-connector:end ${name} -->`;

const markerStart = /^[ \t]*<!--[ \t]*pp-connector:/;
const marker = /^[ \t]*<!--[ \t]*pp-connector:(begin|end)[ \t]+(\S+)[ \t]*-->[ \t]*$/;

/**
 * The blocks of a document in their order.
 *
 * @param path of the document, for messages
 * @throws UserError with file and line when a marker is unreadable, doubled, crossed, or lacks its partner
 */
export function findBlocks(text: string, path: string): MarkedBlock[] {
  const blocks: MarkedBlock[] = [];
  let open: MarkedBlock | undefined;
  for (const { content, offset, eol, line } of linesOf(text)) {
    if (!markerStart.test(content)) continue;
    const [, side, name = ''] = marker.exec(content) ?? [];
    const fail = (problem: string, hint: string): never => {
      throw new UserError(`${path}:${line}: ${problem}`, { hint });
    };
    if (side === undefined) {
      return fail(`the marker ${content.trim()} can't be read`, `write it as ${beginMarker('NAME')} alone on its line`);
    }
    if (side === 'begin') {
      if (open !== undefined) {
        fail(
          `the block "${name}" begins inside the block "${open.name}", which began in line ${open.line}`,
          `put ${endMarker(open.name)} in front of it`,
        );
      }
      const earlier = blocks.find((block) => block.name === name);
      if (earlier !== undefined) {
        fail(
          `the block "${name}" is there twice; it already began in line ${earlier.line}`,
          'remove one of the two, together with its markers',
        );
      }
      open = { name, start: offset + content.length + eol.length, end: 0, eol: eol || '\n', line };
    } else if (open === undefined) {
      fail(`the block "${name}" ends but never began`, `put ${beginMarker(name)} in front of it, or remove the marker`);
    } else if (open.name !== name) {
      fail(
        `the block "${name}" ends inside the block "${open.name}", which began in line ${open.line}`,
        `put ${endMarker(open.name)} in front of it`,
      );
    } else {
      blocks.push({ ...open, end: offset });
      open = undefined;
    }
  }
  if (open !== undefined) {
    throw new UserError(`${path}:${open.line}: the block "${open.name}" has no end`, {
      hint: `put ${endMarker(open.name)} after it`,
    });
  }
  return blocks;
}

export interface Line {
  /** Without its line end. */
  content: string;
  offset: number;
  /** `\n`, `\r\n`, or empty for an unfinished last line. */
  eol: string;
  /** 1-based. */
  line: number;
}

export function* linesOf(text: string): Generator<Line> {
  let offset = 0;
  for (let line = 1; offset < text.length; line += 1) {
    const found = text.indexOf('\n', offset);
    const next = found < 0 ? text.length : found + 1;
    const whole = text.slice(offset, next);
    const content = whole.replace(/\r?\n$/, '');
    yield { content, offset, eol: whole.slice(content.length), line };
    offset = next;
  }
}

/** The lines between two markers: blank ones around the content keep Markdown formatters from changing them. */
export const layOut = (content: string, eol: string): string =>
  content === '' ? '' : `${eol}${content.split('\n').join(eol)}${eol}${eol}`;
