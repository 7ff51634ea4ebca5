import { expect } from 'chai';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { compareConnectors, compareDefinitions } from '../../src/diff/compare-definitions.ts';
import { family as breaking } from '../../src/rules/families/breaking.ts';
import { example, pairs, region, reversed, version } from './pairs.ts';

const compare = (before: JsonObject, after: JsonObject) =>
  compareDefinitions(version(before, '1.0.0'), version(after, '1.1.0'));

describe('compareDefinitions', () => {
  for (const { name, before = {}, after, expect: expected, message } of pairs) {
    it(name, () => {
      const changes = compare(before, after).filter(({ kind }) => kind !== 'breaking-use-versioning');
      const told = changes.map(({ kind, operationId }) =>
        operationId === undefined ? kind : `${kind} ${operationId}`,
      );
      expect(told).to.deep.equal(expected);
      if (message !== undefined) expect(changes.map((change) => change.message).join('\n')).to.match(message);
    });
  }

  it('has a pair for every kind', () => {
    const shown = new Set(pairs.flatMap(({ expect: kinds }) => kinds.map((kind) => kind.split(' ')[0])));
    const others = new Set([
      'breaking-version-bump',
      'breaking-use-versioning',
      'breaking-connection-parameters',
      'breaking-redirect-url',
      'breaking-required-connection-parameter',
      'breaking-client-id',
      'breaking-sign-in-url',
    ]);
    const kinds = breaking.rules.map(({ id }) => id).filter((id) => !others.has(id));
    expect(kinds.filter((kind) => !shown.has(kind))).to.deep.equal([]);
  });

  it('finds nothing when only the order differs', () => {
    expect(compareDefinitions(example, reversed(example) as JsonObject)).to.deep.equal([]);
  });

  it('wants info.version to be raised when anything has changed', () => {
    const kinds = (old: string, now: string) =>
      compareDefinitions(version({}, old), version({ schemes: ['http'] }, now)).map(({ kind }) => kind);
    expect(kinds('1.0.0', '1.0.0')).to.deep.equal(['breaking-version-bump']);
    expect(kinds('1.10', '1.9')).to.deep.equal(['breaking-version-bump']);
    expect(kinds('1.9', '1.10')).to.deep.equal([]);
    expect(kinds('1.0', '2')).to.deep.equal([]);
    expect(kinds('1.0', '1.0.0')).to.deep.equal([]);
    expect(kinds('1.0.0', '1.0')).to.deep.equal(['breaking-version-bump']);
    expect(kinds('1.0-preview', '1.0')).to.deep.equal([]);
    expect(kinds('first', 'second')).to.deep.equal([]);
    const told = (now: string) =>
      compareDefinitions(version({}, '1.2'), version({ schemes: ['http'] }, now))[0]?.message;
    expect(told('1.2')).to.include('info.version is still "1.2": raise it');
    expect(told('1.1')).to.include('info.version "1.1" is not above "1.2": raise it');
  });

  it('takes what is an error for the profile as breaking, and suggests a revision of it once per operation', () => {
    const pair = [
      version({}, '1'),
      version({ paths: { '/stations': { get: { parameters: [{ ...region, in: 'header', type: 'integer' }] } } } }, '2'),
    ] as const;
    const verified = compareDefinitions(...pair);
    expect(verified.map(({ kind, breaking }) => [kind, breaking])).to.deep.equal([
      ['breaking-input-location', true],
      ['breaking-input-type', true],
      ['breaking-use-versioning', false],
    ]);
    expect(verified.at(-1)?.message).to.match(
      /ListStations_V2 .*family "ListStations", revision 2.*--revise ListStations/,
    );
    const custom = compareDefinitions(...pair, { profile: 'custom' });
    expect(custom.map(({ severity }) => severity)).to.deep.equal(['warning', 'warning']);
  });

  it('advises to bring back what is gone: it can no longer be revised', () => {
    const changes = compare({}, { paths: { '/stations/{stationId}': { get: null } } });
    const advice = changes.find(({ kind }) => kind === 'breaking-use-versioning')?.message;
    expect(advice).to.match(/^bring GetStation back as it was.*--deprecate GetStation$/);
  });

  it('points at the value in the later version, or where it would be', () => {
    const pointers = compare(
      {},
      { definitions: { Station: { properties: { height: null, kind: { enum: ['sea'] } } } } },
    )
      .filter(({ kind }) => kind.startsWith('breaking-input') || kind.startsWith('breaking-enum'))
      .map(({ pointer }) => pointer);
    expect(pointers).to.have.members([
      '/definitions/Station/properties/kind/enum',
      '/definitions/Station/properties/height',
    ]);
  });

  it('survives what is not a definition, and schemas that refer to themselves only', () => {
    const loop = { definitions: { A: { $ref: '#/definitions/B' }, B: { $ref: '#/definitions/A' } } };
    const answer = { schema: { $ref: '#/definitions/A' } };
    const broken = version(
      { ...loop, paths: { '/regions': { get: { responses: { 200: answer }, parameters: [7] } } } },
      '2',
    );
    for (const other of [{}, { paths: 1 }, { paths: { a: { get: null } } }, version({}, '1')] as JsonObject[]) {
      expect(() => compareDefinitions(broken, other)).not.to.throw();
      expect(() => compareDefinitions(other, broken)).not.to.throw();
    }
  });

  it('ends when a list of lists of itself has become something else', () => {
    const answer = { responses: { 200: { schema: { $ref: '#/definitions/Tree' } } } };
    const tree = (Tree: JsonObject): JsonObject => ({ definitions: { Tree }, paths: { '/regions': { get: answer } } });
    const self = { $ref: '#/definitions/Tree' };
    const trees: JsonObject[] = [
      { type: 'array', items: self },
      { type: 'object', additionalProperties: self },
    ];
    for (const before of trees) {
      const kinds = compare(tree(before), tree({ type: 'string' })).map(({ kind }) => kind);
      expect(kinds).to.deep.equal(['breaking-output-type', 'breaking-use-versioning']);
    }
  });

  it('follows a long chain of references', () => {
    const chain = (last: string) => {
      const definitions: Record<string, JsonObject> = { L3000: { type: last } };
      for (let level = 0; level < 3000; level += 1) {
        definitions[`L${level}`] = { type: 'object', properties: { next: { $ref: `#/definitions/L${level + 1}` } } };
      }
      const answer = { schema: { $ref: '#/definitions/L0' } };
      return { definitions, paths: { '/regions': { get: { responses: { 200: answer } } } } };
    };
    const kinds = compare(chain('string'), chain('integer')).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['breaking-output-type', 'breaking-use-versioning']);
  });

  it('ends in time when every operation reaches every schema, and one of them has changed', () => {
    const graph = (last: JsonObject): JsonObject => {
      const names = [...Array(100).keys()].map((index) => `L${index}`);
      const all = Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }]));
      const definitions = Object.fromEntries(names.map((name) => [name, { type: 'object', properties: all }]));
      const paths = Object.fromEntries(
        names.map((name) => [
          `/${name}`,
          { get: { operationId: name, responses: { 200: { schema: { $ref: `#/definitions/${name}` } } } } },
        ]),
      );
      return { ...version({ paths }, '1'), definitions: { ...definitions, L7: last } };
    };
    const changes = compareDefinitions(graph({ type: 'string' }), graph({ type: 'integer' }));
    expect(changes.filter(({ kind }) => kind === 'breaking-output-type')).to.have.lengthOf(100);
  });

  it('ends in time when schemas share schemas', () => {
    const definitions: Record<string, JsonObject> = {};
    for (let level = 0; level < 40; level += 1) {
      const next = { $ref: `#/definitions/L${level + 1}` };
      definitions[`L${level}`] = { type: 'object', properties: { a: next, b: next, c: next } };
    }
    const deep = (last: string) => ({
      definitions: { ...definitions, L40: { type: last } },
      paths: { '/regions': { get: { responses: { 200: { schema: { $ref: '#/definitions/L0' } } } } } },
    });
    const kinds = compare(deep('string'), deep('integer')).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['breaking-output-type', 'breaking-use-versioning']);
  });
});

describe('compareVersions', () => {
  const key = { api_key: { type: 'securestring' } };
  const oauth = (provider: string) => ({
    token: { type: 'oauthSetting', oAuthSettings: { identityProvider: provider } },
  });
  const kinds = (before: unknown, after: unknown) =>
    compareConnectors(
      { definition: version({}, '1'), properties: { properties: asObject(before) } },
      { definition: version({}, '2'), properties: { properties: asObject(after) } },
    )
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'breaking-use-versioning');
  const plain = (connectionParameters: unknown) => ({ connectionParameters });
  const set = (name: string, parameters: unknown) => ({ connectionParameterSets: { values: [{ name, parameters }] } });

  it('tells that a connection parameter is gone', () => {
    expect(kinds(plain(key), plain({}))).to.deep.equal(['breaking-connection-parameters']);
    expect(kinds(plain({}), plain(key))).to.deep.equal([]);
    expect(kinds(plain(key), plain({ api_key: { type: 'string' } }))).to.deep.equal([]);
  });

  it('advises to keep what connections hold, too', () => {
    const changes = compareConnectors(
      { definition: version({}, '1'), properties: { properties: asObject(plain(key)) } },
      { definition: version({}, '2'), properties: { properties: asObject(plain({})) } },
    );
    expect(changes.map(({ kind }) => kind)).to.deep.equal([
      'breaking-connection-parameters',
      'breaking-use-versioning',
    ]);
    expect(changes.at(-1)?.message).to.match(/^keep the connection parameter/);
  });

  it('tells that the sign-in is another one', () => {
    expect(kinds(plain(oauth('aad')), plain(oauth('oauth2')))).to.deep.equal(['breaking-auth-type']);
    expect(kinds(plain(oauth('aad')), plain(key))).to.deep.equal([
      'breaking-connection-parameters',
      'breaking-auth-type',
    ]);
    expect(kinds(set('key', key), set('login', oauth('aad')))).to.deep.equal(['breaking-auth-type']);
    expect(kinds(plain(key), set('key', key))).to.deep.equal([]);
  });

  it('tells that existing connections lack a new parameter', () => {
    const added = (constraints: object) => ({
      ...key,
      region: { type: 'string', uiDefinition: { constraints } },
    });
    const told = ['breaking-required-connection-parameter'];
    expect(kinds(plain(key), plain(added({ required: 'true' })))).to.deep.equal(told);
    expect(kinds(set('key', key), set('key', added({ required: 'true' })))).to.deep.equal(told);
    expect(kinds(plain(key), plain(added({ required: 'false' })))).to.deep.equal([]);
    expect(kinds(plain(key), plain(added({ required: 'true', hidden: 'true' })))).to.deep.equal([]);
    expect(kinds(plain(added({})), set('key', added({ required: 'true' })))).to.deep.equal([]);
    const sets = (...values: object[]) => ({ connectionParameterSets: { values } });
    const one = { name: 'key', parameters: key };
    const other = { name: 'region', parameters: added({ required: 'true' }) };
    expect(kinds(sets(one), sets(one, other))).to.deep.equal([]);
  });

  it('tells that the client or the addresses of the sign-in are other ones', () => {
    const signIn = (settings: object) =>
      plain({ token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'oauth2', ...settings } } });
    const at = (customParameters: Record<string, string>) =>
      signIn({
        customParameters: Object.fromEntries(
          Object.entries(customParameters).map(([name, value]) => [name, { value }]),
        ),
      });
    const one = signIn({ clientId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' });
    const two = signIn({ clientId: '9c858901-8a57-4791-81fe-4c455b099bc9' });
    expect(kinds(one, two)).to.deep.equal(['breaking-client-id']);
    expect(kinds(one, signIn({ clientId: 'REPLACE_WITH_CLIENT_ID' }))).to.deep.equal([]);
    expect(kinds(signIn({ clientId: '[[CLIENT_ID]]' }), two)).to.deep.equal([]);
    expect(kinds(one, signIn({}))).to.deep.equal([]);
    const told = ['breaking-sign-in-url'];
    const token = at({ tokenUrl: 'https://login.contoso.com/token' });
    expect(kinds(token, at({ tokenUrl: 'https://id.contoso.com/token' }))).to.deep.equal(told);
    expect(kinds(token, at({ TokenUrl: 'https://login.contoso.com/token/' }))).to.deep.equal([]);
    expect(
      kinds(at({ resourceUri: 'https://a.contoso.com' }), at({ resourceUri: 'https://b.contoso.com' })),
    ).to.deep.equal(told);
    expect(kinds(at({ tokenUrl: '[[TOKEN]]' }), token)).to.deep.equal([]);
    expect(kinds(at({ note: 'a' }), at({ note: 'b' }))).to.deep.equal([]);
  });

  it('tells that the redirect URL is another one', () => {
    const redirect = (settings: object) =>
      plain({ token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'oauth2', ...settings } } });
    const told = ['breaking-redirect-url'];
    const shared = 'https://global.consent.azure-apim.net/redirect';
    const own = `${shared}/contoso`;
    const global = redirect({ redirectMode: 'Global' });
    const perConnector = redirect({ redirectMode: 'GlobalPerConnector' });
    expect(kinds(global, perConnector)).to.deep.equal(told);
    expect(kinds(perConnector, global)).to.deep.equal(told);
    expect(kinds(redirect({}), perConnector)).to.deep.equal(told);
    expect(kinds(redirect({ redirectMode: 'Direct' }), global)).to.deep.equal(told);
    expect(kinds(redirect({ redirectUrl: shared }), redirect({ redirectUrl: own }))).to.deep.equal(told);
    expect(kinds(set('a', global.connectionParameters), set('a', perConnector.connectionParameters))).to.deep.equal(
      told,
    );
    // the service fills it in
    expect(kinds(redirect({ redirectUrl: `${shared}/` }), redirect({ redirectUrl: shared }))).to.deep.equal([]);
    expect(kinds(perConnector, redirect({ redirectMode: 'GlobalPerConnector', redirectUrl: own }))).to.deep.equal([]);
    expect(
      kinds(
        redirect({ redirectMode: 'Global', redirectUrl: own }),
        redirect({ redirectMode: 'GlobalPerConnector', redirectUrl: own }),
      ),
    ).to.deep.equal([]);
  });

  it('calls a change of colour or publisher a minor update', () => {
    expect(
      kinds({ publisher: 'A', iconBrandColor: '#111111' }, { publisher: 'B', iconBrandColor: '#222222' }),
    ).to.deep.equal(['minor-update-scope']);
  });
});
