import { basename } from 'node:path';
import { type Connector, connectorFrom } from '../connector/load.ts';
import type { FileRole, SourceFile } from '../connector/source-file.ts';

/** The connector with new or changed README.md and INTRO.md. @param documents absolute path → text */
export function addDocuments(connector: Connector, documents: ReadonlyMap<string, string>): Connector {
  const { config, definition, properties, settings, icon, script, readme, intro, location } = connector;
  const all = [config, definition, properties, settings, icon, script, readme, intro].filter(
    (file) => file !== undefined,
  );
  const files = new Map<FileRole, SourceFile>(all.map((file) => [file.role, file]));
  for (const [path, text] of documents) {
    const role = /^intro\.md$/i.test(basename(path)) ? 'intro' : 'readme';
    files.set(role, { role, path, bytes: Buffer.from(text) });
  }
  const paths = [...files].map(([role, file]) => [role, file.path]);
  return connectorFrom({ ...location, files: Object.fromEntries(paths) }, [...files.values()]);
}
