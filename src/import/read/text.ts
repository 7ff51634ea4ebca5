import { duplicateKeysOf } from '../../connector/json/duplicate-keys.ts';
import { linesAndColumns } from '../../connector/json/locate.ts';
import { toPointer } from '../../connector/json/pointer.ts';
import { repairJson } from '../../connector/json/repair.ts';
import type { Json } from '../../connector/json/value.ts';
import { ImportRefused, isRefusal } from '../refusal.ts';
import { columnOf, lineOf, maxDepth, maxNodes, tooBig } from './limits.ts';
import type { ReadingNote } from './source.ts';

export interface ParsedText {
  value: Json;
  notes: ReadingNote[];
}

/** Bytes → text: UTF-8 with or without byte-order mark, UTF-16 with one; what is neither was saved in Windows-1252. */
export function decodeText(bytes: Uint8Array): { text: string; notes: ReadingNote[] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), notes: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), notes: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      notes: [
        {
          code: 'encoding',
          severity: 'lossy',
          pointer: '',
          message: 'The file is not encoded in UTF-8: it was read as Windows-1252. Check letters with accents.',
        },
      ],
    };
  }
}

/**
 * Parses JSON or YAML, whichever the text is. The YAML reader is loaded only for text that is not JSON.
 *
 * @throws `ImportRefused`: `json-syntax`, `yaml-syntax` (with line and column), `source-too-big`.
 */
export async function parseText(text: string, name: string): Promise<ParsedText> {
  const looksLikeJson = /^\s*[{[]/.test(text);
  let jsonError: unknown;
  if (looksLikeJson) {
    try {
      return parseJson(text, name, []);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      jsonError = error;
    }
  }
  const strict = looksLikeJson ? repairJson(text) : undefined;
  if (strict !== undefined) return parseJson(strict, name, [commentsNote]);
  const { readYaml } = await import('./yaml.ts');
  try {
    const parsed = readYaml(text, name);
    checkSize(parsed.value, name);
    return parsed;
  } catch (error) {
    if (jsonError instanceof SyntaxError && isRefusal(error) && error.code === 'yaml-syntax') {
      throw new ImportRefused('json-syntax', `${name} is not valid JSON: ${describeJsonError(jsonError, text)}.`, {
        hint: 'Correct the file there, or export it again.',
        cause: jsonError,
      });
    }
    throw error;
  }
}

const commentsNote: ReadingNote = {
  code: 'json-comments',
  severity: 'info',
  pointer: '',
  message: 'Comments, or commas before closing brackets, were read over: they are not part of JSON.',
};

/** @throws SyntaxError for what is not strict JSON */
function parseJson(text: string, name: string, notes: readonly ReadingNote[]): ParsedText {
  const value = JSON.parse(text) as Json;
  checkSize(value, name);
  return { value, notes: [...notes, ...duplicateNotes(text, value)] };
}

function duplicateNotes(text: string, value: Json): ReadingNote[] {
  return duplicateKeysOf(text, value).map(({ path, key, offsets }) => {
    const [place] = linesAndColumns(text, offsets.slice(-1));
    return {
      code: 'duplicate-key',
      severity: 'lossy',
      pointer: toPointer((path ?? []).map(String)),
      message: `Key "${key}" occurs ${offsets.length === 2 ? 'twice' : `${offsets.length} times`} (line ${place?.line ?? 1}); the last one counts.`,
    };
  });
}

/** V8 names a position or, for short texts, quotes them; people want line and column. */
function describeJsonError(error: SyntaxError, text: string): string {
  const place = /position (\d+)/.exec(error.message);
  const offset = place?.[1] === undefined ? text.trimEnd().length : Number(place[1]);
  const reason = error.message.replace(/ in JSON at position.*$|,? ?"?\.\.\..*$|, ".*$/s, '');
  return `line ${lineOf(text, offset)}, column ${columnOf(text, offset)}: ${reason}`;
}

/** Refuses documents whose size or depth would exhaust memory or stack further on. Iterative on purpose. */
function checkSize(root: Json, name: string): void {
  const nodes: Json[] = [root];
  const depths: number[] = [0];
  let count = 0;
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const depth = depths.pop() ?? 0;
    count += 1;
    if (count > maxNodes) throw tooBig(name, `more than ${maxNodes.toLocaleString('en')} values`);
    if (typeof node !== 'object' || node === null) continue;
    if (depth > maxDepth) throw tooBig(name, `more than ${maxDepth} levels of nesting`);
    if (Array.isArray(node)) {
      for (const entry of node) {
        nodes.push(entry);
        depths.push(depth + 1);
      }
      continue;
    }
    for (const key in node) {
      const entry = node[key];
      if (entry === undefined) continue;
      nodes.push(entry);
      depths.push(depth + 1);
    }
  }
}
