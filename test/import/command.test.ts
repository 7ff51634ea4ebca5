import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { asArray, asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { cli } from '../support/cli.ts';
import { readJson, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { openApi } from './convert.ts';
import { runImportCommand } from './run-command.ts';

const object = (value: unknown): JsonObject => asObject(value as JsonObject);
const parse = (text: string): JsonObject => object(JSON.parse(text));

/** An operation with a summary and an answer. */
const operation = (operationId: string, summary: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  summary,
  responses: {
    '200': {
      description: 'What was found.',
      content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } },
    },
  },
  ...more,
});

const first = openApi({
  '/parcels': { get: operation('listParcels', 'List parcels'), post: operation('sendParcel', 'Send parcel') },
  '/depots': { get: operation('listDepots', 'List depots', { tags: ['Depots'] }) },
  '/vans': { get: operation('listVans', 'List vans') },
});

/** A later version: vans are gone, routes are new, parcels are called otherwise. */
const second = openApi({
  '/parcels': { get: operation('listParcels', 'List all parcels'), post: operation('sendParcel', 'Send parcel') },
  '/depots': { get: operation('listDepots', 'List depots', { tags: ['Depots'] }) },
  '/routes': { get: operation('listRoutes', 'List routes') },
});

let scaffold: string;
before(function () {
  this.timeout(120_000);
  scaffold = temporaryFolder('scaffold');
  expect(warmCli(['new', 'repository', '--yes', '--title', 'Parcels'], { cwd: scaffold }).status).to.equal(0);
});

/** A fresh copy of a scaffolded repository. */
function repository(): string {
  const folder = temporaryFolder('repository');
  cpSync(join(scaffold, 'repository'), folder, { recursive: true });
  return folder;
}

const definitionIn = (folder: string): JsonObject => object(readJson(folder, 'connector/apiDefinition.json'));
const pathsIn = (folder: string): string[] => Object.keys(object(definitionIn(folder).paths));

/** Changes the definition as an author would. */
function editDefinition(folder: string, edit: (definition: JsonObject) => void): void {
  const definition = definitionIn(folder);
  edit(definition);
  writeFileSync(join(folder, 'connector/apiDefinition.json'), JSON.stringify(definition, null, 4));
}

const listIn = (definition: JsonObject): JsonObject => asObject(asObject(asObject(definition.paths)['/parcels']).get);

describe('import: --output', () => {
  it('writes exactly the definition and its report, and replaces older ones', async () => {
    const folder = writeTree(temporaryFolder('output'), {
      'openapi.json': JSON.stringify(first),
      'made.json': 'old',
      'made.report.json': 'old',
    });
    const { status, out } = await runImportCommand(folder, 'openapi.json', { flags: { output: 'made.json' } });
    expect(status).to.equal(0);
    expect(out).to.match(/^openapi 3\.1\.0: 4 operations/);
    expect(Object.keys(snapshot(folder))).to.deep.equal(['made.json', 'made.report.json', 'openapi.json']);
    expect(object(readJson(folder, 'made.json')).swagger).to.equal('2.0');
    expect(object(readJson(folder, 'made.report.json')).result).to.include({ operations: 4 });
  });

  it('writes properties and the report where it is told to', async () => {
    const folder = writeTree(temporaryFolder('output'), { 'openapi.json': JSON.stringify(first) });
    const flags = { output: 'out/a.json', properties: 'out/p.json', report: 'out/r.json' };
    expect((await runImportCommand(folder, 'openapi.json', { flags })).status).to.equal(0);
    expect(Object.keys(snapshot(folder))).to.deep.equal(['openapi.json', 'out/a.json', 'out/p.json', 'out/r.json']);
    expect(object(readJson(folder, 'out/p.json')).properties).to.include.keys(
      'connectionParameters',
      'policyTemplateInstances',
    );
  });

  it('prints the report as JSON and writes nothing with --dry-run', async () => {
    const folder = writeTree(temporaryFolder('output'), { 'openapi.json': JSON.stringify(first) });
    const { out, err } = await runImportCommand(folder, 'openapi.json', {
      format: 'json',
      flags: { output: 'made.json', 'dry-run': true },
    });
    expect(parse(out)).to.have.keys('source', 'result', 'entries');
    expect(err).to.include('would write made.json, made.report.json');
    expect(Object.keys(snapshot(folder))).to.deep.equal(['openapi.json']);
  });

  it('fails with --strict when something cannot be used, and writes nothing', async () => {
    const cookie = { name: 'sid', in: 'cookie', schema: { type: 'string' } };
    const lossy = openApi({ '/a': { get: operation('a', 'See a', { parameters: [cookie] }) } });
    const folder = writeTree(temporaryFolder('strict'), { 'openapi.json': JSON.stringify(lossy) });
    const flags = { output: 'made.json', strict: true };
    const { status, err } = await runImportCommand(folder, 'openapi.json', { flags });
    expect(status).to.equal(1);
    expect(err).to.include('nothing was written');
    expect(existsSync(join(folder, 'made.json'))).to.equal(false);
    // what is left out by default doesn't count
    const deprecated = openApi({
      '/a': { get: operation('a', 'See a'), put: operation('b', 'Put b', { deprecated: true }) },
    });
    writeTree(folder, { 'openapi.json': JSON.stringify(deprecated) });
    expect((await runImportCommand(folder, 'openapi.json', { flags })).status).to.equal(0);
  });

  it('refuses with exit status 3, as JSON on demand', async () => {
    const folder = writeTree(temporaryFolder('refused'), { 'hooks.json': JSON.stringify(openApi({})) });
    const { status, out, err } = await runImportCommand(folder, 'hooks.json', {
      format: 'json',
      flags: { output: 'made.json' },
    });
    expect(status).to.equal(3);
    expect(parse(out)).to.have.nested.property('entries[0].code', 'no-operations');
    expect(parse(out)).to.have.nested.property('entries[0].severity', 'rejected');
    expect(err).to.include('no-operations');
    expect(Object.keys(snapshot(folder))).to.deep.equal(['hooks.json']);
  });

  it('reads standard input, and leaves with the status through the program itself', () => {
    const folder = temporaryFolder('stdin');
    const made = cli(['import', '-', '--output', 'made.json', '--format', 'json'], {
      cwd: folder,
      input: JSON.stringify(first),
    });
    expect(made.status, made.stderr).to.equal(0);
    expect(parse(made.stdout)).to.have.nested.property('result.operations', 4);
    expect(Object.keys(snapshot(folder))).to.deep.equal(['made.json', 'made.report.json']);
    const refused = cli(['import', '-', '--output', 'other.json'], { cwd: folder, input: 'type Query { a: Int }' });
    expect(refused.status).to.equal(3);
    expect(refused.stderr).to.match(/^error: .*GraphQL.*\(format-unknown\)/);
  });

  it('explains what cannot go together', async () => {
    const folder = writeTree(temporaryFolder('flags'), { 'openapi.json': JSON.stringify(first) });
    const status = async (flags: Record<string, string | string[] | boolean>): Promise<number> =>
      (await runImportCommand(folder, 'openapi.json', { flags })).status;
    expect(await status({})).to.equal(2);
    expect(await status({ properties: 'p.json' })).to.equal(2);
    expect(await status({ output: 'a.json', ours: true, theirs: true })).to.equal(2);
    expect(await status({ output: 'a.json', server: 'two' })).to.equal(2);
    expect(await status({ output: 'a.json', webhook: ['nonsense'] })).to.equal(2);
    expect(await status({ output: 'a.json', arrays: 'script' })).to.equal(2);
    expect(await status({ output: 'a.json', webhook: ['a=b:c'] })).to.equal(3);
    expect(Object.keys(snapshot(folder))).to.deep.equal(['openapi.json']);
  });
});

describe('import: into a repository', () => {
  it("replaces the scaffold's sample and keeps the author's texts", async () => {
    const folder = repository();
    writeTree(folder, { 'openapi.json': JSON.stringify(first) });
    const { status, err } = await runImportCommand(folder, 'openapi.json');
    expect(status, err).to.equal(0);
    expect(pathsIn(folder)).to.deep.equal(['/parcels', '/depots', '/vans']);
    expect(definitionIn(folder)).to.not.have.nested.property('definitions.NewItem');
    expect(definitionIn(folder)).to.have.nested.property('info.title', 'Parcels');
    expect(existsSync(join(folder, 'api/openapi.json'))).to.equal(true);
    expect(object(readJson(folder, '.pp-connector/imported.json')).source).to.equal('api/openapi.json');
  });

  it('leaves a sample alone that its author has worked on', async () => {
    const folder = repository();
    editDefinition(folder, (definition) => {
      const item = asObject(asObject(asObject(definition.paths)['/items']).get);
      item.summary = 'List things';
    });
    writeTree(folder, { 'openapi.json': JSON.stringify(first) });
    const { status, err } = await runImportCommand(folder, 'openapi.json');
    expect(status, err).to.equal(0);
    expect(pathsIn(folder)).to.include('/items').and.to.not.include('/items/{itemId}');
    expect(object(definitionIn(folder).definitions)).to.include.keys('Item', 'ItemList');
  });

  it('keeps edits, takes additions, reports removals; the second time nothing changes', async () => {
    const folder = repository();
    writeTree(folder, { 'openapi.json': JSON.stringify(first) });
    await runImportCommand(folder, 'openapi.json');
    editDefinition(folder, (definition) => {
      asObject(asObject(asObject(definition.paths)['/depots']).get).summary = 'List all depots';
    });
    writeTree(folder, { 'openapi.json': JSON.stringify(second) });
    const before = snapshot(folder);
    const dry = await runImportCommand(folder, 'openapi.json', { flags: { 'dry-run': true } });
    expect(dry.err).to.include('List routes');
    expect(snapshot(folder)).to.deep.equal(before);
    const { status, out, err } = await runImportCommand(folder, 'openapi.json', { format: 'json' });
    expect(status, err).to.equal(0);
    expect(pathsIn(folder)).to.deep.equal(['/parcels', '/depots', '/routes']);
    expect(asObject(object(definitionIn(folder).paths)['/depots'])).to.have.nested.property(
      'get.summary',
      'List all depots',
    );
    expect(listIn(definitionIn(folder)).summary).to.equal('List all parcels');
    expect(parse(out).changes).to.deep.include({ kind: 'removed', pointer: '/paths/~1vans/get' });
    expect(parse(out).changes).to.deep.include({ kind: 'added', pointer: '/paths/~1routes/get' });
    expect(err).to.include('List vans: 1 removed operation');
    const settled = snapshot(folder);
    const again = await runImportCommand(folder, 'openapi.json');
    expect(again.err).to.include('nothing to change');
    expect(snapshot(folder)).to.deep.equal(settled);
  });

  it('reports conflicts, and resolves them by flag or one by one', async () => {
    const prepared = repository();
    writeTree(prepared, { 'openapi.json': JSON.stringify(first) });
    await runImportCommand(prepared, 'openapi.json');
    editDefinition(prepared, (definition) => {
      listIn(definition).summary = 'Find parcels';
      asObject(asObject(asObject(definition.paths)['/vans']).get).summary = 'Find vans';
    });
    writeTree(prepared, { 'openapi.json': JSON.stringify(second) });
    const copy = (): string => {
      const folder = temporaryFolder('conflicts');
      cpSync(prepared, folder, { recursive: true });
      return folder;
    };
    const before = snapshot(prepared);
    const refused = await runImportCommand(prepared, 'openapi.json', { format: 'json' });
    expect(refused.status).to.equal(1);
    expect(asArray(parse(refused.out).conflicts).map((entry) => asObject(entry).pointer)).to.include.members([
      '/paths/~1parcels/get/summary',
      '/paths/~1vans',
    ]);
    expect(refused.err).to.include('nothing was written');
    expect(snapshot(prepared)).to.deep.equal(before);

    const ours = copy();
    expect((await runImportCommand(ours, 'openapi.json', { flags: { ours: true } })).status).to.equal(0);
    expect(listIn(definitionIn(ours)).summary).to.equal('Find parcels');
    expect(pathsIn(ours)).to.include('/vans');

    const theirs = copy();
    await runImportCommand(theirs, 'openapi.json', { flags: { theirs: true } });
    expect(listIn(definitionIn(theirs)).summary).to.equal('List all parcels');
    expect(pathsIn(theirs)).to.not.include('/vans');

    const each = copy();
    const asked: string[] = [];
    await runImportCommand(each, 'openapi.json', {
      answers: ({ message }) => {
        asked.push(message);
        return message.startsWith('/paths/~1vans') ? 'theirs' : 'ours';
      },
    });
    expect(asked.length).to.be.greaterThan(1);
    expect(listIn(definitionIn(each)).summary).to.equal('Find parcels');
    expect(pathsIn(each)).to.not.include('/vans');
  });

  it('remembers what was selected', async () => {
    const folder = repository();
    writeTree(folder, { 'openapi.json': JSON.stringify(first) });
    await runImportCommand(folder, 'openapi.json', { flags: { tags: ['depots'] } });
    expect(pathsIn(folder)).to.deep.equal(['/depots']);
    writeTree(folder, { 'openapi.json': JSON.stringify(second) });
    await runImportCommand(folder, 'openapi.json');
    expect(pathsIn(folder)).to.deep.equal(['/depots']);
  });

  it('leaves out no longer what is named now, or what an empty list replaces', async () => {
    const folder = repository();
    writeTree(folder, { 'openapi.json': JSON.stringify(first) });
    const left = { 'exclude-tags': ['Depots'], 'exclude-operations': ['listVans'] };
    await runImportCommand(folder, 'openapi.json', { flags: left });
    expect(pathsIn(folder)).to.deep.equal(['/parcels']);
    const nothing = { 'exclude-tags': [''], 'exclude-operations': [''] };
    await runImportCommand(folder, 'openapi.json', { flags: nothing });
    expect(pathsIn(folder)).to.have.members(['/parcels', '/depots', '/vans']);
    await runImportCommand(folder, 'openapi.json', { flags: left });
    await runImportCommand(folder, 'openapi.json', { flags: { operations: ['LISTVANS'] } });
    expect(pathsIn(folder)).to.deep.equal(['/vans']);
    const refused = await runImportCommand(folder, 'openapi.json', { flags: { operations: ['listDepots'] } });
    expect(refused.err).to.include('the last import');
  });

  it('stops at a damaged record of the last import', async () => {
    const folder = repository();
    writeTree(folder, { 'openapi.json': JSON.stringify(first), '.pp-connector/imported.json': '{' });
    const { status, err } = await runImportCommand(folder, 'openapi.json');
    expect(status).to.equal(2);
    expect(err).to.include('imported.json is damaged');
  });

  it('keeps the files of a description in their places', async () => {
    const folder = repository();
    const source = writeTree(temporaryFolder('source'), {
      'spec/root.yaml':
        'openapi: 3.0.0\ninfo: { title: X, version: "1" }\nservers: [{ url: https://x.example.com }]\npaths:\n  /a: { $ref: "../shared/a.yaml" }\n',
      'shared/a.yaml': 'get:\n  responses: { "200": { description: Fine. } }\n',
    });
    const flags = { 'ref-root': source };
    const { status, err } = await runImportCommand(folder, join(source, 'spec/root.yaml'), { flags });
    expect(status, err).to.equal(0);
    const copy = join(folder, 'api');
    expect(Object.keys(snapshot(copy))).to.deep.equal(['conversion-report.json', 'shared/a.yaml', 'spec/root.yaml']);
    expect(object(readJson(folder, '.pp-connector/imported.json')).source).to.equal('api/spec/root.yaml');
    // the copy is a description like any other
    const again = await runImportCommand(folder, 'api/spec/root.yaml', { flags: { 'ref-root': copy } });
    expect(again.err).to.include('nothing to change');
  });

  it('says which copy of a description nothing reads any more', async () => {
    const folder = repository();
    writeTree(folder, { 'v1.json': JSON.stringify(first), 'v2.json': JSON.stringify(second) });
    expect((await runImportCommand(folder, 'v1.json')).err).not.to.include('before');
    const { err } = await runImportCommand(folder, 'v2.json');
    expect(err).to.include('api/v1.json is what was imported before');
    expect(Object.keys(snapshot(join(folder, 'api')))).to.include.members(['v1.json', 'v2.json']);
    expect((await runImportCommand(folder, 'v2.json')).err).not.to.include('api/v1.json');
  });

  it('never points at a file outside of the folder of copies', async () => {
    const folder = repository();
    writeTree(folder, { 'v1.json': JSON.stringify(first), 'v2.json': JSON.stringify(second) });
    await runImportCommand(folder, 'v1.json');
    const base = object(readJson(folder, '.pp-connector/imported.json'));
    for (const source of ['package.json', 'api/../package.json', '/etc/hosts']) {
      writeTree(folder, { '.pp-connector/imported.json': JSON.stringify({ ...base, source }) });
      expect((await runImportCommand(folder, 'v2.json', { flags: { 'dry-run': true } })).err).not.to.include('before;');
    }
  });

  it('repeats the names of lists by a script', async () => {
    const folder = repository();
    const ids = { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'string' } } };
    const listing = openApi({ '/parcels': { get: operation('listParcels', 'List parcels', { parameters: [ids] }) } });
    writeTree(folder, { 'openapi.json': JSON.stringify(listing) });
    const { status, err } = await runImportCommand(folder, 'openapi.json', { flags: { arrays: 'script' } });
    expect(status, err).to.equal(0);
    expect(asArray(listIn(definitionIn(folder)).parameters)[0]).to.include({ type: 'array' });
    expect(snapshot(folder)['connector/script.csx']).to.include('case "ListParcels":').and.to.include('"ids"');
    expect(object(readJson(folder, 'connector/apiProperties.json'))).to.have.nested.property(
      'properties.scriptOperations[0]',
      'ListParcels',
    );
    const settled = snapshot(folder);
    await runImportCommand(folder, 'openapi.json');
    expect(snapshot(folder)).to.deep.equal(settled);
    writeTree(folder, {
      'openapi.json': JSON.stringify(first).replaceAll('parcels', 'boxes').replaceAll('listParcels', 'listBoxes'),
    });
    const changed = await runImportCommand(folder, 'openapi.json', { flags: { ours: true } });
    expect(changed.status, changed.err).to.equal(0);
    expect(existsSync(join(folder, 'connector/script.csx'))).to.equal(false);
  });
});

describe('import: questions', () => {
  const many = Object.fromEntries(
    Array.from({ length: 70 }, (_, index) => [
      `/v1/${index % 2 === 0 ? 'even' : 'odd'}/p${index}`,
      { get: operation(`get${index}`, `See number ${index}`, { tags: [index % 2 === 0 ? 'Even' : 'Odd'] }) },
    ]),
  );

  it('asks which operations of many, by tag with number and size', async () => {
    const folder = repository();
    writeTree(folder, { 'openapi.json': JSON.stringify(openApi(many)) });
    const shown: string[] = [];
    const { status } = await runImportCommand(folder, 'openapi.json', {
      answers: ({ message, choices }) => {
        shown.push(message, ...choices.map(({ name }) => name));
        return ['Odd'];
      },
    });
    expect(status).to.equal(0);
    expect(shown[0]).to.include('70 operations');
    expect(shown[1]).to.match(/^Even \(35 operations, about \d+ KB\)$/);
    expect(pathsIn(folder)).to.have.length(35);
    // a refresh selects the same without a question
    expect(
      (await runImportCommand(folder, 'openapi.json', { answers: () => expect.fail('asked again') })).status,
    ).to.equal(0);
  });

  it('asks by path where there are no tags, and not at all when a flag selects', async () => {
    const untagged = JSON.stringify(openApi(many))
      .replace(/"tags":\["\w+"\],?/g, '')
      .replace(/,\}/g, '}');
    const folder = writeTree(temporaryFolder('untagged'), { 'openapi.json': untagged });
    const flags = { output: 'made.json' };
    await runImportCommand(folder, 'openapi.json', {
      flags,
      answers: ({ choices }) => {
        expect(choices.map(({ value }) => value)).to.deep.equal(['/v1/even', '/v1/odd']);
        return ['/v1/even'];
      },
    });
    expect(Object.keys(object(object(readJson(folder, 'made.json')).paths))).to.have.length(35);
    const selected = { ...flags, paths: ['/v1/even/p0'] };
    const answers = (): never => expect.fail('asked in spite of a selection');
    expect((await runImportCommand(folder, 'openapi.json', { flags: selected, answers })).status).to.equal(0);
  });

  it('asks for the server and the way to sign in where there are several', async () => {
    const document = openApi(
      { '/a': { get: operation('a', 'See a') } },
      {
        servers: [{ url: 'https://one.example.com' }, { url: 'https://two.example.com', description: 'Europe' }],
        components: {
          securitySchemes: {
            key: { type: 'apiKey', in: 'header', name: 'K' },
            login: { type: 'http', scheme: 'basic' },
          },
        },
        security: [{ key: [] }, { login: [] }],
      },
    );
    const folder = writeTree(temporaryFolder('asked'), { 'openapi.json': JSON.stringify(document) });
    const asked: string[] = [];
    await runImportCommand(folder, 'openapi.json', {
      flags: { output: 'made.json' },
      answers: ({ message }) => {
        asked.push(message);
        return message.includes('server') ? '1' : 'login';
      },
    });
    expect(asked).to.have.length(2);
    const definition = object(readJson(folder, 'made.json'));
    expect(definition.host).to.equal('two.example.com');
    expect(Object.keys(asObject(definition.securityDefinitions))).to.deep.equal(['login']);
  });
});

describe('import: from an address', () => {
  let server: Server;
  let address: string;

  before((done) => {
    server = createServer((request, response) => {
      const { url = '/' } = request;
      if (url === '/openapi.json') response.end(JSON.stringify(first));
      else if (url === '/moved') response.writeHead(302, { location: '/openapi.json' }).end();
      else if (url === '/round') response.writeHead(302, { location: '/round' }).end();
      else if (url === '/other-file')
        response.end(JSON.stringify({ ...first, paths: { '/a': { $ref: 'part.json' } } }));
      else if (url === '/part.json') response.end(JSON.stringify({ get: operation('a', 'See a') }));
      else if (url === '/large') endless(response);
      else response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1', () => {
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });

  after(() => server.close());

  /** Sends until the other side has had enough. */
  function endless(response: import('node:http').ServerResponse): void {
    const chunk = Buffer.alloc(1 << 20, 32);
    const send = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', send);
    send();
  }

  const fetched = async (path: string, flags: Record<string, string | boolean> = { 'allow-local': true }) => {
    const folder = temporaryFolder('fetched');
    const run = await runImportCommand(folder, address + path, { flags: { output: 'made.json', ...flags } });
    return { ...run, files: Object.keys(snapshot(folder)) };
  };

  it('reads this computer only when that is allowed', async () => {
    const refused = await fetched('/openapi.json', {});
    expect(refused.status).to.equal(3);
    expect(refused.err).to.include('source-unreachable');
    expect(refused.files).to.deep.equal([]);
    expect((await fetched('/openapi.json')).status).to.equal(0);
  });

  it('follows a few redirects and files of the same host', async () => {
    expect((await fetched('/moved')).status).to.equal(0);
    expect((await fetched('/other-file')).status).to.equal(0);
    expect((await fetched('/round')).err).to.include('redirects');
  });

  it('ends with a message for what is missing or never ends', async () => {
    expect((await fetched('/nothing')).err).to.include('404');
    const large = await fetched('/large');
    expect(large.err).to.include('source-too-big');
    expect(large.files).to.deep.equal([]);
  });
});
