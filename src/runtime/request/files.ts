import { asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';

/** A file among the inputs: `{ "file": "PATH" }`, or `{ "base64": "…", "name": "a.pdf" }`. */
export interface InputFile {
  bytes: Buffer;
  name: string;
}

/** Reads a file that an input names. @throws UserError where that is impossible */
export type ReadFile = (path: string) => InputFile;

export const isFileInput = (value: Json): value is JsonObject =>
  isObject(value) && (typeof getOwn(value, 'file') === 'string' || typeof getOwn(value, 'base64') === 'string');

/** @returns undefined for what is neither of the two forms, and for what isn't Base64 */
export function readFileInput(value: Json, read: ReadFile): InputFile | undefined {
  const path = asString(getOwn(value, 'file'));
  if (path !== undefined) {
    const file = read(path);
    return { bytes: file.bytes, name: asString(getOwn(value, 'name')) ?? file.name };
  }
  const text = asString(getOwn(value, 'base64'))?.replaceAll(/\s/g, '');
  if (text === undefined || !/^[\w+/-]*={0,2}$/.test(text)) return undefined;
  return { bytes: Buffer.from(text, 'base64'), name: asString(getOwn(value, 'name')) ?? 'file' };
}
