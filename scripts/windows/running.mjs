/** Running operations and tests, looking at the connector, and serving agents and editors. */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connector, demo, json, put, read } from './step.mjs';
import { runNode } from './systems.mjs';

/** @typedef {import('./step.mjs').Step} Step */

/** The first words of a client. @param {object} params @param {string} method */
const request = (params, method, id = 1) => JSON.stringify({ jsonrpc: '2.0', id, method, params });

const agent = [
  request(
    { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'smoke', version: '1' } },
    'initialize',
  ),
  JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  request({ name: 'validate', arguments: {} }, 'tools/call', 2),
  '',
].join('\n');

/** @param {string} message */
const framed = (message) => `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`;

const editor = [
  request({ processId: null, rootUri: null, capabilities: {} }, 'initialize'),
  JSON.stringify({ jsonrpc: '2.0', method: 'initialized', params: {} }),
  request({}, 'shutdown', 2),
]
  .map(framed)
  .join('');

const talker = fileURLToPath(new URL('talk.mjs', import.meta.url));

/**
 * A server, and what is said to it.
 *
 * @param {string} input
 * @param {string} until what the last answer has
 * @returns {Pick<Step, 'before' | 'run'>}
 */
const talk = (input, until) => ({
  before: (system) => put(system, 'said', input),
  run: (system, words, cwd) => {
    const file = join(system.folder, 'said');
    const place = [talker, file].map((path) => system.native(path));
    return runNode(system, [...place, until, system.native(system.program), ...words], cwd);
  },
});

/** @type {Step[]} */
export const running = [
  { title: 'test --init', cwd: demo, words: () => ['test', '--init'], says: /\d+ tests? added|Nothing is new/ },
  // a path was edited by hand meanwhile
  { title: 'test --update', cwd: demo, words: () => ['test', '--update'], says: /happens now/ },
  { title: 'test', cwd: demo, words: () => ['test'], says: /passed/ },
  {
    title: 'test of an operation whose id is the name of a device, and of one that differs in capitals',
    cwd: 'devices ä',
    before: (system) => {
      const operation = { responses: { 200: { description: 'OK' } } };
      const ids = ['CON', 'nul.txt', 'getA', 'GetA', 'a:b', 'End.'];
      const paths = Object.fromEntries(
        ids.map((operationId, at) => [`/p${at}`, { get: { ...operation, operationId } }]),
      );
      const info = { title: 'Devices', version: '1.0' };
      const definition = { swagger: '2.0', info, host: 'api.contoso.com', schemes: ['https'], paths };
      put(system, 'devices ä/apiDefinition.json', json(definition));
    },
    words: () => ['test', '--init'],
    after: ({ folder }) => {
      const names = readdirSync(join(folder, 'devices ä', 'tests'));
      assert.equal(new Set(names.map((name) => name.toLowerCase())).size, 6, names.join(', '));
      for (const name of names) assert.doesNotMatch(name, /^(?:con|nul)\b(?!-)|[:]|[. ]\.test/i);
    },
  },
  { title: 'test of them', cwd: 'devices ä', words: () => ['test', '--format', 'junit'], says: /CON/ },
  {
    title: 'preview as JSON',
    cwd: demo,
    words: () => ['preview', '--format', 'json'],
    says: /"ListCustomers"|GetCustomers/,
  },
  {
    title: 'preview into a file',
    cwd: demo,
    words: (at) => ['preview', '--static', at('preview ä.html')],
    after: ({ folder }) => assert.ok(existsSync(join(folder, 'preview ä.html'))),
  },
  {
    title: 'invoke --mock',
    cwd: demo,
    before: (system) => put(system, 'connection ä.json', json({ api_key: 'a-key-of-the-smoke-test' })),
    words: (at, system) => [
      ...['invoke', firstReading(read(system, `${connector}/apiDefinition.json`)), '--mock', '--format', 'json'],
      ...['--connection', at('connection ä.json'), '--record', at('recorded ä/run.har')],
    ],
    after: (system) => assert.doesNotMatch(read(system, 'recorded ä/run.har'), /a-key-of-the-smoke-test/),
  },
  { title: 'connect --list', cwd: demo, words: () => ['connect', '--list'] },
  { title: 'fix', cwd: demo, words: () => ['fix', '--dry-run', '--fail-on', 'never'] },
  { title: 'texts', cwd: demo, words: () => ['texts', '--format', 'csv'] },
  { title: 'guide', words: () => ['guide', 'test'], says: /pp-connector test/ },
  {
    title: 'mcp',
    cwd: demo,
    ...talk(agent, '"id":2'),
    words: () => ['mcp'],
    differs: true,
    says: /"serverInfo"[\s\S]*counts/,
  },
  {
    title: 'lsp',
    cwd: demo,
    ...talk(editor, '"id":2'),
    words: () => ['lsp', '--stdio'],
    differs: true,
    says: /"renameProvider"/,
  },
];

/** The id of an operation without inputs that are required. @param {string} text */
function firstReading(text) {
  const paths = Object.values(JSON.parse(text.replace(/^\uFEFF/, '')).paths);
  return paths.flatMap(({ get }) =>
    get?.parameters?.some((/** @type {{ required?: boolean }} */ { required }) => required)
      ? []
      : (get?.operationId ?? []),
  )[0];
}
