import type { Connector } from '../../connector/load.ts';
import { loadCSharpParser } from '../parsers/csharp.ts';
import { loadMarkdownParser } from '../parsers/markdown.ts';
import { loadPngDecoder } from '../parsers/png.ts';

/**
 * Loads what the files of this connector need, and nothing else: most connectors have no script and no icon, and
 * loading is most of the time that one connector costs. To be awaited before rules run; rules themselves never wait.
 */
export async function loadParsers(files: Partial<Connector>): Promise<void> {
  await Promise.all([
    files.icon === undefined ? undefined : loadPngDecoder(),
    files.readme === undefined && files.intro === undefined ? undefined : loadMarkdownParser(),
    files.script === undefined ? undefined : loadCSharpParser(),
  ]);
}
