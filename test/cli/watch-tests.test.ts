import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { definitionOf } from '../runtime/runs.ts';
import { buildOnce, cli, program } from '../support/cli.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** `test --watch`, as a process: what it runs again, and how it ends. */

const other = { get: { operationId: 'Other', responses: { 200: { description: 'OK' } } } };

function definition(host = 'api.contoso.com', extra: JsonObject = {}): string {
  const { paths, ...rest } = definitionOf({ operation: { responses: { 200: { description: 'OK' } } } });
  return JSON.stringify({
    ...rest,
    host,
    paths: { ...asObject(paths), '/other': { get: { ...other.get, ...extra } } },
  });
}

const op = `operation: Op
cases:
  - name: recorded
    api: answer.json
    expect:
      sent: { url: https://api.contoso.com/v1/orders }
`;
const others = 'operation: Other\ncases: [ { name: other, expect: { sent: { method: GET } } } ]\n';

describe('test --watch', function () {
  this.timeout(30_000);
  let child: ChildProcess;
  let cwd: string;
  let seen = '';

  before(async function () {
    this.timeout(120_000);
    buildOnce();
    cwd = writeTree(temporaryFolder(), {
      'apiDefinition.swagger.json': definition(),
      'tests/op.test.yaml': op,
      'tests/other.test.yaml': others,
      'tests/answer.json': '{"status":200}',
    });
    child = spawn(process.execPath, [program, 'test', '--watch'], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdout?.on('data', (data: Buffer) => (seen += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (seen += data.toString()));
    await printed('waiting for changes');
  });
  after(() => {
    child.kill('SIGKILL');
  });

  /** Waits for a text, and forgets what came until then. */
  async function printed(text: string): Promise<string> {
    const late = Date.now() + 10_000;
    while (!seen.includes(text)) {
      if (Date.now() > late) throw new Error(`"${text}" is not printed, but: ${seen}`);
      await setTimeout(20);
    }
    const all = seen;
    seen = '';
    return all;
  }

  it('runs everything first, then the file of tests that changes, also where an editor puts a new one in its place', async () => {
    const path = join(cwd, 'tests', 'op.test.yaml');
    writeFileSync(join(cwd, 'draft'), op.replace('/v1/orders', '/v2/orders'));
    renameSync(join(cwd, 'draft'), path);
    expect(await printed('0 passed, 1 failed'))
      .to.contain('/v2/orders')
      .and.not.to.contain('other');
    writeFileSync(path, op);
    await printed('1 passed\n');
  });

  it('runs what names a recording that changes', async () => {
    writeFileSync(join(cwd, 'tests', 'answer.json'), '{"status":500}');
    expect(await printed('0 passed, 1 failed')).to.contain('the status of the result');
    writeFileSync(join(cwd, 'tests', 'answer.json'), '{"status":200}');
    await printed('1 passed\n');
  });

  it('runs the tests of an operation that changes, and all when all are concerned', async () => {
    const path = join(cwd, 'apiDefinition.swagger.json');
    writeFileSync(path, definition(undefined, { produces: ['text/plain'] }));
    expect(await printed('1 passed\n')).to.contain('1 file of tests');
    writeFileSync(path, definition('other.contoso.com', { produces: ['text/plain'] }));
    expect(await printed('1 passed, 1 failed')).to.contain('2 files of tests');
  });

  it('says what is wrong with a file that is half written, and goes on', async () => {
    const path = join(cwd, 'apiDefinition.swagger.json');
    writeFileSync(path, '{"swagger":');
    await printed('a value must be here');
    writeFileSync(path, definition());
    await printed('2 passed\n');
    writeFileSync(join(cwd, 'tests', 'other.test.yaml'), 'operation: Other\ncase: []\n');
    await printed('other.test.yaml:2:1');
    writeFileSync(join(cwd, 'tests', 'other.test.yaml'), others);
    await printed('1 passed\n');
  });

  it('ends by q, changes no file, and refuses what it has no use for', async () => {
    child.stdin?.write('q\n');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).to.equal(0);
    expect(readFileSync(join(cwd, 'tests', 'op.test.yaml'), 'utf8')).to.equal(op);
    for (const args of [['--min', '50'], ['--format', 'json'], ['--init'], ['--live']]) {
      expect(cli(['test', '--watch', ...args], { cwd }).status, args.join(' ')).to.equal(2);
    }
  });

  it('ends by Ctrl-C', async function () {
    // there a signal ends a process at once, whatever it wants
    if (process.platform === 'win32') this.skip();
    const second = spawn(process.execPath, [program, 'test', '--watch'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    while (!text.includes('waiting')) text += String(((await once(second.stderr, 'data')) as [Buffer])[0]);
    second.kill('SIGINT');
    expect(((await once(second, 'exit')) as [number | null])[0]).to.equal(0);
  });
});
