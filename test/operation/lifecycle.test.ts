import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asObject, type Json, valueAt } from '../../src/connector/json/value.ts';
import { readJson, readText, snapshot, writeTree } from '../support/folders.ts';
import { git, hasGit, initialise } from '../support/git.ts';
import { exampleRepository, failure, findings, operation } from './support.ts';

const definition = (cwd: string): Json => readJson(cwd, 'connector/apiDefinition.json') as Json;
const properties = (cwd: string): Json => readJson(cwd, 'connector/apiProperties.json') as Json;
const at = (cwd: string, ...path: string[]): Json | undefined => valueAt(definition(cwd), ['paths', ...path]);

const list = { path: '/orders', responseSample: 'orders.json' };

const repository = (): string =>
  writeTree(exampleRepository(), {
    'orders.json': '{ "items": [ { "id": "o-1", "name": "x", "total": 12.5 } ] }',
    'order.json': '{ "id": "o-1", "total": 12.5 }',
  });

/** As release does; false where there is no git. */
function tagRelease(cwd: string): boolean {
  if (!hasGit) return false;
  initialise(cwd);
  git(cwd, 'tag', 'connector-v1.0.0');
  return true;
}

describe('what happens to an operation', () => {
  describe('--edit', () => {
    it('changes texts, visibility and parameters, keeps the rest, and is the same again', async () => {
      const cwd = repository();
      await operation(cwd, { ...list, param: ['top:query:integer', 'old:query'] });
      const flags = {
        edit: 'ListOrders',
        summary: 'List all orders',
        description: 'returns what was ordered',
        visibility: 'important',
        param: ['top:query:integer=50|Number of Orders|How many at most.', 'status:query:string(open,closed)'],
        removeParam: ['old'],
      };
      await operation(cwd, flags);
      const edited = asObject(at(cwd, '/orders', 'get'));
      expect(edited).to.include({
        summary: 'List all orders',
        description: 'Returns what was ordered.',
        'x-ms-visibility': 'important',
      });
      expect(JSON.stringify(edited.parameters))
        .to.contain('Number of Orders')
        .and.to.contain('status')
        .and.to.not.contain('old');
      expect(readText(cwd, 'README.md')).to.be.a('string');
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
      const { removeParam: _, ...again } = flags;
      expect(await operation(cwd, again)).to.contain('nothing to change');
    });

    it('adds pages, another path, code and choices with their helper', async () => {
      const cwd = repository();
      await operation(cwd, { ...list, param: ['projectId:query:required'] });
      const flags = {
        edit: 'ListOrders',
        nextLink: 'nextLink',
        apiPath: '/all/orders',
        script: 'transform',
        dynamicValues: ['projectId=ListProjects:items:id:name'],
        helper: ['ListProjects=GET /projects'],
      };
      await operation(cwd, flags);
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
      expect(at(cwd, '/projects', 'get', 'x-ms-visibility')).to.equal('internal');
      const once = snapshot(cwd);
      await operation(cwd, flags);
      expect(snapshot(cwd)).to.deep.equal(once);
    });

    it('names the nearest operation', async () => {
      expect(await failure(operation(repository(), { edit: 'ListStation' }))).to.match(
        /--edit ListStation: .*did you mean ListStations\?/,
      );
    });
  });

  it('--edit adds other answers, the stage, rare extensions and limits, and makes the answer a file', async () => {
    const cwd = repository();
    await operation(cwd, list);
    const flags = {
      edit: 'ListOrders',
      param: ['top:query:int32{1..100}'],
      otherStatus: ['404|There is no such list'],
      stage: 'production',
      extension: ['x-ms-no-generic-test=true'],
      responseFile: true,
    };
    await operation(cwd, flags);
    const edited = asObject(at(cwd, '/orders', 'get'));
    expect(edited).to.deep.include({
      'x-ms-api-annotation': { status: 'Production' },
      'x-ms-no-generic-test': true,
    });
    expect(valueAt(edited, ['responses', '404'])).to.deep.equal({ description: 'There is no such list.' });
    expect(valueAt(edited, ['responses', '200', 'schema'])).to.include({ type: 'string', format: 'binary' });
    expect(JSON.stringify(edited.parameters)).to.contain('"maximum":100');
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
    const once = snapshot(cwd);
    await operation(cwd, flags);
    expect(snapshot(cwd)).to.deep.equal(once);
    await operation(cwd, { revise: 'ListOrders', path: '/v2/orders', stage: 'preview' });
    expect(at(cwd, '/v2/orders', 'get')).to.deep.include({
      'x-ms-api-annotation': { status: 'Preview', family: 'ListOrders', revision: 2 },
    });
    await operation(cwd, { remove: ['ListOrders_V2'] });
    expect(snapshot(cwd)).to.deep.equal(once);
  });

  describe('--rename', () => {
    it('takes policies, scripts, choices and the test connection along', async () => {
      const cwd = repository();
      await operation(cwd, {
        kind: 'internal',
        id: 'ListProjects',
        path: '/projects',
        responseSample: 'orders.json',
        script: 'transform',
      });
      await operation(cwd, {
        ...list,
        param: ['projectId:query:required'],
        dynamicValues: ['projectId=ListProjects:items:id:name'],
      });
      await operation(cwd, { rename: 'ListProjects', to: 'FindProjects' });
      for (const name of ['connector/apiDefinition.json', 'connector/apiProperties.json', 'connector/script.csx']) {
        expect(readText(cwd, name), name).to.not.contain('ListProjects');
        expect(readText(cwd, name), name).to.contain('FindProjects');
      }
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
      expect(await operation(cwd, { rename: 'ListProjects', to: 'FindProjects' })).to.contain('nothing to change');
      expect(await failure(operation(cwd, { rename: 'FindProjects', to: 'listOrders' }))).to.match(
        /--to listOrders: the id is taken/,
      );
      expect(await failure(operation(cwd, { rename: 'FindProjects' }))).to.match(/--to is missing/);
    });

    it('is refused once something was released', async function () {
      const cwd = repository();
      if (!tagRelease(cwd)) return this.skip();
      expect(await failure(operation(cwd, { rename: 'ListStations', to: 'FindStations' }))).to.match(
        /released with connector-v1\.0\.0.*\n.*--revise ListStations/,
      );
      const flags = { rename: 'ListStations', to: 'FindStations', baseline: 'v2' };
      expect(await failure(operation(cwd, flags))).to.match(/--baseline v2: there is no such branch, tag or commit/);
    });

    it('is allowed for an operation that is newer than the release', async function () {
      const cwd = repository();
      if (!tagRelease(cwd)) return this.skip();
      await operation(cwd, list);
      await operation(cwd, { rename: 'ListOrders', to: 'FindOrders' });
      expect(at(cwd, '/orders', 'get')).to.include({ operationId: 'FindOrders' });
    });
  });

  describe('--revise', () => {
    it('adds the next revision in the same family and puts the old one out of sight', async () => {
      const cwd = repository();
      await operation(cwd, { ...list, nextLink: 'nextLink' });
      const flags = { revise: 'ListOrders', path: '/v2/orders/{region}', responseSample: 'order.json' };
      await operation(cwd, flags);
      expect(at(cwd, '/orders', 'get')).to.deep.include({
        'x-ms-visibility': 'advanced',
        'x-ms-api-annotation': { family: 'ListOrders', revision: 1 },
      });
      const second = asObject(at(cwd, '/v2/orders/{region}', 'get'));
      expect(second).to.deep.include({
        operationId: 'ListOrders_V2',
        summary: 'List orders (V2)',
        'x-ms-api-annotation': { family: 'ListOrders', revision: 2 },
      });
      expect(JSON.stringify(second.parameters)).to.contain('"region"');
      expect(JSON.stringify(properties(cwd))).to.contain('["ListOrders","ListOrders_V2"]');
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
      const once = snapshot(cwd);
      await operation(cwd, flags);
      expect(snapshot(cwd)).to.deep.equal(once);
      await operation(cwd, { revise: 'ListOrders_V2', path: '/v3/orders' });
      expect(at(cwd, '/v3/orders', 'get', 'operationId')).to.equal('ListOrders_V3');
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
    });

    it('asks for the path, and says what to do where the API has only one', async () => {
      expect(await failure(operation(repository(), { revise: 'ListStations' }))).to.match(
        /--path is missing.*\n.*--api-path \/stations/,
      );
    });
  });

  it('a revision that goes leaves what was there before', async () => {
    const cwd = repository();
    await operation(cwd, { ...list, visibility: 'important' });
    const before = snapshot(cwd);
    await operation(cwd, { revise: 'ListOrders', path: '/v2/orders' });
    await operation(cwd, { revise: 'ListOrders_V2', path: '/v3/orders' });
    const second = snapshot(cwd);
    expect(at(cwd, '/v2/orders', 'get')).to.deep.include({ 'x-ms-visibility': 'advanced' });
    await operation(cwd, { remove: ['ListOrders_V3'] });
    expect(at(cwd, '/v2/orders', 'get')).to.deep.include({
      'x-ms-visibility': 'important',
      'x-ms-api-annotation': { family: 'ListOrders', revision: 2 },
    });
    expect(second).to.not.deep.equal(snapshot(cwd));
    await operation(cwd, { remove: ['ListOrders_V2'] });
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  describe('--deprecate', () => {
    const replacement = (cwd: string): Json | undefined =>
      valueAt(definition(cwd), ['paths', '/orders', 'get', 'x-ms-api-annotation', 'replacement']);

    it('names the newest revision as the replacement', async () => {
      const cwd = repository();
      await operation(cwd, list);
      await operation(cwd, { revise: 'ListOrders', path: '/v2/orders' });
      await operation(cwd, { deprecate: ['ListOrders'] });
      expect(replacement(cwd)).to.deep.equal({ api: 'contosoweather', operationId: 'ListOrders_V2' });
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
    });

    it('names the one that it is told', async () => {
      const cwd = repository();
      await operation(cwd, list);
      await operation(cwd, { deprecate: ['ListOrders'], replacement: 'liststations' });
      expect(replacement(cwd)).to.deep.equal({ api: 'contosoweather', operationId: 'ListStations' });
      const refused = { deprecate: ['ListOrders'], replacement: 'ListOrders' };
      expect(await failure(operation(cwd, refused))).to.match(/--replacement ListOrders: an operation can't replace/);
      const unknown = { deprecate: ['ListOrders'], replacement: 'ListStation' };
      expect(await failure(operation(cwd, unknown))).to.match(/no such operation; did you mean ListStations/);
    });
  });

  it('--deprecate marks texts and hides', async () => {
    const cwd = repository();
    await operation(cwd, list);
    const log = await operation(cwd, { deprecate: ['ListOrders'] });
    expect(log).to.contain('30 days');
    expect(at(cwd, '/orders', 'get')).to.deep.include({
      summary: 'List orders (deprecated)',
      deprecated: true,
      'x-ms-visibility': 'advanced',
    });
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
    expect(await operation(cwd, { deprecate: ['ListOrders'] })).to.contain('nothing to change');
  });

  describe('--remove', () => {
    it('takes everything along that refers to it, and says so', async () => {
      const cwd = repository();
      const path = join(cwd, 'connector', 'apiDefinition.json');
      const text = readText(cwd, 'connector/apiDefinition.json');
      writeFileSync(
        path,
        text.replace(
          '    "tags": []',
          '    "x-ms-capabilities": {\n        "testConnection": { "operationId": "ListRegions", "parameters": {} }\n    },\n    "tags": []',
        ),
      );
      const log = await operation(cwd, { remove: ['ListRegions'] });
      expect(log).to.contain('x-ms-dynamic-values that called ListRegions').and.to.contain('x-ms-capabilities');
      expect(readText(cwd, 'connector/apiDefinition.json'))
        .to.not.contain('ListRegions')
        .and.to.not.contain('x-ms-capabilities');
      expect(await findings(cwd, 'verified')).to.deep.equal([]);
    });

    it('keeps a policy for those that stay', async () => {
      const cwd = repository();
      await operation(cwd, { remove: ['GetStation'] });
      expect(
        valueAt(properties(cwd), [
          'properties',
          'policyTemplateInstances',
          '0',
          'parameters',
          'x-ms-apimTemplate-operationName',
        ]),
      ).to.deep.equal(['ListStations']);
      await operation(cwd, { remove: ['ListStations'] });
      expect(JSON.stringify(properties(cwd))).to.not.contain('policyTemplateInstances');
    });

    it('keeps code that the author changed', async () => {
      const cwd = repository();
      await operation(cwd, { ...list, script: 'transform' });
      const script = join(cwd, 'connector', 'script.csx');
      writeFileSync(
        script,
        readText(cwd, 'connector/script.csx').replace(
          '["count"] = list.Count',
          '["count"] = list.Count, ["mine"] = true',
        ),
      );
      const log = await operation(cwd, { remove: ['ListOrders'] });
      expect(log).to.contain('script.csx keeps your code for ListOrders');
      expect(readText(cwd, 'connector/script.csx')).to.contain('["mine"]').and.to.not.contain('case "ListOrders"');
    });
  });

  it('one thing at a time', async () => {
    expect(await failure(operation(repository(), { edit: 'A', remove: ['B'] }))).to.match(
      /--edit and --remove: one of them/,
    );
  });

  it('--dry-run writes nothing', async () => {
    const cwd = repository();
    const before = snapshot(cwd);
    expect(await operation(cwd, { remove: ['GetStation'], dryRun: true })).to.contain(
      '-                "operationId": "GetStation"',
    );
    expect(snapshot(cwd)).to.deep.equal(before);
  });
});
