import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { readContents } from '../../src/package/contents.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { compile, findSdk, runScript } from '../script/csharp-host.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';
import { type Behaviour, type Json, StandIn } from './probe-stand-in.ts';

const folder = join(checkout, 'docs', 'probe');
const load = (name: string) => import(pathToFileURL(join(folder, name)).href);
const connector = 'shared_runtime-20probe-5f0123456789abcdef';

/** What docs/reference/runtime.md#assumptions assumes. */
const assumed: Behaviour = {
  responsePolicies: 'after',
  failures: [404, 500],
  nullPath: 'fail',
  missingSource: 'nothing',
  newPathQuery: 'both',
  tokenBody: 'none',
  tokenCached: false,
  tokenFailure: 'fail',
  append: 'comma',
  withoutKey: 'left out',
  replace: 'text',
  nextLink: 'own',
  scriptSeconds: 5,
  operationId: 'plain',
  deleteCredentials: true,
  nulls: 'dropped',
  internalOptional: false,
  requestPolicies: 'before',
};

/** The opposite of everything. */
const opposite: Behaviour = {
  responsePolicies: 'before',
  failures: [],
  nullPath: 'empty',
  missingSource: 'null',
  newPathQuery: 'new',
  tokenBody: 'same',
  tokenCached: true,
  tokenFailure: 'send',
  append: 'second',
  withoutKey: 'empty key',
  replace: 'pattern',
  nextLink: 'kept',
  scriptSeconds: 120,
  operationId: 'base64',
  deleteCredentials: false,
  nulls: 'kept',
  internalOptional: true,
  requestPolicies: 'after',
};

/** Runs the flows of the probe against its echo service, with a stand-in for the platform between them. */
async function logOf(behaviour: Behaviour): Promise<string> {
  const { createEcho } = await load('echo.mjs');
  const { flows } = await load('flow.mjs');
  const server = createEcho().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await new StandIn(join(folder, 'connector'), address, behaviour).run(Object.values(flows(connector)));
    return await (await fetch(`${address}/log`)).text();
  } finally {
    server.close();
  }
}

describe('docs/probe', () => {
  it('has a connector without errors, whose one warning is a question', async () => {
    const { findings } = await validatePath(join(folder, 'connector'), { cwd: folder, profile: 'custom' });
    const grave = findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
    expect(grave).to.deep.equal(['internal-default-required']);
  });

  it('settles every question, as assumed where the platform does what is assumed', async () => {
    const { readLog } = await load('read.mjs');
    for (const row of readLog(await logOf(assumed))) {
      expect(row.answer, row.id).to.be.a('string');
      if (row.assumed !== null) expect(row.agrees, `${row.id}: ${row.answer}`).to.equal(true);
    }
  });

  it('notices every difference', async () => {
    const { readLog } = await load('read.mjs');
    const same = ['original-request-uri', 'optional-default'];
    for (const row of readLog(await logOf(opposite))) {
      expect(row.answer, row.id).to.be.a('string');
      if (row.assumed !== null) expect(row.agrees, `${row.id}: ${row.answer}`).to.equal(same.includes(row.id));
    }
  });

  it('knows the assumptions of the reference, but for the one that is about dry runs', async () => {
    const { questions } = await load('questions.mjs');
    const reference = readFileSync(join(checkout, 'docs/reference/runtime.md'), 'utf8');
    const [, below = ''] = reference.split('## Assumptions');
    const ids = [...below.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, id]) => id);
    expect(ids.length).to.be.greaterThan(10);
    const asked = questions.map(({ id }: { id: string }) => id);
    expect(ids.filter((id) => id !== 'setvaluefromurl-dry' && !asked.includes(id))).to.deep.equal([]);
  });

  it('has a script that compiles and knows both forms of an operation id', async function () {
    const sdk = findSdk();
    if (sdk === undefined) return this.skip();
    this.timeout(60_000);
    const program = compile(sdk, readFileSync(join(folder, 'connector', 'script.csx'), 'utf8'));
    const url = 'https://api.contoso.com/echo/ScriptFacts?seconds=0';
    const ids = ['ScriptFacts', 'ScriptTime'].flatMap((id) => [id, Buffer.from(id).toString('base64')]);
    const answers = await runScript(
      program,
      ids.map((operationId) => ({ operationId, url, originalUrl: 'https://gateway.contoso.com/x' })),
    );
    const bodies = answers.map(({ body }) => JSON.parse(body));
    expect(bodies[0]).to.deep.equal({
      operationId: 'ScriptFacts',
      requestHost: 'api.contoso.com',
      originalHost: 'gateway.contoso.com',
      policyHeader: '',
    });
    expect(bodies[1].operationId).to.equal(ids[1]);
    expect(bodies.slice(2)).to.deep.equal([{ waited: 0 }, { waited: 0 }]);
  });

  it('makes a solution that is one, with the flows', async () => {
    const { solutionFiles, zip } = await load('flow.mjs');
    const { solutions } = await readContents(zip(solutionFiles(connector)), 'flow.zip');
    expect(solutions.map(({ role }) => role)).to.deep.equal(['flow']);
    const definition = JSON.parse(readFileSync(join(folder, 'connector', 'apiDefinition.swagger.json'), 'utf8'));
    const known = Object.values(definition.paths as JsonObject).flatMap((item) =>
      Object.values(item as JsonObject).map((operation) => (operation as JsonObject).operationId),
    );
    for (const [name, text] of solutionFiles(connector).filter(([file]: [string]) => file.endsWith('.json'))) {
      const { actions, triggers } = JSON.parse(text).properties.definition;
      for (const { inputs, runAfter = {} } of [...Object.values<Json>(actions), ...Object.values<Json>(triggers)]) {
        if (inputs.host !== undefined) expect(known, name).to.include(inputs.host.operationId);
        for (const before of Object.keys(runAfter)) expect(actions, name).to.have.property(before);
      }
    }
  });

  it('keeps no secret in the log, and refuses what is too large', async () => {
    const { createEcho } = await load('echo.mjs');
    const server = createEcho().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      await fetch(`${address}/echo/Nulls`, { headers: { authorization: 'Bearer s3cret', 'x-probe-key': 's3cret' } });
      const large = await fetch(`${address}/echo/Nulls`, { method: 'POST', body: 'x'.repeat(100_000) });
      expect(large.status).to.equal(413);
      const log = await (await fetch(`${address}/log`)).text();
      expect(log).to.include('"authorization":"(present)"').and.not.include('s3cret');
    } finally {
      server.close();
    }
  });

  it('reads nothing out of an empty log, and names a line that is none', () => {
    const file = join(temporaryFolder(), 'probe.jsonl');
    const read = (text: string, ...flags: string[]) => {
      writeFileSync(file, text);
      return spawnSync(process.execPath, [join(folder, 'read.mjs'), file, ...flags], { encoding: 'utf8' });
    };
    expect(read('').stdout).to.match(/\n0 of \d+ settled\n$/);
    expect(JSON.parse(read('', '--format', 'json').stdout).questions[0]).to.include({ answer: null, agrees: null });
    expect(read('', '--format', 'markdown').stdout).to.match(/^\| id \| question/);
    expect(read('{}\nnonsense\n'))
      .to.include({ status: 2, stdout: '' })
      .and.to.have.property('stderr')
      .that.includes('line 2');
    expect(read('', '--format', 'xml').status).to.equal(2);
  });
});
