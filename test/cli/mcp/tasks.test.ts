import { join } from 'node:path';
import { expect } from 'chai';
import { type JsonObject, valueAt } from '../../../src/connector/json/value.ts';
import { readJson, readTree, snapshot, temporaryFolder, writeTree } from '../../support/folders.ts';
import { hasGit, initialise } from '../../support/git.ts';
import { warmCli } from '../../support/warm/warm.ts';
import { Agent, type Answer } from './agent.ts';

type Call = readonly [tool: string, args: Record<string, unknown>];

interface Task {
  title: string;
  calls: readonly Call[];
  /** Files that may change, and nothing else. */
  changes: readonly string[];
  /** What the definition then has. */
  definition?: (definition: JsonObject) => void;
}

const definitionName = 'connector/apiDefinition.json';
const propertiesName = 'connector/apiProperties.json';
/** Follows the definition by itself. */
const documents = ['README.md', '.pp-connector/derived-texts.json', '.pp-connector/generated.json'];
const operationFiles = [definitionName, ...documents];
const both = [...operationFiles, propertiesName, 'connector/settings.json', 'config.json'];

const has =
  (path: string, method = 'get') =>
  (definition: JsonObject) =>
    expect(valueAt(definition, ['paths', path, method]), `${method} ${path}`).to.be.an('object');

const order = { id: 'o-1', total: 3.5, placed: '2026-01-31T10:00:00Z', lines: [{ sku: 'a', count: 1 }] };

const openapi = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Parcels', version: '1.0', description: 'Sends parcels.' },
  servers: [{ url: 'https://api.parcels.example/v1' }],
  paths: {
    '/parcels': {
      get: {
        operationId: 'ListParcels',
        summary: 'List parcels',
        description: 'Returns all parcels of the account.',
        responses: { 200: { description: 'The parcels.' } },
      },
    },
  },
});

/** A year later: another id, and one operation more. */
const later = (() => {
  const description = JSON.parse(openapi.replace('ListParcels', 'parcels_index')) as { paths: JsonObject };
  description.paths['/parcels/{parcelId}'] = {
    get: {
      operationId: 'GetParcel',
      summary: 'Get a parcel',
      description: 'Returns one parcel.',
      parameters: [{ name: 'parcelId', in: 'path', required: true, description: 'Which.', schema: { type: 'string' } }],
      responses: { 200: { description: 'The parcel.' } },
    },
  };
  return JSON.stringify(description);
})();

const add = (
  title: string,
  args: Record<string, unknown>,
  path: string,
  method = 'get',
  files = operationFiles,
): Task => ({
  title: `adds ${title}`,
  calls: [['add_operation', args]],
  changes: files,
  definition: has(path, method),
});

const edit = (title: string, args: Record<string, unknown>, changes = operationFiles): Task => ({
  title,
  calls: [['edit_operation', args]],
  changes,
});

const signIn = (auth: string, args: Record<string, unknown> = {}): Task => ({
  title: `signs in by ${auth}`,
  calls: [['set_authentication', { auth, ...args }]],
  changes: [...both, 'connector/script.csx'],
});

const policy = (template: string, set: string[], args: Record<string, unknown> = {}): Task => ({
  title: `adds the policy ${template}`,
  calls: [['add_policy', { template, set, ...args }]],
  changes: [...documents, propertiesName],
});

const oauthUrls = { authorizationUrl: 'https://id.contoso.com/authorize', tokenUrl: 'https://id.contoso.com/token' };

/** What people ask agents for; the arguments are those that the list of tools describes. */
const tasks: readonly Task[] = [
  add('a GET', { method: 'get', path: '/orders/{orderId}', responseSample: order }, '/orders/{orderId}'),
  add('a POST', { method: 'post', path: '/orders', requestSample: order, responseSample: order }, '/orders', 'post'),
  add(
    'a PATCH',
    { method: 'patch', path: '/orders/{orderId}', requestSample: { total: 1 } },
    '/orders/{orderId}',
    'patch',
  ),
  add('a DELETE', { method: 'delete', path: '/orders/{orderId}' }, '/orders/{orderId}', 'delete'),
  add(
    'a call from curl',
    { curl: "curl 'https://api.contoso.com/stock?sku=a' -H 'Accept: application/json'" },
    '/stock',
  ),
  add('texts', { method: 'get', path: '/a', id: 'GetA', summary: 'Get A', description: 'Returns the one A.' }, '/a'),
  add('parameters', { method: 'get', path: '/b', param: ['top:query:integer=50|Top|How many at most.'] }, '/b'),
  add('a sample as text', { method: 'get', path: '/c', responseSample: JSON.stringify(order) }, '/c'),
  add(
    'a list in pages',
    { kind: 'paging', path: '/pages', responseSample: { value: [order], nextLink: 'x' } },
    '/pages',
    'get',
    both,
  ),
  add(
    'a helper',
    { kind: 'internal', path: '/teams', id: 'ListTeams', responseSample: [{ id: 1, name: 'x' }] },
    '/teams',
  ),
  add('an upload', { kind: 'upload', path: '/files' }, '/files', 'post'),
  add('a download', { kind: 'download', path: '/files/{fileId}' }, '/files/{fileId}'),
  add('a webhook', { kind: 'webhook', path: '/hooks', id: 'OnOrder', notificationSample: order }, '/hooks', 'post'),
  add(
    'a polling trigger',
    { kind: 'polling', path: '/new', id: 'OnNew', responseSample: [order], stateParam: 'since', statePath: 'placed' },
    '/new',
    'get',
    both,
  ),
  edit('changes a summary', { edit: 'ListItems', summary: 'List all items' }),
  edit('changes a description', { edit: 'GetItem', description: 'Returns the item with this ID, with its price.' }),
  edit('adds a parameter', { edit: 'ListItems', param: ['sort:query|Sort|By which property.'] }),
  edit('renames before the release', { rename: 'ListItems', to: 'FindItems' }, [...both]),
  edit('deprecates', { deprecate: ['GetItem'] }),
  edit('removes', { remove: ['CreateItem'] }, [...both]),
  edit('revises', { revise: 'GetItem', path: '/v2/items/{itemId}', responseSample: order }),
  signIn('api-key', { in: 'header', name: 'X-Api-Key' }),
  signIn('basic'),
  signIn('oauth2', { ...oauthUrls, scope: ['read'] }),
  signIn('entra', { resourceUri: 'api://contoso' }),
  policy('setheader', ['name=X-Api-Version', 'value=2026-01-01']),
  policy('setqueryparameter', ['name=version', 'value=2'], { operations: ['ListItems'] }),
  policy('routerequesttoendpoint', ['newPath=/things'], { operations: ['ListItems'] }),
  {
    title: 'imports a description',
    calls: [
      ['import_description', { source: 'parcels.json', dryRun: true }],
      ['import_description', { source: 'parcels.json' }],
    ],
    changes: [...both, 'api/conversion-report.json', 'api/parcels.json', '.pp-connector/imported.json'],
    definition: has('/parcels'),
  },
  {
    title: 'follows a later description, which has other ids and one operation more',
    calls: [
      ['import_description', { source: 'parcels.json' }],
      ['import_description', { source: 'later.json' }],
    ],
    changes: [
      ...both,
      'api/conversion-report.json',
      'api/parcels.json',
      'api/later.json',
      '.pp-connector/imported.json',
    ],
    definition: (definition) => {
      has('/parcels/{parcelId}')(definition);
      expect(valueAt(definition, ['paths', '/parcels', 'get', 'operationId'])).to.equal('ListParcels');
    },
  },
  {
    title: 'writes the texts that certification asks for',
    calls: [
      ['validate', { profile: 'verified' }],
      [
        'edit_operation',
        { edit: 'ListItems', description: 'Returns the items of the shop, those that sell best first.' },
      ],
      [
        'edit_operation',
        { edit: 'GetItem', summary: 'Get an item', description: 'Returns what the shop knows of an item.' },
      ],
    ],
    changes: operationFiles,
    definition: (definition) =>
      expect(valueAt(definition, ['paths', '/items/{itemId}', 'get', 'summary'])).to.equal('Get an item'),
  },
  {
    title: 'repairs what was made wrong by hand',
    calls: [
      ['validate', {}],
      ['fix', {}],
      ['fix', { apply: true }],
    ],
    changes: [definitionName, ...documents],
  },
];

describe('mcp: from nothing', function () {
  this.timeout(120_000);

  it('to a connector without warnings, and with tests that pass, by the answers of the tools alone', async () => {
    const root = temporaryFolder();
    const agent = await Agent.connect(root);
    const facts = {
      title: 'Contoso Orders',
      description: 'Reads the orders of Contoso, and what is in each of them.',
      host: 'orders.fabrikam.com',
      ...{ contactName: 'Support', contactUrl: 'https://www.fabrikam.com', contactEmail: 'support@fabrikam.com' },
      ...{ website: 'https://www.fabrikam.com', privacyPolicy: 'https://www.fabrikam.com/privacy' },
      categories: ['Commerce', 'Data'],
    };
    try {
      const nothing = await agent.call('overview');
      expect([nothing.isError, nothing.json.next]).to.deep.equal([true, 'new_repository']);
      const made = await agent.call('new_repository', { folder: 'orders', empty: true, auth: 'api-key' });
      expect([made.isError, made.json.next], made.texts[0]).to.deep.equal([false, 'overview, with cwd: "orders"']);
      const cwd = 'orders';
      const refused = await agent.call('add_operation', { cwd, kind: 'webhook', path: '/hooks' });
      expect(refused.json.error).to.match(/^notificationSample is missing/);
      const sample = { id: 1, customer: { name: 'Ada' } };
      await agent.call('add_operation', { cwd, method: 'get', path: '/orders/{orderId}', responseSample: sample });
      const changed = await agent.call('new_repository', { cwd, ...facts });
      expect(valueAt(changed.json, ['validation', 'counts']), changed.texts[0]).to.include({ error: 0, warning: 0 });
      const tested = await agent.call('test', { cwd });
      expect(tested.json.counts).to.deep.equal({ passed: 2, failed: 0, skipped: 0 });
      const { json } = await agent.call('overview', { cwd });
      expect(json).to.include({ title: 'Contoso Orders', host: 'orders.fabrikam.com/' });
    } finally {
      await agent.close();
    }
  });
});

describe('mcp: tasks', function () {
  this.timeout(60_000);

  const root = temporaryFolder();
  let pattern: Record<string, Buffer> = {};
  let agent: Agent;

  before(async () => {
    expect(warmCli(['new', 'pattern', '--yes'], { cwd: root }).status).to.equal(0);
    pattern = readTree(join(root, 'pattern'));
    agent = await Agent.connect(root);
  });

  after(() => agent.close());

  for (const [index, task] of tasks.entries()) {
    it(task.title, async () => {
      const cwd = `task-${index}`;
      const folder = writeTree(join(root, cwd), { ...pattern, 'parcels.json': openapi, 'later.json': later });
      if (task.title.startsWith('repairs')) spoil(folder);
      const before = snapshot(folder);
      let last: Answer | undefined;
      for (const [tool, args] of task.calls) {
        last = await agent.call(tool, { ...args, cwd });
        expect(last.isError, `${tool} ${JSON.stringify(last.json).slice(0, 1000)}`).to.equal(false);
      }
      // what writes is validated with it
      const validation = last?.json.validation ?? (await agent.call('validate', { cwd })).json;
      expect(valueAt(validation, ['counts', 'error']), JSON.stringify(validation).slice(0, 1500)).to.equal(0);
      const after = snapshot(folder);
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      const changed = names.filter((name) => before[name] !== after[name]);
      expect(changed, 'something changes').to.have.length.above(0);
      expect(
        // tests that nobody edited follow what they are about
        changed.filter((name) => !task.changes.includes(name) && !/^tests\/[^/]+\.test\.yaml$/.test(name)),
        'nothing else changes',
      ).to.deep.equal([]);
      task.definition?.(readJson(folder, definitionName) as JsonObject);
    });
  }

  (hasGit ? it : it.skip)('tells what an update breaks', async () => {
    const folder = writeTree(join(root, 'released'), pattern);
    initialise(folder);
    await agent.call('edit_operation', { remove: ['GetItem'], cwd: 'released' });
    const { json, isError } = await agent.call('diff', { base: 'HEAD', cwd: 'released' });
    expect(isError).to.equal(false);
    expect(JSON.stringify(json)).to.contain('GetItem');
  });
});

/** What people do in a text editor. */
function spoil(root: string): void {
  const definition = readJson(root, definitionName) as JsonObject;
  const operation = valueAt(definition, ['paths', '/items', 'get']) as JsonObject;
  operation.summary = 'List items.';
  writeTree(root, { [definitionName]: `${JSON.stringify(definition, null, 2)}\n` });
}
