import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Authentication } from '../../../src/authentication/authentication.ts';
import { addSet } from '../../../src/authentication/connection-parameter-sets/change-sets.ts';
import { recogniseAuthentication } from '../../../src/authentication/recognise.ts';
import { setAuthentication } from '../../../src/authentication/set-authentication.ts';
import { findConnector } from '../../../src/connector/find.ts';
import {
  asArray,
  asObject,
  asString,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../../src/connector/json/value.ts';
import { readConnector } from '../../../src/connector/load.ts';
import { fromAuthentication, toAuthentication } from '../../../src/repository/questions/authentication.ts';
import { change, connectorOf } from '../../support/connectors.ts';
import { corpus } from '../../support/folders.ts';
import { everything } from './authentications.ts';
import { plain, script } from './plain.ts';

/** One connector: what its files hold about signing in. */
interface Files {
  name: string;
  definition: JsonObject;
  inner: JsonObject;
}

/** Every key below a value with the type that is there; a list counts as what is in it. */
function structure(value: Json | undefined, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => structure(item, `${path}[]`)))];
  if (isObject(value)) {
    const below = Object.entries(value).flatMap(([key, item]) => structure(item, `${path}/${key}`));
    return below.length === 0 ? [`${path} {}`] : below;
  }
  return [`${path} ${value === null ? 'null' : typeof value}`];
}

const parameters = ({ inner }: Files): JsonObject => asObject(getOwn(inner, 'connectionParameters'));
const pick = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => (getOwn(object, name) === undefined ? [] : [[name, getOwn(object, name) ?? null]])),
  );

const policies = (files: Files, templateId: string): JsonObject[] =>
  asArray(getOwn(files.inner, 'policyTemplateInstances'))
    .map(asObject)
    .filter((policy) => asString(getOwn(policy, 'templateId'))?.toLowerCase() === templateId)
    .filter((policy) => JSON.stringify(policy).toLowerCase().includes('@connectionparameters'));

/** A field that a policy uses, whatever it is called. */
function fieldsOfPolicies(files: Files, templateId: string): JsonObject[] {
  const texts = policies(files, templateId).map((policy) => JSON.stringify(policy));
  return Object.entries(parameters(files))
    .filter(([name]) => name !== 'api_key' && texts.some((text) => text.includes(`'${name}'`)))
    .map(([, parameter]) => asObject(parameter));
}

const schemes = ({ definition }: Files, type: string): JsonObject[] =>
  Object.values(asObject(getOwn(definition, 'securityDefinitions')))
    .map(asObject)
    .filter((scheme) => getOwn(scheme, 'type') === type);

const kindOf = ({ definition, inner }: Files): string | undefined =>
  recogniseAuthentication(definition, { properties: inner }).method?.kind;

const token = (kind: string, ...names: string[]) => ({
  has: (files: Files) => kindOf(files) === kind && names.every((name) => Object.hasOwn(parameters(files), name)),
  part: (files: Files) => [pick(parameters(files), names)],
});

interface Comparison {
  /** Which of our kinds. */
  ours: string;
  /** Which published connectors are compared. */
  has: (files: Files) => boolean;
  /** What is compared; several: each by itself. */
  part: (files: Files) => JsonObject[];
  /** Keys that only some side has, each with the reason. */
  explained?: Readonly<Record<string, string>>;
}

/** Sets without the fields that the API needs besides, such as its host. */
const signInOnly = (sets: JsonObject): JsonObject => ({
  ...sets,
  values: asArray(getOwn(sets, 'values')).map((set) => ({
    ...asObject(set),
    parameters: pick(asObject(getOwn(asObject(set), 'parameters')), ['api_key', 'username', 'password']),
  })),
});

// docs/reference/authentication.md#oauth-20-by-templates
const rareQueries = 'one published connector of 29 has it, which is not in the corpus';
const clearText = 'says that a plain text is masked, which is what a securestring is for';
const inSets = 'the field is as it is without sets, and the schema beside it: the form then shows it in either case';

const comparisons: Readonly<Record<string, Comparison>> = {
  'the field of an API key': { ours: 'an API key in a header', ...token('api-key', 'api_key') },
  'the scheme of an API key': {
    ours: 'an API key in the query',
    has: (files) => schemes(files, 'apiKey').length > 0,
    part: (files) => schemes(files, 'apiKey'),
  },
  'the policy of a word before the key': {
    ours: 'an API key after a word',
    has: (files) => policies(files, 'setheader').length > 0,
    part: (files) => policies(files, 'setheader').slice(0, 1),
  },
  'user name and password': { ours: 'basic', ...token('basic', 'username', 'password') },
  'the scheme of basic': {
    ours: 'basic',
    has: (files) => schemes(files, 'basic').length > 0,
    part: (files) => schemes(files, 'basic'),
  },
  'the token of OAuth 2.0': { ours: 'OAuth 2.0', ...token('oauth2', 'token') },
  'the token of templates': {
    ours: 'OAuth 2.0 by templates with everything',
    ...token('oauth2-generic', 'token'),
    explained: {
      '/token/oAuthSettings/customParameters/tokenUrlQueryStringTemplate/value string': rareQueries,
      '/token/oAuthSettings/customParameters/refreshUrlQueryStringTemplate/value string': rareQueries,
    },
  },
  'the token of Entra ID': { ours: 'Entra ID with a resource', ...token('entra', 'token') },
  'the tenant of Entra ID': { ours: 'Entra ID with a resource', ...token('entra', 'token:TenantId') },
  "an application of one's own": {
    ours: "Entra ID with an app of one's own",
    ...token('entra', 'token:clientId', 'token:clientSecret', 'token:resourceUri'),
    explained: {
      '/token:clientId/uiDefinition/constraints/clearText boolean': clearText,
      '/token:resourceUri/uiDefinition/constraints/clearText boolean': clearText,
    },
  },
  'a host per customer': {
    ours: 'an API key and a host per customer',
    has: (files) => fieldsOfPolicies(files, 'dynamichosturl').length > 0,
    part: (files) => policies(files, 'dynamichosturl'),
  },
  'the field of a host': {
    ours: 'an API key and a host per customer',
    has: (files) => fieldsOfPolicies(files, 'dynamichosturl').length > 0,
    part: (files) => fieldsOfPolicies(files, 'dynamichosturl'),
  },
  'an extra field in a header': {
    ours: 'an API key and extra fields',
    has: (files) => fieldsOfPolicies(files, 'setheader').length > 0,
    part: (files) => [...policies(files, 'setheader')],
  },
  'an extra field in the query': {
    ours: 'an API key and extra fields',
    has: (files) => fieldsOfPolicies(files, 'setqueryparameter').length > 0,
    part: (files) => policies(files, 'setqueryparameter'),
  },
  'several ways to sign in': {
    ours: 'several',
    has: ({ inner }) => isObject(getOwn(inner, 'connectionParameterSets')),
    part: ({ inner }) => [signInOnly(asObject(getOwn(inner, 'connectionParameterSets')))],
    explained: Object.fromEntries(
      [
        'api_key/uiDefinition/description string',
        'api_key/uiDefinition/tooltip string',
        ...['username', 'password'].flatMap((field) => [
          `${field}/uiDefinition/description string`,
          `${field}/uiDefinition/constraints/tabIndex number`,
          `${field}/uiDefinition/constraints/clearText boolean`,
        ]),
      ].map((key) => [`/values[]/parameters/${key}`, inSets]),
    ),
  },
};

const filesOf = (name: string, contents: ReturnType<typeof connectorOf>): Files => ({
  name,
  definition: asObject(contents.definition?.value),
  inner: asObject(getOwn(asObject(contents.properties?.value), 'properties')),
});

const basic: Authentication = { kind: 'basic' };

function made(kind: string): Files {
  const contents = change(plain, (draft) => {
    const authentication = everything[kind] ?? everything['an API key in a header'] ?? basic;
    setAuthentication(draft, authentication, { script });
    if (kind === 'several') {
      addSet(draft, { name: 'account', label: '', description: '', authentication: basic }, { script });
    }
  });
  return filesOf(kind, connectorOf(contents));
}

function published(): Files[] {
  const root = join(corpus, 'connectors');
  return readdirSync(root).flatMap((group) =>
    readdirSync(join(root, group)).map((name) => filesOf(name, readConnector(findConnector(join(root, group, name))))),
  );
}

const intersection = (lists: readonly (readonly string[])[]): string[] =>
  (lists[0] ?? []).filter((key) => lists.every((list) => list.includes(key)));

describe('what is set, beside published connectors', () => {
  let all: Files[] = [];

  before(function () {
    // the corpus lies beside the checkout, on some machines only
    if (!existsSync(join(corpus, 'connectors'))) this.skip();
    all = published();
  });

  for (const [name, { ours, has, part, explained = {} }] of Object.entries(comparisons)) {
    it(`${name}: nothing that none of them has, all that every one of them has`, () => {
      const theirs = all.filter(has).flatMap((files) => part(files).map((value) => structure(value)));
      expect(theirs.length, 'published connectors of that kind').to.be.greaterThan(0);
      const mine = part(made(ours)).flatMap((value) => structure(value));
      expect(mine).to.not.deep.equal([]);
      const onlyHere = mine.filter((key) => !theirs.flat().includes(key));
      const missing = intersection(theirs).filter((key) => !mine.includes(key));
      expect([...onlyHere, ...missing], 'only here, or in all of them and not here').to.have.members(
        Object.keys(explained),
      );
    });
  }
});

/** Set again, a published connector keeps every field; only what it lacks is added. */
describe('published connectors whose own authentication is set again', () => {
  before(function () {
    if (!existsSync(join(corpus, 'connectors'))) this.skip();
  });

  it('keep all their connection parameters and policies as they are', () => {
    const changed = published().flatMap(({ name, definition, inner }) => {
      const { method } = recogniseAuthentication(definition, { properties: inner });
      if (method === undefined) return [];
      const files = { definition, properties: { properties: inner } };
      const again = change(files, (draft) => {
        setAuthentication(draft, toAuthentication(fromAuthentication(method)), { script });
      });
      const after = filesOf(name, connectorOf(again));
      const kept = pick(parameters(after), Object.keys(asObject(getOwn(inner, 'connectionParameters'))));
      const isKept =
        deepEqual(kept, asObject(getOwn(inner, 'connectionParameters'))) &&
        deepEqual(
          asArray(getOwn(after.inner, 'policyTemplateInstances')),
          asArray(getOwn(inner, 'policyTemplateInstances')),
        );
      return isKept ? [] : [name];
    });
    expect(changed).to.deep.equal([]);
  });
});

/** The one gateway connector that is public has this structure; it is not in the corpus. */
describe('the gateway without a sign-in', () => {
  it('has the fields of the published connector', () => {
    const { connectionParameters, capabilities } = made('nothing through the gateway').inner;
    expect(capabilities).to.deep.equal(['gateway']);
    const { authType, gateway } = asObject(connectionParameters);
    expect(structure(authType ?? null)).to.include.members([
      '/type string',
      '/allowedValues[]/value string',
      '/uiDefinition/constraints/tabIndex number',
      '/uiDefinition/constraints/required string',
      '/uiDefinition/constraints/capability[] string',
      '/uiDefinition/constraints/allowedValues[]/text string',
      '/uiDefinition/constraints/allowedValues[]/value string',
    ]);
    expect(asObject(gateway).gatewaySettings).to.deep.equal({
      dataSourceType: 'CustomConnector',
      connectionDetails: [],
    });
  });
});
