import { expect } from 'chai';
import type { Authentication } from '../../src/authentication/authentication.ts';
import { readTokenPolicies, writeTokenPolicies } from '../../src/authentication/kinds/token-policies.ts';
import { recogniseAuthentication } from '../../src/authentication/recognise.ts';
import { setAuthentication } from '../../src/authentication/set-authentication.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { asArray, asObject, getOwn, type JsonObject } from '../../src/connector/json/value.ts';
import { sampleDefinition } from '../../src/connector/sample.ts';
import { connectorOf } from '../support/connectors.ts';
import { script } from './kinds/plain.ts';

const request = { tokenUrl: 'https://login.contoso.com/oauth2/token', scopes: ['a', 'b:c/d'] };
const api = 'https://api.contoso.com/v1';

/** As another publisher writes them: titles of its own, no empty default, between policies of other kinds. */
function foreign(): JsonObject[] {
  const policies = writeTokenPolicies(request, api).map((policy, index) => ({ ...policy, title: `Step ${index}` }));
  const [first] = policies;
  asObject(getOwn(asObject(first), 'parameters'))['x-ms-apimTemplateParameter.value'] =
    "Basic @connectionParameters('api_key')";
  return policies;
}

const unrelated = {
  templateId: 'setqueryparameter',
  title: 'Always JSON',
  parameters: { 'x-ms-apimTemplateParameter.name': 'format', 'x-ms-apimTemplateParameter.value': 'json' },
};

const innerWith = (policies: readonly JsonObject[]): JsonObject => ({
  connectionParameters: { api_key: { type: 'securestring' } },
  policyTemplateInstances: [...policies],
});

const recognised = (policies: readonly JsonObject[]) =>
  recogniseAuthentication({}, { properties: innerWith(policies) });

describe('policies that ask for a token', () => {
  it('are read as they are written', () => {
    for (const tokenUrl of [
      request.tokenUrl,
      'https://login.contoso.com',
      'https://login.contoso.com:8443/a/b?audience=x&c=d',
    ]) {
      for (const scopes of [[], ['a'], ['https://contoso.com/.default', 'offline access']]) {
        const found = readTokenPolicies(innerWith(writeTokenPolicies({ tokenUrl, scopes }, api)));
        const normal = tokenUrl === 'https://login.contoso.com' ? `${tokenUrl}/` : tokenUrl;
        expect(found?.request).to.deep.equal({ tokenUrl: normal, scopes: scopes.flatMap((scope) => scope.split(' ')) });
        expect([...(found?.parts.values() ?? [])]).to.have.length(7);
      }
    }
  });

  it('are recognised by what they do, not by their titles', () => {
    const { kind, method } = recognised([unrelated, ...foreign(), unrelated]);
    expect(kind).to.equal('client-credentials');
    expect(method).to.deep.include({ by: 'policies', ...request });
  });

  it('are of this kind, and nothing that is known, in another form', () => {
    const get = foreign();
    asObject(getOwn(asObject(get[3]), 'parameters'))['x-ms-apimTemplateParameter.httpMethod'] = 'GET';
    for (const policies of [get, foreign().slice(1), foreign().filter((_, index) => index !== 4)]) {
      const { kind, method } = recognised(policies);
      expect({ kind, method }).to.deep.equal({ kind: 'client-credentials', method: undefined });
    }
  });

  it('are none when the value goes elsewhere, or is for some operations only', () => {
    for (const [key, value] of [
      ['x-ms-apimTemplateParameter.parameterTemplate', "@headers('TeamId')"],
      ['x-ms-apimTemplateParameter.parameterValuePathTemplate', '@body().id'],
      ['x-ms-apimTemplate-operationName', ['GetTeam']],
    ] as const) {
      const policies = foreign();
      asObject(getOwn(asObject(policies[3]), 'parameters'))[key] = value as string;
      expect(readTokenPolicies(innerWith(policies)), key).to.equal(undefined);
    }
    for (const inner of [{}, { policyTemplateInstances: null }, { policyTemplateInstances: [null, 1, 'x', []] }])
      expect(readTokenPolicies(inner as JsonObject)).to.equal(undefined);
  });

  /** Sets a sign-in where policies of another publisher ask for a token. */
  function setAt(authentication: Authentication, definition: JsonObject = sampleDefinition()) {
    const draft = new ConnectorDraft(
      connectorOf({ definition, properties: { properties: innerWith([unrelated, ...foreign()]) } }),
    );
    const notes = setAuthentication(draft, authentication, { script });
    return { notes, policies: asArray(getOwn(draft.connectorProperties, 'policyTemplateInstances')).map(asObject) };
  }

  it('go with the sign-in, wherever they came from; others stay', () => {
    expect(setAt({ kind: 'basic' }).policies).to.deep.equal([unrelated]);
  });

  it('keep titles and place when only the scope changes', () => {
    const { policies } = setAt({ kind: 'client-credentials', by: 'policies', ...request, scopes: ['z'] });
    expect(policies.map((policy) => getOwn(policy, 'title'))).to.deep.equal([
      'Always JSON',
      ...foreign().map((_, index) => `Step ${index}`),
    ]);
    expect(JSON.stringify(policies)).to.include('grant_type=client_credentials&scope=z');
  });

  it('say which operations they can not serve', () => {
    const definition = sampleDefinition();
    definition.paths = {
      '/files': { post: { operationId: 'UploadFile', consumes: ['multipart/form-data'], responses: {} } },
    };
    const { notes } = setAt({ kind: 'client-credentials', by: 'policies', ...request }, definition);
    expect(notes.join('\n')).to.include('UploadFile (multipart/form-data)').and.include('--by script');
  });
});
