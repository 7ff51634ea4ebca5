/**
 * Brings their changes into a text that its author has edited.
 *
 * A change finds its place by the lines around it, which may be the wrong one where lines are repeated. So both ways have
 * to end at the same text: their changes put into ours, and ours put into theirs.
 *
 * @returns undefined when both changed the same lines
 */
export async function mergeText(base: string, ours: string, theirs: string): Promise<string | undefined> {
  if (ours === theirs || base === theirs) return ours;
  if (base === ours) return theirs;
  const { applyPatch, structuredPatch } = await import('diff');
  const apply = (text: string, changed: string): string | false =>
    applyPatch(text, structuredPatch('', '', base, changed), { fuzzFactor: 0 });
  const merged = apply(ours, theirs);
  return merged !== false && merged === apply(theirs, ours) ? merged : undefined;
}
