import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { describeFirst, describeUpdate } from '../../src/release/describe-update.ts';
import { example, region, version } from '../diff/pairs.ts';

const update = (patch: JsonObject) =>
  describeUpdate({ before: { definition: version({}, '1.0.0') }, after: { definition: version(patch, '1.1.0') } }, []);
const list = (patch: JsonObject): JsonObject => ({ paths: { '/stations': { get: patch } } });
const items = (patch: JsonObject) => Object.fromEntries(update(patch).items);
const height = { type: 'integer', 'x-ms-summary': 'Depth' };

describe('describeUpdate', () => {
  it('tells new operations, inputs and outputs as makers know them', () => {
    const operation = { operationId: 'ListAlarms', summary: 'List <all>\n alarms', responses: { 200: {} } };
    expect(items({ paths: { '/alarms': { get: operation } } })).to.deep.equal({
      Added: ['List \\<all> alarms (`ListAlarms`), an action.'],
    });
    expect(items({ paths: { '/alarms': { get: { ...operation, 'x-ms-trigger': 'batch' } } } }).Added?.[0]).to.match(
      /, a trigger\.$/,
    );
    const unit = { name: 'unit', in: 'query', type: 'string' };
    expect(items(list({ parameters: [region, unit] })).Added?.[0]).to.match(/\(`ListStations`\): input `unit`\.$/);
    expect(items({ definitions: { Station: { properties: { depth: height } } } }).Added?.join('\n')).to.match(
      /\(`CreateStation`\): input `depth`\.[\s\S]*\(`GetStation`\): output `depth`\./,
    );
  });

  it('leaves out what makers do not see', () => {
    const hidden = { 'x-ms-visibility': 'internal' };
    const operation = { operationId: 'ListAlarms', ...hidden, responses: { 200: {} } };
    expect(items({ paths: { '/alarms': { get: operation } } })).to.have.keys(['']);
    expect(items(list({ parameters: [region, { name: 'v', in: 'query', type: 'string', ...hidden }] }))).to.have.keys([
      '',
    ]);
  });

  it('tells what is deprecated', () => {
    expect(items(list({ deprecated: true })).Deprecated?.[0]).to.match(/`ListStations`.*not for new flows/);
  });

  it('shortens long lists', () => {
    const properties = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`p${index}`, height]));
    expect(items({ definitions: { Station: { properties } } }).Added?.[0]).to.match(/`p9` and 4 more\.$/);
  });

  it('takes a release as large as the changes are, whatever the author says of them', () => {
    const { level } = update({ paths: { '/stations/{stationId}': { get: null } } });
    expect(level).to.equal('major');
    expect(update(list({ deprecated: true })).level).to.equal('minor');
    expect(update({ host: 'other.contoso.com' }).level).to.equal('minor');
    expect(update({ definitions: { Station: { properties: { depth: height } } } }).level).to.equal('minor');
    expect(update({ info: { description: 'Other words.' } }).level).to.equal('patch');
  });
});

describe('describeFirst', () => {
  it('counts what makers get', () => {
    const [sentence] = describeFirst({ definition: example }).items.get('') ?? [];
    expect(sentence).to.match(/^First release: \d+ actions and 1 trigger\.$/);
    expect(describeFirst({ definition: {} }).items.get('')).to.deep.equal(['First release.']);
  });
});
