import type { SourceFile } from '../../connector/source-file.ts';

/** Icons: what the header says, and the pixels. */

export interface PngHeader {
  width: number;
  height: number;
}

export interface Pixels extends PngHeader {
  /** Red, green, blue, alpha of each pixel, row by row. */
  data: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Width and height as the header states them; undefined for a file that isn't a PNG. Works also where the pixels are broken. */
export function readPngHeader(bytes: Buffer): PngHeader | undefined {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(signature) || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    return undefined;
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Far above any icon; a header that claims more isn't worth the memory. */
const maxSide = 2048;

/** An icon with its pixels; undefined when they can't be decoded. */
export interface PictureFile extends SourceFile {
  readonly pixels: Pixels | undefined;
}

/** Gives the pixels; undefined when they can't be decoded or the picture is absurdly large. */
export type DecodePng = (bytes: Buffer) => Pixels | undefined;

export async function loadPngDecoder(): Promise<DecodePng> {
  const { PNG } = await import('pngjs');
  return (bytes) => decode(bytes, PNG);
}

function decode(bytes: Buffer, decoder: typeof import('pngjs').PNG): Pixels | undefined {
  const header = readPngHeader(bytes);
  if (header === undefined || header.width > maxSide || header.height > maxSide) return undefined;
  try {
    const { width, height, data } = decoder.sync.read(withoutTrailer(bytes));
    return { width, height, data };
  } catch {
    return undefined; // the rule about the file's kind says so
  }
}

/** Viewers don't mind what is after the last chunk; the decoder does. */
function withoutTrailer(bytes: Buffer): Buffer {
  let end = signature.length;
  while (end + 12 <= bytes.length) {
    const isLast = bytes.toString('latin1', end + 4, end + 8) === 'IEND';
    end += 12 + bytes.readUInt32BE(end);
    if (isLast) return bytes.subarray(0, end);
  }
  return bytes;
}
