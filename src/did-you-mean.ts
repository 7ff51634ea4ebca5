/** The known word that is nearest to a mistyped one, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  // half of the letters may be wrong, but never more than four
  let limit = Math.min(4, Math.ceil(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance < limit) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** Levenshtein distance, or `limit` when it isn't below that. */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return Math.min(row[b.length] ?? limit, limit);
}

/** The known words that are near to a mistyped one or contain what was typed, the nearest first; at most `most`. */
export function nearestOf(word: string, known: readonly string[], most = 5): string[] {
  const typed = word.toLowerCase();
  const limit = Math.min(4, Math.ceil(typed.length / 2)) + 1;
  const ranked = known.map((candidate) => {
    const other = candidate.toLowerCase();
    const contains = typed.length > 2 && other.includes(typed);
    // whoever types a part of a name left something out; who mistypes one has about its length
    return { candidate, distance: contains ? 0 : editDistance(typed, other, limit) };
  });
  return ranked
    .filter(({ distance }) => distance < limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
