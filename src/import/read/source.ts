import { below } from '../../connector/json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { ReportCode } from '../report-codes.ts';

/** One file of a description, read and parsed. `uri` is what references in it are resolved against. */
export interface SourceFile {
  readonly uri: string;
  readonly root: Json;
  /** As it was read, for keeping a copy. */
  readonly bytes: Uint8Array;
}

/** Something a reader noticed in the text itself, before its meaning was known. */
export interface ReadingNote {
  readonly code: ReportCode;
  readonly severity: 'info' | 'lossy' | 'dropped';
  readonly pointer: string;
  readonly message: string;
}

/** A whole description: the file named by the user and every file that it refers to. */
export interface LoadedSource {
  readonly root: SourceFile;
  /** By uri, the root among them. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** References that may not be followed, by uri, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
  /** Referenced files that aren't there, as they are written in the references. */
  readonly missing: readonly string[];
  /** Where it was downloaded from: relative servers are resolved against it. */
  readonly url: string | undefined;
  /** Digest of the root file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly notes: readonly ReadingNote[];
}

/** A node of the source with its place. Nodes of other files carry the pointer they would have if written in place. */
export interface Located<T extends Json = Json> {
  readonly value: T;
  readonly at: string;
  readonly file: SourceFile;
}

export function located<T extends Json>(value: T, at: string, file: SourceFile): Located<T> {
  return { value, at, file };
}

/** A member of an object or array node, or undefined. */
export function child(node: Located | undefined, key: string | number): Located | undefined {
  if (node === undefined) return undefined;
  const { value } = node;
  if (Array.isArray(value)) {
    const entry = value[Number(key)];
    return entry === undefined ? undefined : { value: entry, at: below(node.at, key), file: node.file };
  }
  if (!isObject(value) || !Object.hasOwn(value, String(key))) return undefined;
  const entry = value[String(key)];
  return entry === undefined ? undefined : { value: entry, at: below(node.at, key), file: node.file };
}

/** The members of an object node in source order; nothing for other nodes. */
export function members(node: Located | undefined): [string, Located][] {
  if (node === undefined || !isObject(node.value)) return [];
  return Object.entries(node.value).map(([key, value]) => [key, { value, at: below(node.at, key), file: node.file }]);
}

/** The entries of an array node; nothing for other nodes. */
export function elements(node: Located | undefined): Located[] {
  if (node === undefined || !Array.isArray(node.value)) return [];
  return node.value.map((value, index) => ({ value, at: below(node.at, index), file: node.file }));
}

export function isObjectNode(node: Located | undefined): node is Located<JsonObject> {
  return node !== undefined && isObject(node.value);
}
