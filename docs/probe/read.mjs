#!/usr/bin/env node
/**
 * Reads the log of the echo service, and prints what it settles.
 *
 *   node read.mjs probe.jsonl [--format text|markdown|json]
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { questions } from './questions.mjs';

/** @typedef {{ id: string, question: string, assumed: string | null, answer: string | null, agrees: boolean | null }} Row */

/**
 * @param {string} log a JSON object per line
 * @returns {Row[]} a row for each question; `answer` is null where the log doesn't say
 * @throws {SyntaxError} for a line that is not JSON, with its number
 */
export function readLog(log) {
  const evidence = evidenceOf(entriesOf(log));
  return questions.map(({ id, question, assumed = null, settle }) => {
    const answer = settle(evidence) ?? null;
    const agrees = answer === null || assumed === null ? null : answer.startsWith(assumed);
    return { id, question, assumed, answer, agrees };
  });
}

/** @param {string} log @returns {Record<string, any>[]} */
const entriesOf = (log) =>
  log.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch {
      throw new SyntaxError(`line ${index + 1} is not JSON: is it the log of the echo service?`);
    }
  });

/** @param {Record<string, any>[]} entries @returns {import('./questions.mjs').Evidence} */
function evidenceOf(entries) {
  const requests = entries.filter(({ kind }) => kind === 'request').map(asRequest);
  const reports = entries.filter(({ kind }) => kind === 'report');
  return {
    // a path that ends in a slash is the beginning of several
    seen: (path) => requests.filter((each) => (path.endsWith('/') ? each.path.startsWith(path) : each.path === path)),
    told: (operation) => {
      const found = reports.filter((each) => each.operation === operation).at(-1);
      return found && asTold(found);
    },
    times: () =>
      reports.flatMap((report) => {
        const seconds = /^ScriptTime (\d+)$/.exec(String(report.operation))?.[1];
        return seconds === undefined ? [] : [[Number(seconds), asTold(report)]];
      }),
  };
}

/** @param {Record<string, any>} entry @returns {import('./questions.mjs').Seen} */
const asRequest = ({ method, path, query, headers, body }) => ({
  method: String(method ?? ''),
  path: String(path ?? ''),
  query: String(query ?? ''),
  headers: headers ?? {},
  body: String(body ?? ''),
});

/** @param {Record<string, any>} report @returns {import('./questions.mjs').Told} */
function asTold({ status, headers, answer }) {
  const pairs = Object.entries(parsed(headers) ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status: String(status ?? ''), headers: Object.fromEntries(pairs), answer: parsed(answer) };
}

/** @param {unknown} text */
function parsed(text) {
  try {
    return JSON.parse(String(text ?? ''));
  } catch {
    return undefined;
  }
}

const verdict = { true: 'as assumed', false: 'NOT as assumed', null: '' };

/** @type {Record<string, (rows: Row[]) => string>} */
const formats = {
  text: (rows) => {
    const width = Math.max(...rows.map(({ id }) => id.length));
    const lines = rows.map(
      ({ id, answer, agrees }) =>
        `${id.padEnd(width)}  ${answer ?? '(the log does not say)'}${agrees === null ? '' : `  [${verdict[`${agrees}`]}]`}`,
    );
    const open = rows.filter(({ answer }) => answer === null).length;
    return `${lines.join('\n')}\n\n${rows.length - open} of ${rows.length} settled\n`;
  },
  markdown: (rows) => {
    const lines = rows.map(
      ({ id, question, assumed, answer }) => `| \`${id}\` | ${question} | ${assumed ?? '–'} | ${answer ?? '?'} |`,
    );
    return `| id | question | assumed | seen |\n| --- | --- | --- | --- |\n${lines.join('\n').replaceAll(/[<>]/g, '')}\n`;
  },
  json: (rows) => `${JSON.stringify({ questions: rows }, null, 2)}\n`,
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const words = process.argv.slice(2);
  const at = words.indexOf('--format');
  const format = at < 0 ? 'text' : (words[at + 1] ?? '');
  const [file] = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  if (file === undefined || !Object.hasOwn(formats, format)) {
    console.error(`usage: node read.mjs LOG [--format ${Object.keys(formats).join('|')}]`);
    process.exit(2);
  }
  try {
    process.stdout.write(formats[format]?.(readLog(readFileSync(file, 'utf8'))) ?? '');
  } catch (error) {
    console.error(`error: ${file}: ${error instanceof Error ? error.message : error}`);
    process.exit(2);
  }
}
