import { ArchiveRefused } from './refused.ts';

const mebibyte = 1024 * 1024;

/** What an archive may cost us. Real packages hold some hundred files of some mebibytes. */
export const limits = {
  /** Bytes of the file itself. */
  file: 128 * mebibyte,
  /** Bytes of one entry, inflated. */
  entry: 64 * mebibyte,
  /** Bytes of all entries of a file and of the archives in it, inflated. */
  total: 256 * mebibyte,
  /** Entries of a file and of the archives in it. */
  entries: 20_000,
  /** Inflated by deflated size, of entries above `ratioFrom`: text reaches 30, a bomb 1,000. */
  ratio: 200,
  ratioFrom: 4 * mebibyte,
} as const;

export type Limits = { readonly [Key in keyof typeof limits]: number };

export const mebibytes = (bytes: number): string => `${Math.ceil(bytes / mebibyte)} MiB`;

/** What is left for a file and all archives in it. */
export class Budget {
  readonly limits: Limits;
  private bytes = 0;
  private entries = 0;

  constructor(most: Limits = limits) {
    this.limits = most;
  }

  /** @throws ArchiveRefused when that is too much; called with the declared sizes, before anything is inflated */
  spend(name: string, deflated: number, inflated: number): void {
    const { entry, total, ratio, ratioFrom } = this.limits;
    this.bytes += inflated;
    if (inflated > entry) throw new ArchiveRefused(`"${name}" is larger than ${mebibytes(entry)} when unpacked`);
    if (inflated > ratioFrom && inflated > deflated * ratio) {
      throw new ArchiveRefused(`"${name}" grows ${ratio}-fold and more when unpacked, as archive bombs do`);
    }
    if (this.bytes > total) throw new ArchiveRefused(`its files are larger than ${mebibytes(total)} when unpacked`);
  }

  /** @throws ArchiveRefused when there are too many */
  count(): void {
    this.entries += 1;
    if (this.entries > this.limits.entries) {
      throw new ArchiveRefused(`it holds more than ${this.limits.entries} files`);
    }
  }
}
