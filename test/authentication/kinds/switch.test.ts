import { expect } from 'chai';
import type { Authentication } from '../../../src/authentication/authentication.ts';
import { recogniseAuthentication } from '../../../src/authentication/recognise.ts';
import { setAuthentication } from '../../../src/authentication/set-authentication.ts';
import { ConnectorDraft } from '../../../src/connector/draft.ts';
import { asArray, asObject, type Json, type JsonObject } from '../../../src/connector/json/value.ts';
import { fromAuthentication, toAuthentication } from '../../../src/repository/questions/authentication.ts';
import { type Contents, change, connectorOf } from '../../support/connectors.ts';
import { everything } from './authentications.ts';
import { plain, script } from './plain.ts';

const set = (contents: Contents, authentication: Authentication): Contents =>
  change(contents, (draft) => {
    setAuthentication(draft, authentication, { script });
  });

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

/** A parameter and a policy of the author's. */
const withAuthorsWork = (contents: Contents): Contents =>
  change(contents, (draft) => {
    const properties = draft.connectorProperties;
    Object.assign(asObject(properties.connectionParameters), { region });
    properties.policyTemplateInstances = [...asArray(properties.policyTemplateInstances), regionPolicy];
  });

const parsed = (contents: Contents): JsonObject => {
  const { definition, properties, settings, config } = connectorOf(contents);
  const values = [definition, properties, settings, config].map((file): Json => file?.value ?? null);
  return { values };
};

/** Without what is undefined. */
const asJson = (authentication: Authentication | undefined): Json =>
  JSON.parse(JSON.stringify(authentication ?? null)) as Json;

describe('switching between all kinds of authentication', () => {
  for (const [from, first] of Object.entries(everything)) {
    it(`from ${from}: to every other one and back`, () => {
      const start = withAuthorsWork(set(plain, first));
      expect(set(start, first), 'set again').to.deep.equal(start);
      for (const [to, second] of Object.entries(everything)) {
        const changed = set(start, second);
        expect(parsed(changed), `to ${to}`).to.deep.equal(parsed(withAuthorsWork(set(plain, second))));
        expect(set(changed, first), `to ${to} and back`).to.deep.equal(start);
      }
    });

    it(`${from} is recognised, and described by answers`, () => {
      const draft = new ConnectorDraft(connectorOf(withAuthorsWork(set(plain, first))));
      const { method } = recogniseAuthentication(draft.definition, draft.properties);
      // an author's field beside nothing else is a connector of a kind of its own
      if (first.kind === 'none') return;
      expect(asJson(method)).to.deep.equal(asJson(first));
      expect(asJson(toAuthentication(fromAuthentication(first)))).to.deep.equal(asJson(first));
    });
  }
});
