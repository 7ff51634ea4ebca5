import { expect } from 'chai';
import type { Authentication } from '../../src/authentication/authentication.ts';
import { recogniseAuthentication } from '../../src/authentication/recognise.ts';
import { setAuthentication } from '../../src/authentication/set-authentication.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { asArray, asObject, getOwn, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { sampleDefinition } from '../../src/connector/sample.ts';
import { readTemplate } from '../../src/templates.ts';
import { asTexts, authentications, type Contents, change, connectorOf } from '../support/connectors.ts';

const script = readTemplate('oauth', 'script.csx');

const plain: Contents = asTexts({
  definition: { ...sampleDefinition(), info: { title: 'Contoso Orders', description: '', version: '1.0' } },
  properties: {
    properties: { connectionParameters: {}, iconBrandColor: '#0b6a3f', capabilities: [], scriptOperations: [] },
  },
  settings: {
    connectorId: null,
    environment: null,
    apiProperties: 'apiProperties.json',
    apiDefinition: 'apiDefinition.json',
    icon: null,
    script: null,
  },
  config: { apiDefinition: 'connector/apiDefinition.json', profile: 'custom' },
});

const set = (contents: Contents, authentication: Authentication | undefined): Contents => {
  if (authentication === undefined) throw new Error('no such authentication');
  return change(contents, (draft) => {
    setAuthentication(draft, authentication, { script });
  });
};

const region = {
  type: 'string',
  uiDefinition: { displayName: 'Region', description: 'Where the orders are.', constraints: { required: 'true' } },
};
const regionPolicy = {
  templateId: 'setheader',
  title: 'Send the region',
  parameters: {
    'x-ms-apimTemplateParameter.name': 'X-Region',
    'x-ms-apimTemplateParameter.value': "@connectionParameters('region')",
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
  },
};

/** What authors add to a connector: a parameter of their own, a policy that uses it, an operation without sign-in. */
const withAuthorsWork = (contents: Contents): Contents =>
  change(contents, (draft) => {
    const properties = draft.connectorProperties;
    Object.assign(asObject(properties.connectionParameters), { region });
    properties.policyTemplateInstances = [...asArray(properties.policyTemplateInstances), regionPolicy];
    const items = asObject(asObject(getOwn(draft.definition, 'paths'))['/items']);
    asObject(items.get).security = [];
  });

const parsed = (contents: Contents): JsonObject => {
  const { definition, properties, settings, config, script: code } = connectorOf(contents);
  const values = [definition, properties, settings, config].map((file): Json => file?.value ?? null);
  return {
    definition: values[0] ?? null,
    properties: values[1] ?? null,
    settings: values[2] ?? null,
    config: values[3] ?? null,
    script: code?.text ?? null,
  };
};

describe('setting the authentication', () => {
  for (const [from, first] of Object.entries(authentications)) {
    describe(`from ${from}`, () => {
      const start = withAuthorsWork(set(plain, first));

      it('changes nothing when it is set again', () => {
        expect(set(start, first)).to.deep.equal(start);
      });

      for (const [to, second] of Object.entries(authentications)) {
        if (from === to) continue;
        it(`to ${to}: nothing of the old stays, all of the author's does`, () => {
          const changed = set(start, second);
          expect(parsed(changed)).to.deep.equal(parsed(withAuthorsWork(set(plain, second))));
        });

        it(`to ${to} and back: byte for byte as before`, () => {
          const changed = set(start, second);
          expect(set(changed, first)).to.deep.equal(start);
        });
      }

      it('is recognised again', () => {
        const draft = new ConnectorDraft(connectorOf(set(plain, first)));
        expect(recogniseAuthentication(draft.definition, draft.properties).authentication).to.deep.equal(first);
      });
    });
  }

  describe("the author's edits of the same authentication", () => {
    const edited = (name: string, edit: (draft: ConnectorDraft) => void): Contents =>
      change(set(plain, authentications[name]), edit);
    const token = (draft: ConnectorDraft): JsonObject =>
      asObject(asObject(asObject(draft.connectorProperties.connectionParameters).token).oAuthSettings);

    it('texts of fields stay', () => {
      const contents = edited('key in a header', (draft) => {
        const key = asObject(asObject(draft.connectorProperties.connectionParameters).api_key);
        asObject(key.uiDefinition).description = 'Found under Settings, Keys.';
      });
      expect(set(contents, { kind: 'api-key', in: 'query', name: 'key' }).properties).to.equal(contents.properties);
    });

    it('settings of OAuth stay, when it is set again and when a URL changes', () => {
      const contents = edited('oauth2', (draft) => {
        asObject(token(draft).properties).IsOnbehalfofLoginSupported = true;
        token(draft).redirectUrl = 'https://global.consent.azure-apim.net/redirect/contoso';
      });
      const again = set(contents, authentications.oauth2);
      expect(again).to.deep.equal(contents);
      const oauth2 = authentications.oauth2 as Extract<Authentication, { kind: 'oauth2' }>;
      const moved = set(contents, { ...oauth2, tokenUrl: 'https://login.contoso.com/v2/token' });
      expect(String(moved.properties)).to.equal(
        String(contents.properties).replace(
          '"https://login.contoso.com/token"',
          '"https://login.contoso.com/v2/token"',
        ),
      );
    });

    it('descriptions of scopes and the name of the scheme stay', () => {
      const contents = edited('oauth2', (draft) => {
        const schemes = asObject(draft.definition.securityDefinitions);
        draft.definition.securityDefinitions = { contoso_login: schemes.oauth2_auth ?? null };
        asObject(asObject(schemes.oauth2_auth).scopes)['orders.read'] = 'Read your orders';
        draft.definition.security = [{ contoso_login: ['orders.read'] }];
      });
      expect(set(contents, authentications.oauth2)).to.deep.equal(contents);
    });

    it('titles and places of policies stay', () => {
      const contents = edited('client credentials', (draft) => {
        const [first, ...rest] = asArray(draft.connectorProperties.policyTemplateInstances);
        asObject(first).title = 'Where tokens come from';
        draft.connectorProperties.policyTemplateInstances = [...rest, regionPolicy, first ?? null];
      });
      expect(set(contents, authentications['client credentials'])).to.deep.equal(contents);
    });
  });

  describe('the script', () => {
    const credentials = authentications['client credentials'];
    const own = 'public class Script : ScriptBase { /* converts XML */ }\n';
    const notesOf = (contents: Contents, authentication: Authentication): string[] =>
      setAuthentication(new ConnectorDraft(connectorOf(contents)), authentication, { script });

    it('comes and goes with client credentials, and settings.json follows', () => {
      const there = set(plain, credentials);
      expect(there.script).to.equal(script);
      expect(String(there.settings)).to.contain('"script": "script.csx"');
      const gone = set(there, { kind: 'none' });
      expect(gone).to.not.have.property('script');
      expect(String(gone.settings)).to.contain('"script": null');
    });

    it("of the author's own is never replaced; the author is told", () => {
      const contents = { ...plain, script: own };
      expect(set(contents, credentials).script).to.equal(own);
      expect(notesOf(contents, credentials as Authentication).join()).to.match(/script\.csx is the author's/);
    });

    it("of the author's own stays when the authentication goes", () => {
      const contents = { ...set(plain, credentials), script: own };
      const gone = set(contents, { kind: 'basic' });
      expect(gone.script).to.equal(own);
      expect(String(gone.settings)).to.contain('"script": "script.csx"');
    });

    it('that was edited stays, and the author is told what to remove', () => {
      const contents = { ...set(plain, credentials), script: script.replace('"Bearer"', '"Token"') };
      expect(set(contents, { kind: 'none' }).script).to.equal(contents.script);
      expect(notesOf(contents, { kind: 'none' }).join()).to.match(/remove that part$/);
    });

    it('counts as ours with other line ends, too', () => {
      const contents = { ...set(plain, credentials), script: script.replaceAll('\n', '\r\n') };
      expect(set(contents, { kind: 'none' })).to.not.have.property('script');
    });
  });

  it('takes the old scheme out of single operations; "no sign-in" there stays', () => {
    const contents = change(set(plain, authentications.basic), (draft) => {
      const paths = asObject(getOwn(draft.definition, 'paths'));
      const items = asObject(paths['/items']);
      asObject(items.get).security = [];
      asObject(items.post).security = [{ basic_auth: [] }];
    });
    const after = parsed(set(contents, authentications['key in a header'])).definition;
    const items = asObject(asObject(getOwn(asObject(after), 'paths'))['/items']);
    expect(asObject(items.get).security).to.deep.equal([]);
    expect(items.post).to.not.have.property('security');
  });

  it('leaves no OAuth settings in config.json for a kind without OAuth', () => {
    const contents: Contents = {
      ...set(plain, authentications.oauth2),
      ...asTexts({
        config: { profile: 'custom', oauth2: { clientId: 'abc', refreshUrl: 'https://login.contoso.com/r' } },
      }),
    };
    expect(parsed(set(contents, { kind: 'basic' })).config).to.deep.equal({ profile: 'custom' });
  });

  it('keeps the order, indentation and line ends of the files', () => {
    const properties =
      '{\r\n\t"properties": {\r\n\t\t"iconBrandColor": "#0b6a3f",\r\n\t\t"connectionParameters": {}\r\n\t}\r\n}\r\n';
    const after = set({ ...plain, properties }, authentications.basic);
    const text = String(after.properties);
    expect(text.replaceAll('\r\n', '')).to.not.contain('\n');
    expect(text).to.match(
      /^\{\r\n\t"properties": \{\r\n\t\t"iconBrandColor": "#0b6a3f",\r\n\t\t"connectionParameters": \{\r\n\t\t\t"username": \{\r\n\t\t\t\t"type"/,
    );
    expect(set(after, { kind: 'none' }).properties).to.equal(properties);
  });
});
