/**
 * Takes secrets out of a stream of bytes. A secret may be split over two chunks, so the shortest tail that could be
 * the beginning of one is held back; everything else passes at once and unchanged, whatever its encoding is.
 */
export class Redactor {
  private readonly secrets: readonly string[];
  private held = '';

  constructor(secrets: readonly string[]) {
    const forms = secrets.filter((secret) => secret !== '').flatMap(spellings);
    this.secrets = [...new Set(forms)].sort((a, b) => b.length - a.length).map(toBytes);
  }

  push(chunk: Buffer): Buffer {
    let text = this.held + chunk.toString('latin1');
    for (const secret of this.secrets) text = text.replaceAll(secret, '***');
    const tail = Math.max(0, ...this.secrets.map((secret) => unfinished(text, secret)));
    this.held = text.slice(text.length - tail);
    return Buffer.from(text.slice(0, text.length - tail), 'latin1');
  }

  end(): Buffer {
    const rest = Buffer.from(this.held, 'latin1');
    this.held = '';
    return rest;
  }
}

/** A secret as itself, and as programs write it inside of JSON, of a URL or form, and of XML. */
export function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  return [
    secret,
    json,
    asCodes(json, /[^ -~]/g),
    // .NET escapes more than JSON asks for
    asCodes(secret.replaceAll('\\', '\\\\'), /[^ -~]|["&'+<>`]/g, 'upper'),
    url,
    url.replaceAll(/%../g, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
    new URLSearchParams({ '': secret }).toString().slice(1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ];
}

/** With the characters that `pattern` finds as `\uXXXX`. */
function asCodes(text: string, pattern: RegExp, letters?: 'upper'): string {
  return text.replaceAll(pattern, (unit) => {
    const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${letters === 'upper' ? code.toUpperCase() : code}`;
  });
}

/** One character per byte, like the stream. */
const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Length of the longest end of `text` that is a beginning of `secret`. */
function unfinished(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length -= 1) {
    if (secret.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}

/** A text that names secrets, for people. */
export const masked = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret !== '')
    // one may begin with another one
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
