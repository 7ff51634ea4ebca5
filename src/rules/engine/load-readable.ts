import { findConnector } from '../../connector/find.ts';
import { besidesFiles, type Connector, connectorFrom } from '../../connector/load.ts';
import { type FileRole, type JsonFile, readBinary, type SourceFile } from '../../connector/source-file.ts';
import type { findWorkspace } from '../../connector/workspace.ts';
import { whyLinkedOutside } from '../../files/contained-path.ts';
import { refusalOf } from '../../system-error.ts';

/** A file that is there but can't be read. */
export interface UnreadableFile {
  role: FileRole;
  /** Absolute. */
  path: string;
  /** In words. */
  reason: string;
}

export interface ReadableConnector {
  connector: Connector;
  /** Scripts, icons and documents that can't be read; for JSON files that is one of their problems. */
  unreadable: UnreadableFile[];
}

/**
 * Reads what can be read of the connector at `path`: a file that the operating system refuses, or that is a link which
 * leads out, is a finding, and all others are still checked.
 *
 * @param workspaceOf finds the workspace of a folder. Default: looks at the disk each time
 * @throws UserError when the path doesn't exist
 */
export function loadReadable(path: string, workspaceOf?: typeof findWorkspace): ReadableConnector {
  const location = findConnector(path);
  const files: SourceFile[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const [name, file] of Object.entries(location.files)) {
    const role = name as FileRole;
    // a single file was named by the user, wherever it leads
    const outside = location.layout === 'file' ? undefined : whyLinkedOutside(location.root, file);
    if (outside !== undefined) {
      unreadable.push({ role, path: file, reason: `this is a link, and ${outside}` });
      continue;
    }
    try {
      files.push(readBinary(role, file));
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      unreadable.push({ role, path: file, reason });
    }
  }
  const inJson = unreadable.filter(({ role }) => jsonRoles.has(role)).map((file) => [file.role, unreadJson(file)]);
  const besides = besidesFiles(location, workspaceOf);
  return {
    connector: { ...connectorFrom(location, files), ...besides, ...Object.fromEntries(inJson) },
    unreadable: unreadable.filter(({ role }) => !jsonRoles.has(role)),
  };
}

const jsonRoles: ReadonlySet<string> = new Set<FileRole>(['config', 'definition', 'properties', 'settings']);

const unreadJson = ({ role, path, reason }: UnreadableFile): JsonFile => ({
  role,
  path,
  bytes: Buffer.alloc(0),
  text: '',
  encoding: 'utf-8',
  bom: false,
  value: undefined,
  problems: [{ offset: 0, message: `the file can't be read: ${reason}`, harmless: false }],
  unreliable: true,
});
