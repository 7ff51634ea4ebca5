/**
 * What a program prints, in pieces that can be checked one by one: whole lines, and of an unfinished line, such as a
 * question, what can't become something else by what follows. Held back until then are the beginnings of commands to build
 * machines, of escape sequences and of characters, wherever the pieces of the program are cut.
 */
export class WholeLines {
  private held = '';

  push(chunk: Buffer): Buffer {
    const text = this.held + chunk.toString('latin1');
    // a carriage return ends a line, too, unless it is followed by what is still to come
    const start = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r', text.length - 2)) + 1;
    const tail = text.slice(start);
    const shown = start + (tail.length - unfinished(tail));
    this.held = text.slice(shown);
    return Buffer.from(text.slice(0, shown), 'latin1');
  }

  end(): Buffer {
    const rest = Buffer.from(this.held, 'latin1');
    this.held = '';
    return rest;
  }
}

/** Longer ones are not beginnings of anything that is known. */
const longest = 256;

const beginnings: readonly RegExp[] = [
  // ##vso[ and the like
  /#[#\w.-]*$/,
  // ::error, at the start of a line
  /^[\s\x1b[\dm]*:?$/,
  /\x1b\[?[\d;]*$/,
  /\r$/,
  // a character of several bytes in UTF-8
  /[\xc2-\xdf]$|[\xe0-\xef][\x80-\xbf]?$|[\xf0-\xf4][\x80-\xbf]{0,2}$/,
];

/** How much of the end of a line waits for what follows it; one character per byte. */
function unfinished(tail: string): number {
  const end = tail.slice(-longest);
  const isWhole = end.length === tail.length;
  const lengths = beginnings.map((beginning, index) =>
    index === 1 && !isWhole ? 0 : (beginning.exec(end)?.[0].length ?? 0),
  );
  return Math.max(...lengths);
}
