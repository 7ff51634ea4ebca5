import { isAscii, isUtf8 } from 'node:buffer';
import { type ParseError, parse as parseTolerant, printParseErrorCode } from 'jsonc-parser';
import { readRegular } from '../files/read.ts';
import { endOfRoot, findRepairs, repairJson } from './json/repair.ts';
import { isObject, type Json } from './json/value.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/** What a file is for the connector; the name on disk may vary (`readme.md`, `Readme.md`). */
export type FileRole = 'config' | 'definition' | 'properties' | 'settings' | 'icon' | 'script' | 'readme' | 'intro';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface SourceFile {
  role: FileRole;
  /** Absolute path. */
  path: string;
  bytes: Buffer;
}

export interface TextFile extends SourceFile {
  /** The decoded text without a byte-order mark; offsets of findings count in it. */
  text: string;
  encoding: Encoding;
  bom: boolean;
}

/** Where strict JSON is broken. */
export interface JsonProblem {
  /** Offset in `text`. */
  offset: number;
  /** What is wrong, for people, without position. */
  message: string;
  /** A tolerant reader goes on after it and loses nothing: comments, trailing commas, text after the value. */
  harmless: boolean;
}

export interface JsonFile extends TextFile {
  /** The value; for a broken file whatever could be read, for an unreadable one undefined. */
  value: Json | undefined;
  problems: JsonProblem[];
  /** Some problem is not harmless: rules that look at the content would be guessing. */
  unreliable: boolean;
}

export const readBinary = (role: FileRole, path: string): SourceFile => ({ role, path, bytes: readRegular(path) });

export const readText = (role: FileRole, path: string): TextFile => decode(readBinary(role, path));

export const readJson = (role: FileRole, path: string): JsonFile => parseJson(readText(role, path));

/** UTF-8, or UTF-16 by its byte-order mark, or else Windows-1252, which every byte sequence is. */
export function decode(file: SourceFile): TextFile {
  const { bytes } = file;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { ...file, text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le', bom: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { ...file, text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be', bom: true };
  }
  // most files; every decoder reads them alike, and this one soonest
  if (isAscii(bytes)) return { ...file, text: bytes.toString('latin1'), encoding: 'utf-8', bom: false };
  if (!isUtf8(bytes)) {
    return { ...file, text: decodeWindows1252(bytes), encoding: 'windows-1252', bom: false };
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { ...file, text: bytes.toString('utf8', bom ? 3 : 0), encoding: 'utf-8', bom };
}

/** Strict JSON where it is, else a tolerant reading with every problem's position. */
export function parseJson(file: TextFile): JsonFile {
  try {
    return { ...file, value: JSON.parse(file.text), problems: [], unreliable: false };
  } catch {
    return { ...file, ...readTolerantly(file.text) };
  }
}

/** The file as strict JSON in UTF-8; undefined where its slips have no certain remedy. */
export function repairedJson(file: TextFile): JsonFile | undefined {
  const text = repairJson(file.text);
  if (text === undefined) return undefined;
  const bom = file.bom && file.encoding === 'utf-8';
  return parseJson({ ...file, text, bytes: Buffer.from((bom ? '\uFEFF' : '') + text), encoding: 'utf-8', bom });
}

function readTolerantly(text: string): Pick<JsonFile, 'value' | 'problems' | 'unreliable'> {
  if (text.trim() === '') {
    return {
      value: undefined,
      problems: [{ offset: 0, message: 'the file is empty', harmless: false }],
      unreliable: true,
    };
  }
  const format = otherFormat(text);
  if (format !== undefined) {
    return { value: undefined, problems: [{ offset: 0, message: format, harmless: false }], unreliable: true };
  }
  const end = repairJson(text) === undefined ? endOfRoot(text) : text.length;
  const root = text.slice(0, end);
  const repaired = repairJson(root);
  if (repaired !== undefined) {
    const value: Json = JSON.parse(repaired);
    const problems = findRepairs(root).map(({ offset, message }) => ({ offset, message, harmless: true }));
    const rest = text.slice(end).search(/\S/);
    if (rest >= 0) {
      problems.push({ offset: end + rest, message: 'text after the end of the JSON value', harmless: true });
    }
    return { value, problems, unreliable: !isObject(value) };
  }
  const errors: ParseError[] = [];
  let value: Json | undefined;
  try {
    value = parseTolerant(text, errors, { allowTrailingComma: false, disallowComments: true }) as Json | undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      value: undefined,
      problems: [{ offset: 0, message: 'nested too deeply', harmless: false }],
      unreliable: true,
    };
  }
  const problems = errors
    .slice(0, manyProblems)
    .map((error) => describe(error, text))
    .filter((problem, index, all) => problem.offset !== all[index - 1]?.offset);
  const unreliable = !isObject(value) || errors.length > manyProblems || problems.some((problem) => !problem.harmless);
  return { value, problems, unreliable };
}

/** What a text is that was never meant as JSON, so that the first character that doesn't fit isn't what is wrong. */
function otherFormat(text: string): string | undefined {
  if (/^\s*</.test(text)) return 'this is HTML or XML, such as the page of a server; the file must be JSON';
  // the first line that isn't a comment: a key without quotes before a colon, at the margin
  const line = text.split(/\r?\n/, 200).find((candidate) => !/^\s*(?:#|$)/.test(candidate)) ?? '';
  return /^(?:%YAML|---(?:\s|$)|[A-Za-z_][\w-]*\s*:(?:\s|$))/.test(line)
    ? 'this is YAML, and the file must be JSON; pp-connector import FILE reads YAML'
    : undefined;
}

/** Of a text that isn't JSON at all the first problems say enough; each costs a look at the text around it. */
const manyProblems = 50;

function describe(error: ParseError, text: string): JsonProblem {
  const code = printParseErrorCode(error.error);
  const message = problemTexts[code] ?? 'this is not JSON';
  const isTrailingComma = /^\s*[}\]]/.test(text.slice(error.offset)) && /,\s*$/.test(text.slice(0, error.offset));
  if (isTrailingComma) {
    const offset = text.lastIndexOf(',', error.offset - 1);
    return { offset, message: 'a comma before a closing bracket', harmless: true };
  }
  return { offset: error.offset, message, harmless: harmlessCodes.has(code) };
}

/** By jsonc-parser's error codes. */
const problemTexts: Record<string, string> = {
  InvalidSymbol: 'an unknown word where a value must be',
  InvalidNumberFormat: 'a number that JSON does not allow',
  PropertyNameExpected: 'a property name in double quotes must be here',
  ValueExpected: 'a value must be here',
  ColonExpected: 'a colon must be here',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'text after the end of the JSON value',
  InvalidCommentToken: 'a comment, which JSON does not allow',
  UnexpectedEndOfComment: 'a comment that does not end',
  UnexpectedEndOfString: 'a string that does not end on its line',
  UnexpectedEndOfNumber: 'an unfinished number',
  InvalidUnicode: 'an invalid \\u escape',
  InvalidEscapeCharacter: 'an invalid escape after a backslash',
  InvalidCharacter: 'a control character inside a string',
};

const harmlessCodes = new Set([
  'InvalidCommentToken',
  'InvalidCharacter',
  'EndOfFileExpected',
  'InvalidEscapeCharacter',
]);
