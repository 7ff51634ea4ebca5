import type { Facts } from './structure.ts';

/**
 * One line for each fact that differs, in the order of places: `- place = value` is only in the published connector,
 * `+ place = value` only in ours, `~ place = ours (published: theirs)` in both.
 */
export function differences(ours: Facts, published: Facts): string[] {
  const places = [...new Set([...ours.keys(), ...published.keys()])].sort();
  return places.flatMap((place) => {
    const [mine, theirs] = [ours.get(place), published.get(place)];
    if (mine === theirs) return [];
    if (mine === undefined) return [`- ${place} = ${theirs}`];
    return [theirs === undefined ? `+ ${place} = ${mine}` : `~ ${place} = ${mine} (published: ${theirs})`];
  });
}

/** Differences that stay, and why. */
export interface Explanation {
  /** The line of one difference or of several: `*` stands for any text. */
  difference: string;
  why: string;
}

export const matches = (line: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escapeText).join('.*')}$`, 's').test(line);

const escapeText = (text: string): string => text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&');
