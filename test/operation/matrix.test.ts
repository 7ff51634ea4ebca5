import { expect } from 'chai';
import { profiles } from '../../src/connector/profile.ts';
import { snapshot, writeTree } from '../support/folders.ts';
import { exampleRepository, findings, operation } from './support.ts';

/** Every kind of operation × every profile: valid, the same when run again, without a trace when removed. */

const samples = {
  'order.json': '{ "id": "o-1", "total": 12.5, "created": "2024-05-01T10:00:00Z" }',
  'orders.json': '{ "items": [ { "id": "o-1", "total": 12.5, "created": "2024-05-01T10:00:00Z" } ] }',
  'page.json': '{ "items": [ { "id": "o-1" } ], "nextLink": "https://weather.contoso.com/v1/orders?page=2" }',
  'list.json': '[ { "id": "o-1", "created": "2024-05-01T10:00:00Z" } ]',
  'hook.json': '{ "event": "order.created", "target": { "name": "x" } }',
  'schema.json': JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, tags: { $ref: '#/$defs/tags' }, note: { type: ['string', 'null'] } },
    $defs: { tags: { type: 'array', items: { type: 'string' } } },
  }),
};

/** Flags, and what to remove beside the operation itself. */
const cases: Record<string, { flags: Record<string, unknown>; helpers?: string[] }> = {
  action: { flags: { method: 'get', path: '/orders/{orderId}', responseSample: 'order.json' } },
  'action with a body': {
    flags: {
      method: 'post',
      path: '/orders',
      requestSample: 'order.json',
      responseSample: 'order.json',
      status: '201',
    },
  },
  'action by schema': {
    flags: { method: 'put', path: '/orders', requestSchema: 'schema.json', responseSample: 'order.json' },
  },
  'action with named choices': {
    flags: {
      path: '/orders',
      param: ['size:query:string(s=>Small,l=>Large):required=s'],
      responseSample: 'orders.json',
    },
  },
  paging: { flags: { kind: 'paging', path: '/orders', responseSample: 'page.json' } },
  'paging by flag': { flags: { path: '/orders', responseSample: 'orders.json', nextLink: '@odata.nextLink' } },
  internal: { flags: { kind: 'internal', path: '/orders', responseSample: 'orders.json' } },
  webhook: { flags: { kind: 'webhook', path: '/events', id: 'OnOrderCreated', notificationSample: 'order.json' } },
  'webhook with a body': {
    flags: {
      kind: 'webhook',
      path: '/events',
      id: 'OnOrderCreated',
      requestSample: 'hook.json',
      notificationUrl: 'target/url',
      bodyValue: ['event=order.created'],
      notificationSample: 'order.json',
      hint: 'To see it work now, create an order.',
    },
  },
  'webhook, Location by policy': {
    flags: {
      kind: 'webhook',
      path: '/events',
      id: 'OnOrderCreated',
      notificationSample: 'order.json',
      location: 'policy',
      locationUrl: 'https://weather.contoso.com/v1/events/mine',
    },
  },
  'webhook, Location by script': {
    flags: {
      kind: 'webhook',
      path: '/events',
      id: 'OnOrderCreated',
      notificationSample: 'order.json',
      location: 'script',
    },
  },
  'webhook beside another': {
    flags: {
      kind: 'webhook',
      path: '/hooks/orders',
      apiPath: '/hooks',
      id: 'OnOrderCreated',
      notificationSample: 'order.json',
    },
  },
  'polling by policy': {
    flags: { kind: 'polling', path: '/orders', id: 'OnNewOrder', responseSample: 'orders.json', statePath: 'created' },
  },
  'polling of a bare list': {
    flags: {
      kind: 'polling',
      path: '/orders',
      id: 'OnNewOrder',
      responseSample: 'list.json',
      statePath: 'created',
      stateParam: 'after',
    },
  },
  'polling by a filter': {
    flags: {
      kind: 'polling',
      path: '/orders',
      id: 'OnNewOrder',
      responseSample: 'orders.json',
      stateParam: '$filter',
      stateTemplate: "state eq 'new' and created gt {state}",
      statePath: 'created',
    },
  },
  'polling by protocol': {
    flags: { kind: 'polling', path: '/orders', id: 'OnNewOrder', responseSample: 'list.json', polling: 'protocol' },
  },
  'upload, multipart': {
    flags: { kind: 'upload', path: '/files', param: ['title:formData'], responseSample: 'order.json' },
  },
  'upload, raw': { flags: { kind: 'upload', path: '/files', upload: 'raw', responseSample: 'order.json' } },
  'upload, base64': { flags: { kind: 'upload', path: '/files', upload: 'base64', responseSample: 'order.json' } },
  'upload that answers with a file': {
    flags: {
      kind: 'upload',
      path: '/files/merged',
      param: ['first:formData:binary:required', 'second:formData:binary', 'pages:formData:int32{1..9}'],
      responseFile: true,
    },
  },
  download: { flags: { kind: 'download', path: '/files/{fileId}' } },
  'download of one type': { flags: { kind: 'download', path: '/files/{fileId}', mediaType: 'image/png' } },
  'download of a sound': { flags: { kind: 'download', path: '/sounds/{soundId}', mediaType: 'audio/mpeg' } },
  'other answers, limits, rare extensions': {
    flags: {
      path: '/orders',
      param: ['top:query:int32{1..100}=50', 'code:query:string{..8}'],
      responseSample: 'orders.json',
      otherStatus: ['404|There is no such list.', 'default|The request failed.'],
      stage: 'preview',
      extension: ['x-ms-no-generic-test=true', 'x-contoso-team=Orders'],
    },
  },
  'a body that may be left out': {
    flags: {
      method: 'post',
      path: '/orders',
      requestSample: 'order.json',
      optionalBody: true,
      responseSample: 'order.json',
    },
  },
  'agent-tool': { flags: { kind: 'agent-tool' } },
  'dynamic values': {
    flags: {
      path: '/orders',
      param: ['projectId:query:required', 'taskId:query:required'],
      responseSample: 'orders.json',
      dynamicValues: ['projectId=ListProjects:items:id:name', 'taskId=ListTasks(project=@projectId):items:id:title'],
      helper: ['ListProjects=GET /projects', 'ListTasks=GET /projects/{project}/tasks'],
    },
    helpers: ['ListProjects', 'ListTasks'],
  },
  'dynamic values in a body': {
    flags: {
      method: 'post',
      path: '/orders',
      requestSample: 'hook.json',
      responseSample: 'order.json',
      dynamicValues: ['body/target/name=ListTargets(event=@body/event):items:id:name'],
      helper: ['ListTargets=GET /targets'],
    },
    helpers: ['ListTargets'],
  },
  'dynamic schema': {
    flags: {
      method: 'post',
      path: '/tables/{table}/rows',
      id: 'CreateRow',
      requestSample: 'order.json',
      responseSample: 'order.json',
      dynamicSchema: ['body=GetTableSchema(table=@table):schema', 'response=GetTableSchema(table=@table):schema'],
      helper: ['GetTableSchema=GET /tables/{table}/schema'],
    },
    helpers: ['GetTableSchema'],
  },
  'dynamic tree': {
    flags: {
      path: '/files',
      param: ['folderId:query:required'],
      responseSample: 'orders.json',
      dynamicTree: ['folderId=ListRoot>ListFolder(folderId=*):items:id:name:isFolder'],
      helper: ['ListRoot=GET /folders', 'ListFolder=GET /folders/{folderId}'],
    },
    helpers: ['ListRoot', 'ListFolder'],
  },
  'dynamic tree of folders alone': {
    flags: {
      path: '/files',
      param: ['driveId:query:required', 'folderId:query:required'],
      responseSample: 'orders.json',
      dynamicTree: ['folderId=ListRoot(drive=@driveId,all=true)>ListFolder(folder=*):roots>:id:name:true:path:parents'],
      helper: ['ListRoot=GET /folders', 'ListFolder=GET /folders/{folder}'],
    },
    helpers: ['ListRoot', 'ListFolder'],
  },
  'choices of the platform': {
    flags: {
      path: '/tasks',
      param: ['userId:query:required'],
      responseSample: 'orders.json',
      dynamicValues: ['userId=AadGraph.GetUsers::id:displayName'],
    },
  },
  dictionary: {
    flags: {
      method: 'post',
      path: '/orders',
      requestSample: 'hook.json',
      responseSample: 'order.json',
      dictionary: ['body/target'],
    },
  },
  'script, transform': { flags: { path: '/orders', responseSample: 'orders.json', script: 'transform' } },
  'script, split': { flags: { path: '/orders', responseSample: 'orders.json', script: 'split' } },
  'script, base64': { flags: { path: '/pictures', responseSample: 'order.json', script: 'base64' } },
  'script, repeat-query': {
    flags: { path: '/orders', param: ['ids:query:string[]'], responseSample: 'orders.json', script: 'repeat-query' },
  },
  curl: {
    flags: {
      curl: "curl -X POST 'https://weather.contoso.com/v1/orders?dry=true' -H 'Authorization: Bearer x' -H 'X-Trace: 1' -d '{\"name\":\"a\"}'",
      responseSample: 'order.json',
    },
  },
};

/** The id that the generator says it added. */
const idIn = (log: string): string => /(\w+) is in the connector/.exec(log)?.[1] ?? '';

/** No flag gives texts here, so most are made of names, as the rules rightly say. */
const isDerived = (finding: string): boolean => finding.startsWith('derived-');

describe('every kind of operation', () => {
  for (const [name, { flags, helpers = [] }] of Object.entries(cases)) {
    for (const profile of profiles) {
      it(`${name} (${profile})`, async () => {
        const cwd = writeTree(
          exampleRepository({ profile, properties: { properties: { scriptOperations: [] } } }),
          samples,
        );
        const before = snapshot(cwd);
        const warnings = await findings(cwd, profile, ['error', 'warning']);
        const log = await operation(cwd, flags);
        const once = snapshot(cwd);
        expect(once).to.not.deep.equal(before);
        expect(await findings(cwd, profile)).to.deep.equal([]);
        const added = (await findings(cwd, profile, ['warning'])).filter((finding) => !warnings.includes(finding));
        // what an MCP server answers has no schema
        if (name !== 'agent-tool')
          expect(added.filter((line) => /apiDefinition|apiProperties/.test(line) && !isDerived(line))).to.deep.equal(
            [],
          );
        expect(await operation(cwd, flags)).to.contain('nothing to change');
        expect(snapshot(cwd)).to.deep.equal(once);
        await operation(cwd, { remove: [idIn(log), ...helpers] });
        expect(snapshot(cwd)).to.deep.equal(before);
      });
    }
  }
});
