import { asObject, isObject, type Json } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import type { ExternalCommand } from '../process/command.ts';
import type { Environment } from './environment.ts';
import { guidsIn, isGuid } from './guid.ts';
import { errorLineOf, saysNoConnectors, withoutConnection } from './pac-languages.ts';
import { type PacOptions, pacError, runPacPatiently } from './run-pac.ts';

/** A connector of an environment, as far as pac tells. */
export interface ListedConnector {
  /** GUID in lower case. */
  id: string;
  /** Everything else in its row: titles, names, dates; which is which is documented nowhere. */
  cells: string[];
  /** The cells are certain; in a table of text the borders of columns are guesses. */
  isExact: boolean;
}

/**
 * The connectors of an environment that belong to a solution; pac lists no others.
 *
 * @param environment undefined: the one that pac is signed in to
 * @param cwd any folder
 * @throws UserError (exit status 1) when pac fails, or prints something that is not a list
 */
export async function listConnectors(
  environment: Environment | undefined,
  cwd: string,
  options: PacOptions,
): Promise<ListedConnector[]> {
  // the list is for us, not for people, unless it fails
  const silent: PacOptions = { ...options, onOutput: () => {} };
  let result = await runPacPatiently(listCommand(environment, cwd, ['--json']), silent);
  // older versions have no --json, and may call it by another spelling
  const isOld = result.failure !== undefined && /\bjson\b/i.test(result.output);
  if (isOld) result = await runPacPatiently(listCommand(environment, cwd, []), silent);
  const { output, failure } = result;
  if (failure !== undefined) {
    options.onOutput(Buffer.from(output));
    throw pacError(result);
  }
  const found = parseConnectorList(output);
  if (found !== undefined) return found;
  options.onOutput(Buffer.from(output));
  throw new UserError(
    'pac connector list printed no list of connectors, so that nobody knows whether this one exists',
    {
      hint: 'try again; or say what is to be done: --connector-id GUID to update that one, --create to create a new one',
      exitStatus: 1,
    },
  );
}

const listCommand = (environment: Environment | undefined, cwd: string, more: string[]): ExternalCommand => ({
  program: 'pac',
  args: [
    ...['connector', 'list'],
    ...(environment === undefined ? [] : ['--environment', environment.target]),
    ...more,
  ],
  cwd,
});

/**
 * Reads what `pac connector list` printed, as JSON or as a table. Neither form is documented, so that only what they
 * must have counts: a row has a GUID.
 *
 * @returns undefined: this is not a list; an empty one: there are no connectors
 */
export function parseConnectorList(output: string): ListedConnector[] | undefined {
  const lines = withoutConnection(output.replaceAll(/\u001b\[[\d;]*m/g, '').split(/\r?\n/));
  const text = lines.join('\n');
  const json = parseJsonList(text);
  if (json === 'broken') return undefined;
  // an empty array may be the name of something
  if (json !== undefined && json.length > 0) return json;
  // columns are as wide as the widest of their cells, so that a cell is below its heading
  const first = lines.findIndex((line) => guidsIn(line).length > 0);
  const heading = lines.slice(0, first).findLast((line) => /\bid\b/i.test(line)) ?? '';
  const found = lines.flatMap((line) => rowOfText(line, heading) ?? []);
  if (found.length > 0) return found;
  if (errorLineOf(text) !== undefined) return undefined;
  return json ?? (isEmptyTable(text, lines) ? [] : undefined);
}

/** An empty table has a heading, or a sentence says that there are none, or nothing is said but who is signed in. */
function isEmptyTable(text: string, lines: readonly string[]): boolean {
  if (lines.some(saysNoConnectors)) return true;
  const isReadable = !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
  const isHeading = (line: string): boolean => /\bconnector[ _-]?id\b|\bid\b/i.test(line) && /\S\s{2,}\S|\|/.test(line);
  return isReadable && (lines.every((line) => line.trim() === '') || lines.some(isHeading));
}

/** Where an array or an object may begin: names of environments begin with a brace, too. */
const jsonStart = /^[ \t]*(?:\[\s*(?:[{\]]|$)|\{\s*(?:["}]|$))/gm;

/** @returns undefined: there is no JSON; 'broken': half of an array must not pass for a table */
function parseJsonList(text: string): ListedConnector[] | 'broken' | undefined {
  const starts = [...text.matchAll(jsonStart)].map(({ index }) => index);
  // the list itself, not one of the rows inside it, so that the first that can be read counts
  const rows = starts.map((start) => jsonRows(text.slice(start))).find((found) => found !== undefined);
  if (rows === undefined) return starts.length > 0 ? 'broken' : undefined;
  const found = rows.flatMap((row) => rowOfJson(row) ?? []);
  // rows without any id would look like an environment without connectors
  return found.length === 0 && rows.length > 0 ? 'broken' : found;
}

/** The array, also inside an object and with other lines after it. */
function jsonRows(text: string): Json[] | undefined {
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'));
  try {
    const value: Json = JSON.parse(text.slice(0, end + 1));
    return Array.isArray(value) ? value : Object.values(asObject(value)).find((item) => Array.isArray(item));
  } catch {
    return undefined;
  }
}

/** What a row says about others than the connector: a person or a solution may be called as the connector is. */
const ofOthers = /^(owner|owning|publisher|created|modified|solution|environment|organi[sz]ation|description|tenant)/i;

function rowOfJson(row: Json): ListedConnector | undefined {
  if (!isObject(row)) return undefined;
  const texts = Object.entries(row).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const ids = texts.filter(([, value]) => isGuid(value));
  const named = ids.find(([key]) => /^(connector[ _-]?)?id$/i.test(key));
  const [, id] = named ?? (ids.length === 1 ? ids[0] : undefined) ?? [];
  if (id === undefined) return undefined;
  const cells = texts.flatMap(([key, value]) => (ofOthers.test(key) || isGuid(value) ? [] : value.trim() || []));
  return { id: id.toLowerCase(), cells, isExact: true };
}

function rowOfText(line: string, heading: string): ListedConnector | undefined {
  const [id, ...others] = guidsIn(line);
  if (id === undefined || others.length > 0) return undefined;
  // as long as before, so that what is behind it stays below its heading
  const rest = line.replace(new RegExp(id, 'i'), '\t'.repeat(id.length));
  const cells = [...rest.matchAll(/[^\s|]+(?: [^\s|]+)*/g)]
    .filter(({ index }) => !ofOthers.test(heading.slice(index)))
    .map(([cell]) => cell);
  return { id, cells, isExact: false };
}

/**
 * Those that may be the connector with this title: where a row has the title as a cell of its own, only such rows; else,
 * in a table of text, those that hold it somewhere.
 *
 * @returns `isCertain`: the title is there exactly
 */
export function connectorsTitled(
  title: string,
  listed: readonly ListedConnector[],
): { found: ListedConnector[]; isCertain: boolean } {
  const wanted = title.trim().toLowerCase();
  // as the cells of a row of text come out
  const wantedWords = wanted.split(/[\s|]+/).join(' ');
  const exact = listed.filter(({ cells }) => cells.some((cell) => cell.toLowerCase() === wanted));
  if (exact.length > 0) return { found: exact, isCertain: true };
  const within = listed.filter(
    ({ isExact, cells }) => !isExact && ` ${cells.join(' ').toLowerCase()} `.includes(` ${wantedWords} `),
  );
  return { found: within, isCertain: false };
}
