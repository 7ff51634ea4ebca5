import { type TextKind, textKinds } from '../connector/derived-texts.ts';
import { isObject, type Json } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { onOneLine } from '../shown.ts';
import { rowKeys, type TextRow } from './rows.ts';

/** The formats in which texts go to a writer and come back. */

type Format = 'text' | 'json' | 'csv' | 'markdown';
export const textFormats = ['text', 'json', 'csv', 'markdown'] as const satisfies readonly Format[];

type TextFormat = (typeof textFormats)[number];

/** @param format the first one where it is none of `textFormats` */
export function printRows(rows: readonly TextRow[], format: string): string {
  const [usual] = textFormats;
  return printers[textFormats.find((name) => name === format) ?? usual](rows);
}

const printers: Readonly<Record<TextFormat, (rows: readonly TextRow[]) => string>> = {
  text: (rows) => forPeople(rows),
  json: (rows) => `${JSON.stringify(rows, null, 2)}\n`,
  csv: (rows) => [rowKeys, ...rows.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join(''),
  markdown: (rows) =>
    [rowKeys, rowKeys.map(() => '---'), ...rows.map((row) => cellsOf(row).map(markdownCell))]
      .map((cells) => `| ${cells.join(' | ')} |\n`)
      .join(''),
};

const cellsOf = (row: TextRow): string[] => rowKeys.map((key) => row[key]);

const csvCell = (text: string): string => (/[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const markdownCell = (text: string): string => onOneLine(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|');

function forPeople(rows: readonly TextRow[]): string {
  const lines = rows.flatMap(({ owner, kind, name, text }, index) => [
    ...(owner === rows[index - 1]?.owner ? [] : [onOneLine(owner)]),
    `  ${onOneLine(`${name || kind.replace('operation-', '')}: ${text}`)}`,
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * The rows of a file that a writer has filled: JSON, a table in Markdown, or CSV with commas, semicolons or tabs. Columns
 * may have any order; further ones are ignored.
 *
 * @throws UserError naming the file, and the row where there is one
 */
export function readRows(contents: string, file: string): TextRow[] {
  const text = contents.replace(/^\uFEFF/, '');
  const start = text.trimStart();
  if (start.startsWith('[') || start.startsWith('{')) return rowsOfJson(start, file);
  const cells = start.startsWith('|') || /^\|/m.test(start) ? markdownCells(text) : csvCells(text);
  const [header = [], ...rest] = cells;
  const columns = header.map((name) => name.trim().toLowerCase());
  const missing = rowKeys.filter((key) => !columns.includes(key));
  if (missing.length > 0) {
    throw new UserError(`${file}: there is no column "${missing.join('", "')}"`, {
      hint: 'begin with a list of: pp-connector texts --format csv, or --format markdown, or --format json',
    });
  }
  return rest.map((row, index) => {
    if (row.length > columns.length) {
      throw new UserError(`${file}: row ${index + 2} has ${row.length} cells, and the first row ${columns.length}`, {
        hint: 'put a text that has the separator in it into double quotes; in Markdown write \\| for a bar',
      });
    }
    return rowFrom(Object.fromEntries(columns.map((name, at) => [name, row[at] ?? ''])), `${file}: row ${index + 2}`);
  });
}

function rowsOfJson(text: string, file: string): TextRow[] {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new UserError(`${file}: is not valid JSON: ${(error as Error).message}`, {
      hint: 'repair the file; pp-connector texts --format json writes one to begin with',
      cause: error,
    });
  }
  if (!Array.isArray(value)) {
    throw new UserError(`${file}: must hold a list of objects with ${rowKeys.join(', ')}`, {
      hint: 'pp-connector texts --format json writes one to begin with',
    });
  }
  return value.map((entry, index) => rowFrom(isObject(entry) ? entry : {}, `${file}: entry ${index + 1}`));
}

const kinds: ReadonlySet<string> = new Set(textKinds);

function rowFrom(value: Readonly<Record<string, unknown>>, where: string): TextRow {
  const cell = (key: keyof TextRow): string => {
    const found = value[key];
    if (typeof found === 'string') return key === 'text' ? found : found.trim();
    throw new UserError(`${where}: "${key}" must be a text`, { hint: `each has ${rowKeys.join(', ')}` });
  };
  const kind = cell('kind');
  if (!kinds.has(kind)) {
    throw new UserError(`${where}: kind is "${kind}"; it is one of ${textKinds.join(', ')}`, {
      hint: 'change nothing but the text of a row',
    });
  }
  return { owner: cell('owner'), kind: kind as TextKind, name: cell('name'), place: cell('place'), text: cell('text') };
}

/** Lines that begin with a bar; the line of dashes is none. */
function markdownCells(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trimStart().startsWith('|'))
    .map((line) => markdownRow(line.trim()).map((cell) => cell.trim().replaceAll(/\\([\\|])/g, '$1')))
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
}

/** The cells of a line that begins with a bar; a bar after a backslash belongs to its cell. */
function markdownRow(line: string): string[] {
  const cells: string[] = [];
  let start = 1;
  for (let at = 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '|') {
      cells.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return cells;
}

/** RFC 4180, with the separator that the first line has: spreadsheets of many countries write semicolons. */
function csvCells(text: string): string[][] {
  const [first = ''] = text.split('\n', 1);
  const separator = [',', ';', '\t'].find((candidate) => first.includes(candidate)) ?? ',';
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator || char === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (char === '\n') rows.push([]);
    } else if (char !== '\r' || text.charAt(at + 1) !== '\n') cell += char;
  }
  rows.at(-1)?.push(cell);
  return rows.filter((row) => row.some((entry) => entry.trim() !== ''));
}
