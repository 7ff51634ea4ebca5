/**
 * Whether a path fits what the user typed, without regard to case: `*` is anything within a segment, `**` anything at
 * all; a pattern without them is the path itself and everything below. Takes time in proportion to both lengths.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = path.toLowerCase();
  if (wanted.includes('*')) return matchesParts(partsOf(wanted), text);
  const whole = wanted.replace(/\/$/, '');
  return text === whole || text.startsWith(`${whole}/`);
}

/** A literal character, or a wildcard. */
type Part = string;

const partsOf = (pattern: string): Part[] => pattern.replace(/\*{3,}/g, '**').match(/\*\*|./gsu) ?? [];

/** All places in the pattern that the text so far can have reached, character by character. */
function matchesParts(parts: readonly Part[], text: string): boolean {
  let reached = skipWildcards(new Set([0]), parts);
  for (const character of text) {
    const next = new Set<number>();
    for (const at of reached) {
      const part = parts[at];
      if (part === '**' || (part === '*' && character !== '/')) next.add(at);
      else if (part === character) next.add(at + 1);
    }
    reached = skipWildcards(next, parts);
  }
  return reached.has(parts.length);
}

/** A wildcard may stand for nothing. Entries that are added while a set is walked are walked, too. */
function skipWildcards(reached: Set<number>, parts: readonly Part[]): Set<number> {
  for (const at of reached) if (parts[at] === '*' || parts[at] === '**') reached.add(at + 1);
  return reached;
}
