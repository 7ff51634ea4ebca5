/**
 * The known word that is meant by a mistyped one, or undefined when none is near: the only one that goes on from what was
 * typed, else the one with the fewest letters that differ.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const longer = typed.length < 3 ? [] : known.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  if (longer.length === 1) return longer[0];
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(typed, candidate.toLowerCase(), Math.min(least, tooFar(typed, candidate)));
    if (distance >= Math.min(least, tooFar(typed, candidate))) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** Two letters of five may differ, and never more than four: what differs more is another word. */
const tooFar = (a: string, b: string): number => Math.min(4, Math.floor(Math.max(a.length, b.length) * 0.4)) + 1;

/** How many letters differ, two that are swapped counted once; or `limit` when it isn't below that. */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change, swap));
    }
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? limit, limit);
}

/** The known words that are near to a mistyped one or contain what was typed, the nearest first; at most `most`. */
export function nearestOf(word: string, known: readonly string[], most = 5): string[] {
  const typed = word.toLowerCase();
  const ranked = known.map((candidate) => {
    const other = candidate.toLowerCase();
    const limit = tooFar(typed, other);
    const contains = typed.length > 2 && other.includes(typed);
    // whoever types a part of a name left something out; who mistypes one has about its length
    return { candidate, limit, distance: contains ? 0 : editDistance(typed, other, limit) };
  });
  return ranked
    .filter(({ distance, limit }) => distance < limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
