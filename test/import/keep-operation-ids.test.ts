import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import { keepOperationIds } from '../../src/import/keep-operation-ids.ts';
import { noTexts } from '../../src/import/report.ts';

const operation = (operationId: string, more: JsonObject = {}): JsonObject => ({ operationId, responses: {}, ...more });

function converted(paths: JsonObject, policies: JsonObject[] = []): ImportResult {
  return {
    definition: { swagger: '2.0', paths },
    indent: 2,
    properties: { connectionParameters: {}, policyTemplateInstances: policies },
    routes: [],
    signsInByScript: false,
    operations: [],
    derived: noTexts,
    report: {
      source: { format: '', version: '', sha256: '' },
      result: { operations: 0, definitions: 0, bytes: 0 },
      entries: [],
    },
  };
}

const parameter = (name: string): JsonObject => ({ name, in: 'path', required: true, type: 'string' });

describe('keepOperationIds', () => {
  it('keeps the id of an operation by method and path, and remembers the other one', () => {
    const ours = { paths: { '/mails': { post: operation('CreateMail'), get: operation('ListMails') } } };
    const theirs = converted({
      '/mails': { post: operation('MailsSend'), get: operation('ListMails'), put: operation('MailsPut') },
    });
    const { result, upstream } = keepOperationIds(theirs, [ours]);
    expect(result.definition.paths).to.deep.equal({
      '/mails': { post: operation('CreateMail'), get: operation('ListMails'), put: operation('MailsPut') },
    });
    expect(upstream).to.deep.equal({ CreateMail: 'MailsSend' });
  });

  it('keeps ids that were exchanged, and gives a new operation none that is known', () => {
    const ours = {
      paths: { '/a': { get: operation('A') }, '/b': { get: operation('B') }, '/gone': { get: operation('Gone') } },
    };
    const theirs = converted({
      '/a': { get: operation('B') },
      '/b': { get: operation('A') },
      '/c': { get: operation('gone') },
    });
    expect(keepOperationIds(theirs, [ours]).result.definition.paths).to.deep.equal({
      '/a': { get: operation('A') },
      '/b': { get: operation('B') },
      '/c': { get: operation('gone2') },
    });
  });

  it('takes a path whose variable was renamed for the same one', () => {
    const ours = {
      paths: { '/a/{id}/b/{no}': { get: operation('GetA', { parameters: [parameter('id'), parameter('no')] }) } },
    };
    const choices = { operationId: 'ReadA', parameters: { itemId: { parameter: 'x' } } };
    const theirs = converted({
      '/a/{itemId}/b/{no}': { get: operation('ReadA', { parameters: [parameter('itemId'), parameter('no')] }) },
      '/x': { get: operation('X', { 'x-ms-dynamic-list': choices }) },
    });
    expect(keepOperationIds(theirs, [ours]).result.definition.paths).to.deep.equal({
      ...ours.paths,
      '/x': {
        get: operation('X', { 'x-ms-dynamic-list': { operationId: 'GetA', parameters: { id: { parameter: 'x' } } } }),
      },
    });
  });

  it('follows in scopes and titles of policies', () => {
    const scope = 'x-ms-apimTemplate-operationName';
    const policy = (id: string): JsonObject => ({ title: `Set host of ${id}`, parameters: { [scope]: [id, 'Other'] } });
    const ours = { paths: { '/a': { get: operation('GetA') } } };
    const { result } = keepOperationIds(converted({ '/a': { get: operation('ReadA') } }, [policy('ReadA')]), [ours]);
    expect(result.properties.policyTemplateInstances).to.deep.equal([policy('GetA')]);
  });

  it('finds an operation in the last import that its author has taken out', () => {
    const base = { paths: { '/a': { get: operation('GetA') } } };
    const theirs = converted({ '/a': { get: operation('ReadA') } });
    expect(keepOperationIds(theirs, [{ paths: {} }, base]).result.definition.paths).to.deep.equal(base.paths);
  });
});
