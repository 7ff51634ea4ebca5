import type { Pixels } from './png.ts';

/** What can be seen in an icon: its edge, which is its background, and where the logo lies. */

export interface Color {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

export interface EdgeColor extends Color {
  /** How much of the edge has this colour, 0 to 1. */
  share: number;
}

function colorAt({ data, width }: Pixels, x: number, y: number): Color {
  const at = (y * width + x) * 4;
  return { red: data[at] ?? 0, green: data[at + 1] ?? 0, blue: data[at + 2] ?? 0, alpha: data[at + 3] ?? 0 };
}

function* edgePixels(picture: Pixels): Generator<Color> {
  const { width, height } = picture;
  for (let x = 0; x < width; x += 1) {
    yield colorAt(picture, x, 0);
    yield colorAt(picture, x, height - 1);
  }
  for (let y = 1; y < height - 1; y += 1) {
    yield colorAt(picture, 0, y);
    yield colorAt(picture, width - 1, y);
  }
}

/** The commonest colour along the four sides. */
export function dominantEdge(picture: Pixels): EdgeColor | undefined {
  const counts = new Map<number, number>();
  let total = 0;
  for (const { red, green, blue, alpha } of edgePixels(picture)) {
    const key = ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    total += 1;
  }
  let best: EdgeColor | undefined;
  for (const [key, count] of counts) {
    const share = count / total;
    if (share > (best?.share ?? 0)) {
      best = { red: key >>> 24, green: (key >>> 16) & 255, blue: (key >>> 8) & 255, alpha: key & 255, share };
    }
  }
  return best;
}

/** The share of the edge through which one sees what is behind; anti-aliasing of an opaque picture stays far below. */
export function transparentShare(picture: Pixels): number {
  let clear = 0;
  let total = 0;
  for (const { alpha } of edgePixels(picture)) {
    if (alpha < 250) clear += 1;
    total += 1;
  }
  return total === 0 ? 0 : clear / total;
}

/** The largest difference of one channel. */
export const colorDistance = (a: Omit<Color, 'alpha'>, b: Omit<Color, 'alpha'>): number =>
  Math.max(Math.abs(a.red - b.red), Math.abs(a.green - b.green), Math.abs(a.blue - b.blue));

export const toHex = ({ red, green, blue }: Omit<Color, 'alpha'>): string =>
  `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

export function fromHex(text: string): Omit<Color, 'alpha'> | undefined {
  const digits = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const value = Number.parseInt(digits, 16);
  return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255 };
}

/** How much of the width and of the height everything takes up that isn't background, 0 to 1. */
export function logoShare(picture: Pixels, background: Color): { width: number; height: number } {
  let [left, right, top, bottom] = [picture.width, -1, picture.height, -1];
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const color = colorAt(picture, x, y);
      if (colorDistance(color, background) <= 24 && Math.abs(color.alpha - background.alpha) <= 24) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0
    ? { width: 0, height: 0 }
    : { width: (right - left + 1) / picture.width, height: (bottom - top + 1) / picture.height };
}
