import { expect } from 'chai';
import { asArray, asObject, type Json, valueAt } from '../../src/connector/json/value.ts';
import { readJson, readText, snapshot, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { exampleRepository, failure, findings, operation } from './support.ts';

const many = `
operations:
  - path: /projects/{projectId}/tasks
    id: ListTasks
    param:
      - 'top:query:integer=50'
      - name: kind
        in: query
        required: true
        summary: Kind of Task
        description: Which tasks are wanted.
        visibility: important
        enum: [ { value: b, displayName: Bug }, { value: f, displayName: Feature } ]
        default: b
      - { name: status, in: query, required: true }
    dynamicValues: ['status=ListStates(project=@projectId):items:id:name']
    responseSample: { items: [ { id: a, done: true } ] }
  - kind: internal
    path: /projects/{project}/states
    id: ListStates
    responseSchema: { type: object, properties: { items: { type: array, items: { type: object, properties: { id: { type: string }, name: { type: string } } } } } }
  - kind: webhook
    path: /events
    id: OnTaskDone
    notificationSample: { id: b, note: x }
    bodyValue: event=task.done
  - edit: ListStations
    visibility: advanced
  - deprecate: GetStation
`;

describe('--answers', () => {
  it('adds and changes many at once, in any order, and is the same again', async () => {
    const cwd = writeTree(exampleRepository(), { 'operations.yaml': many });
    const log = await operation(cwd, { answers: 'operations.yaml' });
    expect(log).to.contain('ListTasks is in the connector; ListStates is in the connector');
    const definition = readJson(cwd, 'connector/apiDefinition.json') as Json;
    const kind = asObject(valueAt(definition, ['paths', '/projects/{projectId}/tasks', 'get', 'parameters', '2']));
    expect(kind).to.deep.include({
      name: 'kind',
      'x-ms-summary': 'Kind of Task',
      'x-ms-visibility': 'important',
      'x-ms-enum-values': [
        { value: 'b', displayName: 'Bug' },
        { value: 'f', displayName: 'Feature' },
      ],
    });
    expect(valueAt(definition, ['paths', '/events', 'x-ms-notification-content', 'schema', 'properties'])).to.have.keys(
      'id',
      'note',
    );
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
    const once = snapshot(cwd);
    await operation(cwd, { answers: 'operations.yaml' });
    expect(snapshot(cwd)).to.deep.equal(once);
  });

  it('holds one operation without a list, and flags win', async () => {
    const cwd = writeTree(exampleRepository(), {
      'one.json': '{ "path": "/a", "id": "GetA", "responseSample": { "b": 1 } }',
    });
    await operation(cwd, { answers: 'one.json', id: 'GetB' });
    expect(readText(cwd, 'connector/apiDefinition.json'))
      .to.contain('"operationId": "GetB"')
      .and.to.not.contain('GetA');
  });

  const refused: [string, string, RegExp][] = [
    [
      'an unknown answer',
      'operations: [ { path: /a, summry: x } ]',
      /summry of operation 1 in a\.yaml is unknown; did you mean summary of operation 1/,
    ],
    ['a bad answer', 'operations: [ { path: /a }, { path: /b?x } ]', /path of operation 2 in a\.yaml: .*query/],
    ['an entry without path', 'operations: [ { method: get } ]', /path of operation 1 in a\.yaml is missing/],
    ['no list', 'operations: 1', /operations in a\.yaml: must be a list/],
    [
      'an unknown key of a parameter',
      'operations: [ { path: /a, param: [ { name: x, in: query, titel: y } ] } ]',
      /"titel" is unknown/,
    ],
    [
      'a wrong place of a parameter',
      'operations: [ { path: /a, param: [ { name: x, in: body } ] } ]',
      /"in" can't be "body"/,
    ],
    [
      'a clash in the second',
      'operations: [ { path: /a }, { path: /stations, id: X } ]',
      /GET \/stations is already there/,
    ],
  ];
  for (const [name, text, message] of refused) {
    it(`refuses ${name}, and writes nothing`, async () => {
      const cwd = writeTree(exampleRepository(), { 'a.yaml': text });
      const before = snapshot(cwd);
      expect(await failure(operation(cwd, { answers: 'a.yaml' }))).to.match(message);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  }
});

describe('what operation refuses', () => {
  const base = { path: '/orders', param: ['projectId:query:required'], responseSample: 'o.json' };
  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      'choices of an unknown operation',
      { ...base, dynamicValues: ['projectId=ListRegion:items:id'] },
      /no operation "ListRegion"; did you mean ListRegions\?[\s\S]*--helper/,
    ],
    [
      'choices for an unknown field',
      { ...base, dynamicValues: ['project=ListRegions:items:id:name'] },
      /no such parameter; allowed are projectId/,
    ],
    [
      'choices from a list that is not there',
      { ...base, dynamicValues: ['projectId=ListRegions:values:id:name'] },
      /has no "values"; it has: items/,
    ],
    [
      'choices from what is not a list',
      { ...base, dynamicValues: ['projectId=GetStation(stationId=1):name:id'] },
      /is not a list; its lists are: sensors/,
    ],
    [
      'choices by a property that is not there',
      { ...base, dynamicValues: ['projectId=ListRegions:items:key:name'] },
      /no "key"; it has: id, name/,
    ],
    [
      'choices without what their operation requires',
      { ...base, dynamicValues: ['projectId=ListStations:items:id:name'] },
      /requires "region"/,
    ],
    [
      'an unknown argument',
      { ...base, dynamicValues: ['projectId=ListRegions(a=1):items:id:name'] },
      /no parameter "a"/,
    ],
    [
      'an unknown input',
      { ...base, dynamicValues: ['projectId=ListStations(region=@other):items:id:name'] },
      /no input "other"/,
    ],
    ["choices that can't be read", { ...base, dynamicValues: ['projectId'] }, /--dynamic-values: .*FIELD=OPERATION/],
    ['another next link', { ...base, nextLink: 'next' }, /knows only nextLink and @odata\.nextLink/],
    ['a webhook without notification', { kind: 'webhook', path: '/e' }, /--notification-sample is missing/],
    [
      'a webhook by GET',
      { kind: 'webhook', path: '/e', method: 'get' },
      /--method get: a subscription is made by POST/,
    ],
    [
      'a policy without URL',
      { kind: 'webhook', path: '/e', notificationSample: 'o.json', location: 'policy' },
      /--location-url is missing/,
    ],
    [
      'another webhook at the same path',
      { kind: 'webhook', path: '/hooks', notificationSample: 'o.json' },
      /already notifies[\s\S]*--api-path \/hooks/,
    ],
    [
      'polling without state',
      { kind: 'polling', path: '/n', responseSample: 'o.json' },
      /--state-path is missing[\s\S]*an item has: id/,
    ],
    [
      'polling by an unknown state',
      { kind: 'polling', path: '/n', responseSample: 'o.json', statePath: 'made' },
      /--state-path made: an item has no such property/,
    ],
    ['polling without sample', { kind: 'polling', path: '/n' }, /--response-sample is missing/],
    [
      'form fields in a raw upload',
      { kind: 'upload', path: '/f', upload: 'raw', param: ['a:formData'] },
      /--upload multipart only/,
    ],
    [
      'a state without its place',
      { kind: 'polling', path: '/n', responseSample: 'o.json', statePath: 'id', stateTemplate: 'id gt' },
      /--state-template: "id gt" must have \{state\}/,
    ],
    ['a file with a sample', { ...base, responseFile: true }, /--response-file: the response is a file/],
    ['a status in words', { ...base, otherStatus: ['missing|No.'] }, /--other-status: the status "missing" must have/],
    [
      'another success of the same status',
      { ...base, otherStatus: ['200|Also.'] },
      /--other-status 200: that is the status/,
    ],
    ['limits of a truth', { ...base, param: ['all:query:boolean{1..2}'] }, /can't have minimum: it is of type boolean/],
    ['limits the wrong way round', { ...base, param: ['top:query:integer{9..1}'] }, /limits that nothing can meet/],
    ['a default beyond its limits', { ...base, param: ['top:query:integer{1..9}=10'] }, /default 10, which is beyond/],
    ['an extension with a flag', { ...base, extension: ['x-ms-visibility=internal'] }, /is set by the visibility/],
    ['an unknown extension', { ...base, extension: ['x-ms-no-generic-tests'] }, /did you mean x-ms-no-generic-test\?/],
    [
      'a tree of the platform',
      { ...base, dynamicTree: ['projectId=AadGraph.GetUsers>ListRegions(a=*):items:id:name:isFolder'] },
      /only choices can come from an operation of the platform/,
    ],
    [
      'a tree whose full title is not there',
      { ...base, dynamicTree: ['projectId=ListRegions>ListRegions:items:id:name:true:path'] },
      /an item of ListRegions has no "path"/,
    ],
    ['a kind that is not there', { kind: 'triger', path: '/f' }, /--kind: "triger" is not allowed/],
    ['sample and schema at once', { ...base, responseSchema: 'o.json' }, /--response-sample and --response-schema/],
  ];
  for (const [name, flags, message] of refused) {
    it(`${name}`, async () => {
      const cwd = writeTree(exampleRepository(), { 'o.json': '{ "items": [ { "id": "a" } ] }' });
      const before = snapshot(cwd);
      expect(await failure(operation(cwd, flags))).to.match(message);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  }

  it('asks step by step, by kind', async () => {
    const cwd = writeTree(exampleRepository(), { 'o.json': '{ "items": [ { "id": "a" } ] }' });
    const answers = {
      kind: 'webhook',
      path: '/events',
      id: 'OnEvent',
      notificationSample: 'o.json',
      parameter: '',
    };
    await operation(cwd, {}, answers);
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
    expect(readText(cwd, 'connector/apiDefinition.json')).to.contain('"operationId": "OnEvent"');
  });

  it('takes JSON as it is, and asks again for files that are not there', async () => {
    const cwd = exampleRepository();
    const answers = {
      kind: 'webhook',
      path: '/events',
      id: 'OnEvent',
      notificationSample: '{ "a  b": 1 }',
      parameter: '',
    };
    const { questions } = await generate('operation', { cwd, answers });
    expect(readText(cwd, 'connector/apiDefinition.json')).to.contain('"a  b"');
    const sample = questions.find(({ name }) => name === 'notificationSample');
    expect(sample?.validate('gone.json')).to.match(/gone\.json/);
    expect(sample?.validate('{ "a": }')).to.match(/is not JSON/);
    expect(sample?.validate('')).to.match(/must not be empty/);
    expect(sample?.validate('{ "a": 1 }')).to.equal(true);
  });

  it('asks for a parameter step by step, each once', async () => {
    const cwd = exampleRepository();
    const names = ['since', 'orderId', 'top:query:integer', ''];
    const inOrder = (values: unknown[]) => () => values.shift();
    const { questions } = await generate('operation', {
      cwd,
      answers: { kind: 'action', method: 'get', path: '/x/{orderId}', id: 'GetX', dynamic: 'no' },
      reply: {
        parameter: inOrder(names),
        parameterType: inOrder(['date and time', 'whole number']),
        parameterLabel: inOrder(['Since', 'Order']),
        parameterRequired: inOrder([true]),
      },
    });
    const definition = readJson(cwd, 'connector/apiDefinition.json') as Json;
    const made = asArray(valueAt(definition, ['paths', '/x/{orderId}', 'get', 'parameters'])).map(asObject);
    expect(
      made.map(({ name, in: place, type, format, required }) => [name, place, type, format, required]),
    ).to.deep.equal([
      ['since', 'query', 'string', 'date-time', true],
      ['orderId', 'path', 'integer', undefined, true],
      ['top', 'query', 'integer', undefined, false],
    ]);
    const last = questions.filter(({ name }) => name === 'parameter').at(-1);
    expect(last?.validate('since')).to.match(/already/);
    expect(last?.validate('a:b')).to.match(/--param/);
  });

  it('proposes what was said once more when the connector refuses it, and gives up when nothing changes', async () => {
    const cwd = writeTree(exampleRepository(), { 'o.json': '{ "items": [ { "id": "a" } ] }' });
    const answers = {
      kind: 'polling',
      path: '/n',
      id: 'OnNewN',
      responseSample: 'o.json',
      parameter: '',
      dynamic: 'no',
    };
    const statePaths = ['wrong', 'id'];
    const { questions, log } = await generate('operation', {
      cwd,
      answers,
      reply: { statePath: () => statePaths.shift() },
    });
    expect(log).to.contain('an item has no such property').and.contain('proposed again');
    expect(questions.filter(({ name }) => name === 'responseSample').at(-1)?.default).to.equal('o.json');
    expect(questions.filter(({ name }) => name === 'parameter')).to.have.lengthOf(1);
    const again = operation(
      writeTree(exampleRepository(), { 'o.json': '[{ "id": "a" }]' }),
      {},
      { ...answers, statePath: 'wrong' },
    );
    expect(await failure(again)).to.match(/an item has no such property/);
  });
});
