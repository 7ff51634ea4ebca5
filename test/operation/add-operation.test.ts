import { expect } from 'chai';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { inferSchema } from '../../src/connector/infer-schema.ts';
import { clone, type JsonObject, valueAt } from '../../src/connector/json/value.ts';
import type { Connector } from '../../src/connector/load.ts';
import { profiles } from '../../src/connector/profile.ts';
import { decode, parseJson } from '../../src/connector/source-file.ts';
import { UserError } from '../../src/errors.ts';
import { addOperation } from '../../src/operation/add-operation.ts';
import type { NewOperation } from '../../src/operation/model.ts';
import { parseParameter } from '../../src/operation/parse-parameter.ts';
import { RuleConfiguration } from '../../src/rules/engine/rule-configuration.ts';
import { runRules } from '../../src/rules/engine/run.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { allRules } from '../../src/rules/families/catalogue.ts';

const listWarnings: NewOperation = {
  kind: 'action',
  id: 'ListWarnings',
  method: 'GET',
  path: '/stations/{stationId}/warnings',
  summary: 'List warnings',
  description: 'returns the warnings of a station',
  visibility: 'important',
  parameters: [
    'top:query:integer=50|Number of Warnings|How many warnings are returned at most.',
    'level:query:string(yellow,red):required',
    'X-Format:header:string:internal=full',
  ].map(parseParameter),
  response: { schema: inferSchema([{ items: [{ id: 'a', issued: '2024-01-01T00:00:00Z' }] }]) },
};

const createWarning: NewOperation = {
  kind: 'action',
  id: 'CreateWarning',
  method: 'post',
  path: '/stations/{stationId}/warnings',
  body: { schema: inferSchema([{ text: 'Storm', level: 'red' }], { required: 'always-present' }) },
  response: { status: '201', description: 'The new warning', schema: inferSchema([{ id: 'a' }]) },
};

const draftOf = (definition: JsonObject = {}) => new ConnectorDraft(exampleConnector({ definition }));

/** The connector as it would be read again after the draft is written. */
function written(draft: ConnectorDraft): Connector {
  const { definition } = draft.source;
  const text = draft.files().get(draft.pathOf('definition'));
  if (definition === undefined || typeof text !== 'string') return draft.source;
  return { ...draft.source, definition: parseJson(decode({ ...definition, bytes: Buffer.from(text) })) };
}

describe('addOperation', () => {
  it('writes an action in the shape of published connectors', () => {
    const draft = draftOf();
    addOperation(draft, listWarnings);
    expect(valueAt(draft.definition, ['paths', '/stations/{stationId}/warnings', 'get'])).to.deep.equal({
      operationId: 'ListWarnings',
      summary: 'List warnings',
      description: 'Returns the warnings of a station.',
      'x-ms-visibility': 'important',
      parameters: [
        {
          name: 'stationId',
          in: 'path',
          required: true,
          type: 'string',
          'x-ms-summary': 'Station ID',
          description: 'The ID of the station.',
          'x-ms-url-encoding': 'single',
        },
        {
          name: 'top',
          in: 'query',
          required: false,
          type: 'integer',
          default: 50,
          'x-ms-summary': 'Number of Warnings',
          description: 'How many warnings are returned at most.',
        },
        {
          name: 'level',
          in: 'query',
          required: true,
          type: 'string',
          enum: ['yellow', 'red'],
          'x-ms-summary': 'Level',
          description: 'The level.',
        },
        {
          name: 'X-Format',
          in: 'header',
          required: true,
          type: 'string',
          default: 'full',
          'x-ms-summary': 'Format',
          description: 'The format.',
          'x-ms-visibility': 'internal',
        },
      ],
      responses: {
        200: { description: 'The operation succeeded.', schema: listWarnings.response?.schema },
      },
    });
  });

  it('derives summary and description from the id', () => {
    const draft = draftOf();
    addOperation(draft, createWarning);
    expect(valueAt(draft.definition, ['paths', '/stations/{stationId}/warnings', 'post'])).to.deep.include({
      summary: 'Create warning',
      description: 'Creates a warning.',
    });
  });

  for (const profile of profiles) {
    it(`makes no rule speak (${profile})`, async () => {
      const draft = new ConnectorDraft(exampleConnector({ profile }));
      addOperation(draft, listWarnings);
      addOperation(draft, createWarning);
      const connector = written(draft);
      const findings = await runRules(connector, {
        profile,
        subject: 'repository',
        rules: allRules,
        settings: new RuleConfiguration(new Set(), undefined, new Map()),
      });
      // only the definition is ours: the README follows by another capability
      const serious = findings.filter(
        (finding) => finding.severity !== 'info' && finding.file === connector.definition?.path,
      );
      expect(serious.map((finding) => `${finding.rule} ${finding.pointer}: ${finding.message}`)).to.deep.equal([]);
    });
  }

  it('adds a method to a path that is there, and nothing else changes', () => {
    const draft = draftOf();
    const before = clone(draft.definition);
    addOperation(draft, { kind: 'action', id: 'DeleteStation', method: 'DELETE', path: '/stations/{stationId}' });
    const path = ['paths', '/stations/{stationId}'];
    expect(Object.keys(valueAt(draft.definition, path) as JsonObject)).to.deep.equal(['get', 'delete']);
    delete (valueAt(draft.definition, path) as JsonObject).delete;
    expect(draft.definition).to.deep.equal(before);
    expect(Object.keys(draft.definition)).to.deep.equal(Object.keys(before));
  });

  it('changes nothing when it is run again', () => {
    const draft = draftOf();
    addOperation(draft, listWarnings);
    addOperation(draft, createWarning);
    const again = new ConnectorDraft(written(draft));
    addOperation(again, createWarning);
    addOperation(again, listWarnings);
    expect(again.files().size).to.equal(0);
  });

  it('keeps every byte of the rest', () => {
    const draft = draftOf();
    const before = draft.source.definition?.text ?? '';
    addOperation(draft, { kind: 'action', id: 'GetStatus', method: 'get', path: '/status' });
    const after = draft.files().get(draft.pathOf('definition')) ?? '';
    const kept = before.slice(0, before.indexOf('    "definitions"'));
    expect(after.startsWith(kept.trimEnd().replace(/\},$/, '').trimEnd())).to.equal(true);
    expect(after.endsWith(before.slice(before.indexOf('    "definitions"')))).to.equal(true);
  });

  it('declares media types only where the root differs', () => {
    const same = draftOf();
    addOperation(same, createWarning);
    expect(valueAt(same.definition, ['paths', createWarning.path, 'post'])).to.not.have.any.keys(
      'consumes',
      'produces',
    );
    const other = draftOf({ consumes: ['application/xml'], produces: null as never });
    addOperation(other, createWarning);
    expect(valueAt(other.definition, ['paths', createWarning.path, 'post'])).to.deep.include({
      consumes: ['application/json'],
      produces: ['application/json'],
    });
  });

  it('does not repeat a path parameter that the path item shares', () => {
    const shared = { $ref: '#/parameters/Region' };
    const region = { name: 'region', in: 'path', required: true, type: 'string' };
    const draft = draftOf({
      parameters: { Region: region },
      paths: { '/regions/{region}': { parameters: [shared], get: null as never } },
    });
    addOperation(draft, { kind: 'action', id: 'GetRegion', method: 'get', path: '/regions/{region}' });
    expect(valueAt(draft.definition, ['paths', '/regions/{region}', 'get', 'parameters'])).to.deep.equal([]);
  });

  it('makes paths where they are missing, in the usual place', () => {
    const draft = draftOf({ paths: null as never });
    addOperation(draft, { kind: 'action', id: 'GetStatus', method: 'get', path: '/status' });
    const keys = Object.keys(draft.definition);
    expect(keys[keys.indexOf('paths') + 1]).to.equal('definitions');
  });

  it('labels a body that is not an object', () => {
    const draft = draftOf();
    const schema = { type: 'array', items: { type: 'string' } };
    addOperation(draft, { kind: 'action', id: 'SetTags', method: 'put', path: '/tags', body: { schema } });
    expect(valueAt(draft.definition, ['paths', '/tags', 'put', 'parameters', 0])).to.deep.include({
      'x-ms-summary': 'Body',
      description: 'The content of the request.',
    });
    expect(schema).to.deep.equal({ type: 'array', items: { type: 'string' } });
  });

  it('sends a list as one value', () => {
    const draft = draftOf();
    const parameters = [parseParameter('ids:query:int32[]')];
    addOperation(draft, { kind: 'action', id: 'FindStations', method: 'get', path: '/find', parameters });
    expect(valueAt(draft.definition, ['paths', '/find', 'get', 'parameters', 0])).to.deep.include({
      type: 'array',
      items: { type: 'integer', format: 'int32' },
      collectionFormat: 'csv',
    });
  });

  const refusals: [string, Partial<NewOperation>, RegExp][] = [
    ['an id that is taken', { id: 'listStations' }, /"listStations" is already there: ListStations is GET \/stations/],
    ['the same id, changed', { id: 'ListStations', path: '/stations' }, /is GET \/stations, and differs/],
    ['a method and path that are taken', { path: '/stations' }, /GET \/stations is already there: ListStations/],
    [
      'the same path with other variables',
      { path: '/stations/{id}' },
      /already there: GetStation is GET \/stations\/\{stationId\}/,
    ],
    [
      'other variables with another method',
      { method: 'put', path: '/stations/{id}' },
      /can't be distinguished from \/stations\/\{stationId\}/,
    ],
    ['a path in other case', { method: 'put', path: '/STATIONS' }, /can't be distinguished from \/stations/],
    ['a bad id', { id: 'a b' }, /letters, digits/],
    ['a bad method', { method: 'fetch' }, /method "fetch"/],
    ['a bad path', { path: 'x' }, /slash/],
    ['a bad summary', { summary: 'Wait.' }, /must end/],
    ['a description that repeats the summary', { summary: 'Wait', description: 'Wait.' }, /more than/],
    ['a bad status', { response: { status: '302' } }, /200 to 299/],
    ['a GET with a body', { body: { schema: { type: 'object' } } }, /can't have a body/],
    ['a path parameter without variable', { parameters: [{ name: 'x', in: 'path' }] }, /no variable \{x\}/],
    [
      'a parameter twice',
      {
        parameters: [
          { name: 'x', in: 'query' },
          { name: 'x', in: 'query' },
        ],
      },
      /query x twice/,
    ],
    [
      'internal and required without default',
      { parameters: [{ name: 'x', in: 'query', required: true, visibility: 'internal' }] },
      /needs a default/,
    ],
    [
      'a default of another type',
      { parameters: [{ name: 'x', in: 'query', type: 'integer', default: 'a' }] },
      /not of type integer/,
    ],
    [
      'a default that is not allowed',
      { parameters: [{ name: 'x', in: 'query', enum: ['a'], default: 'b' }] },
      /not among/,
    ],
    [
      'a format of another type',
      { parameters: [{ name: 'x', in: 'query', type: 'integer', format: 'date' }] },
      /doesn't belong/,
    ],
  ];
  for (const [name, change, message] of refusals) {
    it(`refuses ${name} and changes nothing`, () => {
      const draft = draftOf();
      const before = JSON.stringify(draft.definition);
      const operation: NewOperation = { kind: 'action', id: 'GetNew', method: 'get', path: '/new', ...change };
      expect(() => addOperation(draft, operation)).to.throw(UserError, message);
      expect(JSON.stringify(draft.definition)).to.equal(before);
    });
  }
});
