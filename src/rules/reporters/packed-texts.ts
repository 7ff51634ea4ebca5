/** Looked up when it is needed, which for a few connectors it isn't: it takes a while to start. */
const zlib = () => process.getBuiltinModule('node:zlib');

/** Characters that are kept as they are, before they are packed together: a report of a few connectors rarely has more. */
const plainLength = 250_000;

/**
 * Texts that can't be printed yet, since something before them is known at the end only: those of a thousand connectors are
 * many times as large as what else is in memory, and repeat themselves.
 */
export class PackedTexts {
  private readonly packed: { length: number; bytes: Buffer }[] = [];
  private plain: string[] = [];
  private length = 0;
  /** Used again and again: memory outside of the heap, which buffers are in, is given back late. */
  private buffer = Buffer.alloc(0);

  push(text: string): void {
    this.plain.push(text);
    this.length += text.length;
    if (this.length <= plainLength) return;
    const texts = this.plain.join('');
    const length = Buffer.byteLength(texts);
    if (length > this.buffer.length) this.buffer = Buffer.alloc(2 * length);
    this.buffer.write(texts);
    this.packed.push({ length, bytes: zlib().deflateRawSync(this.buffer.subarray(0, length), { level: 1 }) });
    this.plain = [];
    this.length = 0;
  }

  /** One after the other, as they were; some together. */
  *[Symbol.iterator](): Generator<string> {
    for (const { length, bytes } of this.packed) yield zlib().inflateRawSync(bytes, { chunkSize: length }).toString();
    yield* this.plain;
  }
}
