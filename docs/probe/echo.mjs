#!/usr/bin/env node
import { appendFileSync } from 'node:fs';
/**
 * The echo service of the probe: answers every request with what it was, and writes down what came. It has no
 * dependencies and needs an address that Power Platform can call by https.
 *
 *   PORT=8080 node echo.mjs probe.jsonl
 *
 * GET /log has what was written. Headers that may hold secrets are noted as present, never with their value.
 */
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const maxBody = 64 * 1024;
const maxEntries = 5000;

/** Headers that the questions are about. */
const noted = ['content-type', 'content-length', 'x-probe-token', 'x-probe-null', 'x-probe-request'];
const secret = ['authorization', 'x-probe-key'];

/** What every question gets, so that policies have something to work on. @param {string} name @param {string} origin */
const answerOf = (name, origin) => ({
  name,
  text: 'a.c abc',
  next: `${origin}/echo/${name}?page=2`,
  summary: null,
  items: [{ id: 'a', value: 1 }, { value: 2 }],
});

/**
 * @param {{ write?: (line: string) => void }} options what happens with each line of the log, beside keeping it
 * @returns {import('node:http').Server} not yet listening
 */
export function createEcho({ write = () => {} } = {}) {
  /** @type {string[]} */
  const log = [];
  const counts = { tokens: 0, hooks: 0 };
  /** @param {Record<string, unknown>} entry */
  const note = (entry) => {
    if (log.length >= maxEntries) return;
    const line = JSON.stringify({ time: new Date().toISOString(), ...entry });
    log.push(line);
    write(`${line}\n`);
  };
  return createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await readBody(request);
    /** @param {number} status @param {unknown} value @param {Record<string, string>} headers */
    const send = (status, value, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-probe-order': 'api', ...headers });
      response.end(JSON.stringify(value));
    };
    if (body === undefined) return send(413, { error: 'too large' });
    if (request.method === 'GET' && url.pathname === '/log') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      return response.end(log.map((line) => `${line}\n`).join(''));
    }
    if (url.pathname === '/report') {
      const report = parsed(body);
      note({ kind: 'report', ...pick(report, ['operation', 'status', 'headers', 'answer']) });
      return send(200, { reported: String(report.operation ?? '') });
    }
    const headers = headersOf(request.headers);
    note({ kind: 'request', method: request.method, path: url.pathname, query: url.search, headers, body });
    const origin = originOf(request);
    if (url.pathname === '/token') return send(200, { access_token: `token-${++counts.tokens}` });
    if (url.pathname === '/token-fails') return send(500, { error: 'on purpose' });
    if (url.pathname === '/hooks' && request.method === 'POST') {
      const id = String(++counts.hooks);
      return send(201, { id }, { location: `${origin}/hooks/${id}` });
    }
    if (url.pathname.startsWith('/hooks/')) return send(200, {});
    const name = /^\/echo\/(\w{1,40})$/.exec(url.pathname)?.[1];
    if (name === undefined) return send(404, { error: 'not a question' });
    return send(Number(/\d{3}$/.exec(name)?.[0] ?? 200), answerOf(name, origin));
  });
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<string | undefined>} undefined: too large */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
const headersOf = (headers) =>
  Object.fromEntries([
    ...noted.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
    ...secret.flatMap((name) => (headers[name] === undefined ? [] : [[name, '(present)']])),
  ]);

/** As callers know it, also behind a proxy. @param {import('node:http').IncomingMessage} request */
function originOf({ headers }) {
  const protocol = String(headers['x-forwarded-proto'] ?? 'http').split(',')[0];
  return `${protocol === 'https' ? 'https' : 'http'}://${headers['x-forwarded-host'] ?? headers.host ?? 'localhost'}`;
}

/** @param {string} text @returns {Record<string, unknown>} */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** @param {Record<string, unknown>} object @param {string[]} keys */
const pick = (object, keys) =>
  Object.fromEntries(keys.flatMap((key) => (typeof object[key] === 'string' ? [[key, object[key]]] : [])));

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.argv[2] ?? 'probe.jsonl';
  const port = Number(process.env.PORT ?? 8080);
  createEcho({ write: (line) => appendFileSync(file, line) }).listen(port, () => {
    console.log(`listening on port ${port}; what comes is written to ${file} and shown by GET /log`);
  });
}
