/** The line begins a block of literal text, whose lines mean nothing: `description: |`. */
const blockStart = /(?:^|[\s:-])[|>][-+0-9]{0,2}$/;
/** What may be before a quoted value: keys, dashes, flow brackets. */
const valueStart = /(?:^|[:,[{-])\s*$/;

/**
 * Indents the further lines of quoted texts that begin left of where YAML wants them. Blanks at the beginning of such
 * lines don't count, so the value is the one that lenient readers see; numbers of lines stay the same.
 */
export function indentQuotedTexts(text: string): string {
  const lines = text.split('\n');
  let block: number | undefined;
  let open: { quote: string; margin: string } | undefined;
  for (const [index, line] of lines.entries()) {
    if (open !== undefined) {
      const end = closing(line, open.quote, 0);
      lines[index] = `${open.margin}${line}`;
      open = end < 0 ? open : openAt(line, end + 1);
      continue;
    }
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') continue;
    if (block !== undefined && indent > block) continue;
    block = blockStart.test(line.trimEnd()) ? indent : undefined;
    if (block === undefined) open = openAt(line, 0);
  }
  return lines.join('\n');
}

/** The quoted text that a line leaves open. */
function openAt(line: string, from: number): { quote: string; margin: string } | undefined {
  const margin = `${line.slice(0, line.length - line.trimStart().length)}  `;
  for (let at = from; at < line.length; at += 1) {
    const quote = line[at];
    if (quote === '#' && (at === 0 || line[at - 1] === ' ')) return undefined;
    if ((quote !== '"' && quote !== "'") || !valueStart.test(line.slice(Math.max(0, at - 40), at))) continue;
    const end = closing(line, quote, at + 1);
    if (end < 0) return { quote, margin };
    at = end;
  }
  return undefined;
}

/** Where a quoted text ends in this line; -1 when it goes on. */
function closing(line: string, quote: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    if (quote === '"' && line[at] === '\\') at += 1;
    else if (line[at] !== quote) continue;
    else if (quote === "'" && line[at + 1] === quote) at += 1;
    else return at;
  }
  return -1;
}
