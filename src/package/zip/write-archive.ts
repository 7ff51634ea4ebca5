import { buffer } from 'node:stream/consumers';

/** One file of an archive to be written. */
export type ArchiveContent = readonly [name: string, bytes: Buffer];

/** The begin of the format's calendar: an archive depends on its contents only, not on when it was made. */
const noDate = (): Date => new Date(1980, 0, 1);

/** Packs files in the order given. The same files give the same bytes. */
export async function writeArchive(contents: readonly ArchiveContent[]): Promise<Buffer> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  for (const [name, bytes] of contents) {
    zip.addBuffer(bytes, name, {
      mtime: noDate(),
      forceDosTimestamp: true,
      mode: 0o100644,
      // an archive in an archive doesn't get any smaller
      compress: !name.toLowerCase().endsWith('.zip'),
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}
