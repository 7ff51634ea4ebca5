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
  const image = new PNG({ width: side, height: side });
  const plain = Buffer.from([...background, 255]);
  image.data.fill(plain);
  for (let y = Math.floor(logo.top); y <= logo.bottom; y += 1) {
    for (let x = Math.floor(logo.left); x <= logo.right; x += 1) {
      const coverage = coverageAt(logo, x + 0.5, y + 0.5);
      if (coverage === 0) continue;
      const at = (y * side + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        const [from, to] = [background[channel] ?? 0, foreground[channel] ?? 0];
        image.data[at + channel] = Math.round(from + (to - from) * coverage);
      }
    }
  }
  // even areas compress well without filters, and trying all of them takes most of the time
  return PNG.sync.write(image, { colorType: 2, inputColorType: 6, filterType: 0 });
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

/** Segments in pixels, half the stroke's width, and the box around all of it. */
interface Layout {
  left: number;
  top: number;
  right: number;
  bottom: number;
  segments: { ax: number; ay: number; bx: number; by: number }[];
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
  const radius = unit * 0.42;
  const margin = radius + unit * 0.3;
  return {
    segments,
    radius,
    left: left - margin,
    top: top - margin,
    right: side - left + margin,
    bottom: side - top + margin,
  };
}

function toSegments(stroke: Stroke, left: number, top: number, unit: number): Layout['segments'] {
  return stroke.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = stroke[index] ?? [x, y];
    return { ax: left + fromX * unit, ay: top + fromY * unit, bx: left + x * unit, by: top + y * unit };
  });
}

/** How much of a pixel the strokes cover, 0 to 1: its distance from the nearest one, softened over one pixel. */
function coverageAt({ segments, radius }: Layout, x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const { ax, ay, bx, by } of segments) {
    const dx = bx - ax;
    const dy = by - ay;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return Math.max(0, Math.min(1, radius + 0.5 - nearest));
}
