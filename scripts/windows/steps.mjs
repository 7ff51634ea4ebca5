/**
 * The journey: every command that needs neither git nor addresses. Paths are given as people on each system write them,
 * in folders with blanks, umlauts and what cmd.exe gives a meaning.
 */
import { strict as assert } from 'node:assert';
import { cpSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { root } from '../support.mjs';
import { deploying, replacing } from './deploying.mjs';
import { running } from './running.mjs';
import { assertCrlfOnly, checkOutWithCrlf, connector, demo, json, onWindows, put, read } from './step.mjs';

/** @typedef {import('./systems.mjs').System} System */
/** @typedef {import('./step.mjs').Step} Step */

const description = json({
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1.0', description: 'Reads and writes the orders of a shop for the staff.' },
  servers: [{ url: 'https://api.contoso.com/v1' }],
  paths: {
    '/orders': {
      get: {
        operationId: 'ListOrders',
        summary: 'List orders',
        description: 'Lists all orders.',
        responses: {
          200: { description: 'OK', content: { 'application/json': { schema: { $ref: 'parts\\order.json' } } } },
        },
      },
    },
    '/items': {
      get: {
        operationId: 'ListItems',
        summary: 'List items',
        description: 'Lists all items.',
        responses: {
          200: {
            description: 'OK',
            content: { 'application/json': { schema: { $ref: '.\\parts\\ä b\\item.json#/Item' } } },
          },
        },
      },
    },
  },
});

/** @param {System} system */
function putDescription(system) {
  put(system, 'api of others/openapi.json', description.replaceAll('\n', '\r\n'));
  put(
    system,
    'api of others/parts/order.json',
    json({ type: 'object', properties: { id: { type: 'string' }, item: { $ref: 'ä b\\item.json#/Item' } } }),
  );
  put(
    system,
    'api of others/parts/ä b/item.json',
    json({ Item: { type: 'object', properties: { name: { type: 'string' } } } }),
  );
  put(system, 'samples/order.json', json({ number: 1, customer: { name: 'Ärger' } }));
}

/** @type {Step[]} */
const making = [
  {
    title: 'new',
    differs: true,
    before: putDescription,
    words: (at) => [
      ...['new', at(demo), '--yes', '--tool-spec', '0.2.0', '--profile', 'verified', '--title', 'R&D 100% ^a! (x)'],
      ...['--description', 'Reads and writes the orders of a shop, for its staff and their flows.'],
      ...[
        '--publisher',
        'Contoso',
        '--stack-owner',
        'Contoso',
        '--contact-email',
        'api@contoso.com',
        '--host',
        'api.contoso.com',
      ],
      ...[
        '--website',
        'https://contoso.com',
        '--privacy-policy',
        'https://contoso.com/privacy',
        '--categories',
        'Data',
      ],
    ],
  },
  { title: 'new again', differs: true, words: () => ['new', demo, '--yes', '--tool-spec', '0.2.0'] },
  {
    title: 'new where a name differs in case only',
    only: onWindows,
    words: () => ['new', demo.toLowerCase(), '--yes', '--tool-spec', '0.2.0'],
    after: (system) => assert.equal(readdirSync(system.folder).filter((name) => /^r&d/i.test(name)).length, 1),
  },
  {
    title: 'operation with a sample',
    cwd: demo,
    words: (at) => [
      ...['operation', '--yes', '--method', 'post', '--path', '/orders', '--drop-sample'],
      '--request-sample',
      at('samples/order.json'),
    ],
  },
  {
    title: 'operation with a sample in the other folder',
    cwd: demo,
    words: (_at, { isWindows }) => [
      ...['operation', '--yes', '--method', 'put', '--path', '/orders/{orderId}', '--request-sample'],
      isWindows ? '..\\samples\\order.json' : '../samples/order.json',
    ],
  },
  {
    title: 'operation of another kind',
    cwd: demo,
    words: (at) => [
      'operation',
      '--yes',
      '--kind',
      'webhook',
      '--path',
      '/hooks',
      '--notification-sample',
      at('samples/order.json'),
    ],
  },
  { title: 'oauth', cwd: demo, words: () => ['oauth', '--yes', '--auth', 'entra', '--scope', 'User.Read'] },
  {
    title: 'policy',
    cwd: demo,
    words: () => ['policy', '--yes', '--template', 'setheader', '--set', 'name=X-A', '--set', 'value=b'],
  },
  { title: 'readme', cwd: demo, words: () => ['readme', '--yes'] },
  { title: 'build', cwd: demo, words: () => ['build'] },
  {
    title: 'build elsewhere',
    words: (at) => ['build', '--config', at(`${demo}/config.json`), '--output', at('built here')],
  },
];

/** As git on Windows checks text out, unless .gitattributes says otherwise. @type {Step[]} */
const withCrlf = [
  {
    title: 'operation in a checkout with CRLF',
    cwd: demo,
    before: (system) => checkOutWithCrlf(system, demo),
    words: () => ['operation', '--yes', '--method', 'get', '--path', '/customers'],
    after: (system) => assertCrlfOnly(system, `${connector}/apiDefinition.json`),
  },
  {
    title: 'oauth in a checkout with CRLF',
    cwd: demo,
    words: () => ['oauth', '--yes', '--auth', 'api-key', '--name', 'X-Key'],
    after: (system) => assertCrlfOnly(system, `${connector}/apiProperties.json`),
  },
  {
    title: 'readme in a checkout with CRLF',
    cwd: demo,
    words: () => ['readme', '--yes'],
    after: (system) => assertCrlfOnly(system, `${demo}/README.md`),
  },
  {
    title: 'validate --fix in a checkout with CRLF',
    differs: true,
    before: (system) => {
      const [name, picture] = [`${connector}/apiDefinition.json`, `${connector}/icon.png`];
      put(system, name, read(system, name).replace('"/customers"', '"/customers/"').replace('"Data"', '" Data "'));
      renameSync(join(system.folder, picture), join(system.folder, connector, 'Icon.PNG'));
    },
    words: () => ['validate', demo, '--fix'],
    after: (system) => {
      assertCrlfOnly(system, `${connector}/apiDefinition.json`);
      assert.ok(readdirSync(join(system.folder, connector)).includes('icon.png'), 'Icon.PNG was not renamed');
    },
  },
  {
    title: 'update of a repository in CRLF',
    cwd: demo,
    words: () => ['update', '--tool-spec', '0.2.0'],
    says: /nothing|up to date/i,
  },
];

/** @type {Step[]} */
const judging = [
  { title: 'validate', words: (at) => ['validate', at(demo)] },
  {
    title: 'validate as JSON',
    cwd: demo,
    words: () => ['validate', '--format', 'json', '--profile', 'independent', '--fail-on', 'never'],
  },
  {
    title: 'validate as SARIF',
    words: () => ['validate', demo, '--format', 'sarif', '--profile', 'independent', '--fail-on', 'never'],
  },
  {
    title: 'validate on drive C, from drive Z',
    only: onWindows,
    before: (system) =>
      cpSync(join(system.folder, connector), join(String(system.driveC), system.name, 'ä b'), { recursive: true }),
    words: (_at, system) => ['validate', `C:\\${system.name}\\ä b`, '--format', 'json', '--fail-on', 'never'],
    says: /"file": "C:\/node\d\d\/ä b\/apiDefinition\.json"/,
  },
  {
    title: 'validate in the current folder of a drive',
    cwd: demo,
    only: onWindows,
    words: () => ['validate', 'Z:connector\\apiDefinition.json', '--format', 'json', '--fail-on', 'never'],
    says: /"file": "connector\/apiDefinition\.json"/,
  },
  {
    title: 'validate by the long form of a path',
    only: onWindows,
    words: (at) => ['validate', `\\\\?\\${at(connector)}`, '--fail-on', 'never'],
  },
  {
    title: 'validate on a server that is not there',
    only: onWindows,
    words: () => ['validate', '\\\\nowhere\\share\\connector'],
    status: 2,
    says: /\\\\nowhere\\share\\connector: there is no such file or folder/,
  },
  { title: 'rules', words: () => ['rules'] },
  { title: 'one rule', words: () => ['rules', 'info-title-length'] },
  {
    title: 'diff',
    before: (system) => cpSync(join(system.folder, connector), join(system.folder, 'older ä'), { recursive: true }),
    words: (at) => ['diff', 'older ä', '--to', at(connector), '--format', 'json'],
  },
  {
    title: 'diff of files',
    before: (system) =>
      put(
        system,
        'older ä/apiDefinition.json',
        read(system, 'older ä/apiDefinition.json').replace('ListCustomers', 'ListPeople'),
      ),
    words: (at) => [
      'diff',
      at('older ä/apiDefinition.json'),
      '--to',
      at(`${connector}/apiDefinition.json`),
      '--profile',
      'verified',
    ],
    status: 1,
  },
];

/** @type {Step[]} */
const bringing = [
  {
    title: 'import into a file, with references that have backslashes',
    words: (at) => ['import', at('api of others/openapi.json'), '--output', at('imported ä/apiDefinition.json')],
    after: (system) => assert.match(read(system, 'imported ä/apiDefinition.json'), /"name"/),
  },
  {
    title: 'new from a description',
    words: (at) => ['new', 'shop', '--yes', '--tool-spec', '0.2.0', '--api', at('api of others/openapi.json')],
  },
  { title: 'import again', cwd: 'shop', words: (at) => ['import', at('api of others/openapi.json'), '--yes'] },
  { title: 'new from a folder', words: () => ['new', 'adopted', '--yes', '--tool-spec', '0.2.0', '--from', 'older ä'] },
];

/** @type {Step[]} */
const submitting = [
  { title: 'package', cwd: demo, words: () => ['package', '--fail-on', 'never'] },
  {
    title: 'package into another folder',
    cwd: demo,
    words: (at) => ['package', '--fail-on', 'never', '--output', at('fork of it')],
  },
  {
    title: 'package of solutions',
    cwd: demo,
    before: async (system) => {
      const { solutions, zip } = await tsImport('../../test/package/archives.ts', import.meta.url);
      for (const name of ['flow', 'connector']) put(system, `exports of it/${name}.zip`, await zip(solutions[name]));
    },
    words: (at) => [
      ...['package', '--submission', '--fail-on', 'never', '--solution', at('exports of it/flow.zip')],
      ...['--solution', at('exports of it/connector.zip'), '--output', at('packed ä.zip')],
    ],
  },
  {
    title: 'package --check',
    words: (at) => ['package', '--check', at('packed ä.zip'), '--format', 'json', '--fail-on', 'never'],
  },
  { title: 'status', cwd: demo, words: () => ['status'] },
  {
    title: 'status --done',
    cwd: demo,
    words: () => ['status', '--done', 'test', '--on', '2026-01-31', '--note', 'Ä & b'],
  },
  { title: 'status as JSON', cwd: demo, words: () => ['status', '--format', 'json'] },
  {
    title: 'update of a repository of version 0.1.0',
    cwd: 'old',
    before: (system) => {
      const from = join(root, 'test', 'fixtures', 'repository-0.1.0');
      for (const name of readdirSync(from))
        cpSync(join(from, name), join(system.folder, 'old', name.replace(/^_/, '.')), { recursive: true });
    },
    words: () => ['update', '--tool-spec', '0.2.0'],
  },
  {
    title: 'doctor',
    words: () => ['doctor', '--format', 'json'],
    differs: true,
    status: 1,
    says: /"status": "ok",\s+"version": "2\.13/,
  },
];

export const steps = [
  ...making,
  ...withCrlf,
  ...judging,
  ...bringing,
  ...running,
  ...submitting,
  ...deploying,
  ...replacing,
];
