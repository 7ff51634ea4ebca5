/** What editors and agents wait for: diagnostics after an edit, the start of the server for agents. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../scripts/support.mjs';
import { writeDefinitions } from './inputs.mjs';

/** Milliseconds; of them the editor's server waits 150 for the next key. */
const editLimit = 300;
/** Milliseconds of CPU. */
const startLimit = 25;
const edits = 15;

export default async function editors({ compare, baseline, median, ours, work, rounds }) {
  await typing({ median, ours, work });
  await agents({ compare, baseline, ours, work, rounds });
}

/** From a key to the diagnostics of the text with it, in a definition of 80 KB. */
async function typing({ median, ours, work }) {
  const folder = join(work, 'editors');
  const [made] = writeDefinitions(folder, 1, 66_000);
  const path = join(folder, 'apiDefinition.swagger.json');
  renameSync(made, path);
  const text = readFileSync(path, 'utf8');
  const uri = pathToFileURL(path).href;
  const child = spawn(process.execPath, [ours, 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const next = diagnostics(child.stdout, uri);
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  send({ method: 'initialized', params: {} });
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'json', version: 1, text } } });
  await next(1);
  const times = [];
  for (let version = 2; version < edits + 2; version += 1) {
    const changed = text.replace('"Get record 0"', `"Get record 0${'x'.repeat(version)}."`);
    const start = performance.now();
    const textDocument = { uri, version };
    send({ method: 'textDocument/didChange', params: { textDocument, contentChanges: [{ text: changed }] } });
    const { length } = await next(version);
    times.push(performance.now() - start);
    if (length === 0) throw new Error('an edit that breaks a rule had no diagnostics');
  }
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  const worst = Math.max(...times);
  console.log(`\nAn edit of a definition of ${Math.round(text.length / 1000)} KB, to its diagnostics (${edits} edits)`);
  const verdict = worst > editLimit ? ' TOO SLOW' : '';
  console.log(`  median ${median(times).toFixed(0)} ms, worst ${worst.toFixed(0)} ms (at most ${editLimit})${verdict}`);
}

/** @returns waits for the diagnostics of a version of the file */
function diagnostics(stream, uri) {
  let buffer = Buffer.alloc(0);
  let seen = { version: 0, diagnostics: [] };
  let wake = () => {};
  stream.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = /Content-Length: (\d+)\r\n\r\n/.exec(buffer.toString('latin1', 0, 200));
      const end = head === null ? Number.POSITIVE_INFINITY : head.index + head[0].length + Number(head[1]);
      if (buffer.length < end) return;
      const message = JSON.parse(buffer.toString('utf8', end - Number(head[1]), end));
      buffer = buffer.subarray(end);
      if (message.method === 'textDocument/publishDiagnostics' && message.params.uri === uri) {
        seen = message.params;
        wake();
      }
    }
  });
  return async (version) => {
    while (seen.version < version) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
    return seen.diagnostics;
  };
}

const plainServer = `
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
const server = new Server({ name: 'plain', version: '1' }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [] }));
process.stdin.once('end', () => server.close());
server.connect(new StdioServerTransport());
`;

/** The first words of every client, and then nothing more. */
const hello = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
  },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/list' },
].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** Beside the low-level server of the protocol's own library with nothing in it, bundled as ours is. */
async function agents({ compare, baseline, ours, work, rounds }) {
  const folder = join(work, 'agents');
  mkdirSync(folder);
  const plain = join(folder, 'plain.cjs');
  await bundle(plain);
  const input = hello.join('');
  const rows = compare(
    'The start of the server for agents, with its list of tools',
    [
      baseline,
      { name: "the protocol's own low-level server, empty", args: [plain], cwd: folder, input },
      { name: 'pp-connector mcp', args: [ours, 'mcp'], cwd: folder, input },
    ],
    Math.max(rounds, 7),
  );
  const over = (rows[2].cpu - rows[1].cpu) * 1000;
  const verdict = over > startLimit ? ' TOO SLOW' : '';
  console.log(`  over the empty server: ${over.toFixed(0)} ms of CPU (at most ${startLimit})${verdict}`);
}

async function bundle(to) {
  const { rolldown } = await import('rolldown');
  const entry = join(root, 'node_modules', '.cache', 'bench-plain-server.mjs');
  mkdirSync(join(entry, '..'), { recursive: true });
  writeFileSync(entry, plainServer);
  const made = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
  await made.write({ file: to, format: 'cjs', minify: true });
  await made.close();
}
