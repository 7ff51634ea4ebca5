/** Looked up when it is needed, which for a few connectors it isn't: it takes a while to start. */
const zlib = () => process.getBuiltinModule('node:zlib');

/** Characters that are kept as they are; a report of a few connectors never has more. */
const plainLength = 4_000_000;

/**
 * Texts that can't be printed yet, since something before them is known at the end only: those of a thousand connectors are
 * many times as large as what else is in memory, and repeat themselves.
 */
export class PackedTexts {
  private readonly texts: (string | Buffer)[] = [];
  private length = 0;

  push(text: string): void {
    this.length += text.length;
    this.texts.push(this.length > plainLength ? zlib().deflateRawSync(text, { level: 1 }) : text);
  }

  /** One after the other, as they were. */
  *[Symbol.iterator](): Generator<string> {
    for (const text of this.texts) yield typeof text === 'string' ? text : zlib().inflateRawSync(text).toString();
  }
}
