import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { findConnector, findRepositoryRoot } from '../connector/find.ts';
import { type Connector, withFiles } from '../connector/load.ts';
import type { FileRole, SourceFile } from '../connector/source-file.ts';
import { isTestFile, testsFolder } from '../connector/test-files.ts';
import { whyLinkedOutside } from '../files/contained-path.ts';
import { loadReadable } from '../rules/engine/load-readable.ts';

/** Bytes, or characters, of a file that is looked at while it is typed. The service takes definitions of 1 MB. */
export const largestFile = 2_000_000;

/** What an editor has open, as it is there; everything else of a connector is as on the disk. */
export class OpenFiles {
  private readonly documents = new Map<string, TextDocument>();

  /** @returns its path; undefined for what is no file of this machine */
  open(document: TextDocument): string | undefined {
    const path = pathOf(document.uri);
    if (path !== undefined) this.documents.set(path, document);
    return path;
  }

  close(uri: string): void {
    const path = pathOf(uri);
    if (path !== undefined) this.documents.delete(path);
  }

  at(path: string): TextDocument | undefined {
    return this.documents.get(path);
  }

  paths(): string[] {
    return [...this.documents.keys()];
  }

  /** The connector in a folder, with what is typed into its files. @throws UserError when the folder is gone */
  connector(folder: string): Connector {
    const { connector } = loadReadable(folder);
    const typed = Object.entries(connector.location.files).flatMap(([role, path]): SourceFile[] => {
      const document = this.documents.get(path);
      return document === undefined ? [] : [{ role: role as FileRole, path, bytes: Buffer.from(document.getText()) }];
    });
    if (typed.length === 0) return connector;
    return { ...withFiles(connector, typed), defaults: connector.defaults };
  }
}

/** The file that a URI names; undefined for documents that were never saved, or are somewhere else. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export const uriOf = (path: string): string => pathToFileURL(path).href;

const isTestOf = (root: string, path: string): boolean =>
  path.startsWith(`${join(root, testsFolder)}${sep}`) && isTestFile(path);

/**
 * The folder of the connector that a file belongs to.
 *
 * @param path absolute
 * @returns undefined: it belongs to none, and nothing is said about it
 */
export function connectorOf(path: string): string | undefined {
  const parent = dirname(path);
  if (!existsSync(parent)) return undefined;
  for (const folder of [findRepositoryRoot(parent), parent]) {
    if (folder === undefined) continue;
    const { files, root } = findConnector(folder);
    const isOne = files.definition !== undefined || files.properties !== undefined;
    const isPart = Object.values(files).includes(path) || isTestOf(root, path);
    if (isOne && isPart && whyLinkedOutside(root, path) === undefined) return folder;
  }
  return undefined;
}
