import { PNG } from 'pngjs';
import { glyphSize, glyphs, type Stroke } from './glyphs.ts';

/** Pixels of a side: what reviewers ask for, and the largest that the certification policy allows (5000.2.1.4). */
const side = 230;

/** The logo covers at most so much of a side; 70 % is the documented limit. */
const logoShare = 0.5;

/**
 * An icon that passes the icon rules: square, opaque, in the brand colour, with the initials of the title.
 *
 * @param color `#rrggbb`
 * @returns a PNG without alpha channel
 */
export function makeIcon(title: string, color: string): Buffer {
  const background = parseColor(color);
  const foreground = luminance(background) > 0.45 ? [32, 32, 32] : [255, 255, 255];
  const logo = layOut(initials(title));
  const pixels = Buffer.alloc(side * side * 3, Buffer.from(background));
  const coverage = coverageOf(logo);
  for (let pixel = 0; pixel < coverage.length; pixel += 1) {
    const share = coverage[pixel] ?? 0;
    if (share === 0) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      const [from, to] = [background[channel] ?? 0, foreground[channel] ?? 0];
      pixels[pixel * 3 + channel] = Math.round(from + (to - from) * share);
    }
  }
  const image = new PNG({ width: side, height: side });
  image.data = pixels;
  // pixels as they are in the file need no packing; even areas compress well without filters
  return PNG.sync.write(image, { colorType: 2, inputColorType: 2, inputHasAlpha: false, filterType: 0 });
}

/** First letters of the first two words; of a single word its first letter. Letters are folded to plain ones. */
export function initials(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .split(' ');
  const letters = words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return letters === '' ? 'C' : letters;
}

function parseColor(color: string): number[] {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1] ?? '000000';
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** Relative luminance, 0 to 1 (WCAG). */
function luminance(color: readonly number[]): number {
  const linear = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

interface Segment {
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

/** Segments in pixels, and half the stroke's width. */
interface Layout {
  segments: Segment[];
  radius: number;
}

function layOut(text: string): Layout {
  const gap = 1.6;
  const columns = text.length * glyphSize.width + (text.length - 1) * gap;
  const unit = Math.min((side * logoShare) / columns, (side * logoShare) / glyphSize.height);
  const left = (side - columns * unit) / 2;
  const top = (side - glyphSize.height * unit) / 2;
  const segments = [...text].flatMap((letter, index) => {
    const offset = left + index * (glyphSize.width + gap) * unit;
    return (glyphs[letter] ?? []).flatMap((stroke) => toSegments(stroke, offset, top, unit));
  });
  return { segments, radius: unit * 0.42 };
}

function toSegments(stroke: Stroke, left: number, top: number, unit: number): Segment[] {
  return stroke.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = stroke[index] ?? [x, y];
    return { ax: left + fromX * unit, ay: top + fromY * unit, bx: left + x * unit, by: top + y * unit };
  });
}

/**
 * How much of each pixel the strokes cover, 0 to 1, row by row: what the nearest one covers. Only the pixels around a
 * segment are looked at.
 */
function coverageOf({ segments, radius }: Layout): Float64Array {
  const coverage = new Float64Array(side * side);
  const reach = radius + 0.5;
  for (const segment of segments) {
    const [left, right] = pixelsAround(segment.ax, segment.bx, reach);
    const [top, bottom] = pixelsAround(segment.ay, segment.by, reach);
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const at = y * side + x;
        const known = coverage[at] ?? 0;
        if (known < 1) coverage[at] = Math.max(known, coverageAt(segment, radius, x + 0.5, y + 0.5));
      }
    }
  }
  return coverage;
}

const pixelsAround = (from: number, to: number, reach: number): [first: number, last: number] => [
  Math.max(0, Math.floor(Math.min(from, to) - reach)),
  Math.min(side - 1, Math.ceil(Math.max(from, to) + reach)),
];

/** How much of a pixel one segment covers: its distance from it, softened over one pixel. */
function coverageAt({ ax, ay, bx, by }: Segment, radius: number, x: number, y: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  const distance = Math.hypot(x - ax - along * dx, y - ay - along * dy);
  return Math.max(0, Math.min(1, radius + 0.5 - distance));
}
