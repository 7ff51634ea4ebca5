import { createScanner } from 'jsonc-parser';
import { type JsonFile, parseJson, type TextFile } from './source-file.ts';

/**
 * Mends what is certain in malformed JSON: commas before a closing bracket, comments, raw control characters in
 * strings, another encoding than UTF-8. Everything else stays as it is.
 *
 * @returns the file as UTF-8 with its new text; still with problems where something wasn't certain
 */
export function repairJson(file: TextFile): JsonFile {
  const text = escapeControlCharacters(dropCommasAndComments(file.text));
  const bytes = Buffer.from((file.bom && file.encoding === 'utf-8' ? '\uFEFF' : '') + text);
  return parseJson({ ...file, text, bytes, encoding: 'utf-8', bom: file.bom && file.encoding === 'utf-8' });
}

function dropCommasAndComments(text: string): string {
  const scanner = createScanner(text, false);
  const cuts: { from: number; to: number }[] = [];
  let comma: { from: number; to: number } | undefined;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const from = scanner.getTokenOffset();
    const token = { from, to: from + scanner.getTokenLength() };
    const source = text.slice(token.from, token.to);
    if (/^\/[/*]/.test(source)) {
      cuts.push(token);
    } else if (source === ',') {
      comma = token;
    } else if (source.trim() !== '') {
      if (comma !== undefined && (source === '}' || source === ']')) cuts.push(comma);
      comma = undefined;
    }
  }
  let result = '';
  let at = 0;
  for (const { from, to } of cuts.sort((a, b) => a.from - b.from)) {
    result += text.slice(at, from);
    at = to;
  }
  return result + text.slice(at);
}

/** Inside strings only; a line break there is left alone, since where the string ends is then a guess. */
function escapeControlCharacters(text: string): string {
  return text.replaceAll(/"(?:[^"\\\r\n]|\\.)*"/g, (string) =>
    string.replaceAll(/[\u0000-\u001f]/g, (char) => JSON.stringify(char).slice(1, -1)),
  );
}
