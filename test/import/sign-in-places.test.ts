import { expect } from 'chai';
import { asArray, asObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { checkedImport } from './faults.ts';

const addresses = { authorizationUrl: 'https://id.contoso.com/go', tokenUrl: 'https://id.contoso.com/token' };
const flows = (...names: string[]): JsonObject => ({
  type: 'oauth2',
  flows: Object.fromEntries(names.map((name) => [name, { ...addresses, scopes: { read: 'Read' } }])),
});

/** Every scheme that OpenAPI 3 knows, and some that nobody does. */
const schemes: Readonly<Record<string, JsonObject>> = {
  'a key in a header': { type: 'apiKey', in: 'header', name: 'X-Key' },
  'a key in the header Authorization': { type: 'apiKey', in: 'header', name: 'Authorization' },
  'a key in the query': { type: 'apiKey', in: 'query', name: 'k' },
  'a cookie': { type: 'apiKey', in: 'cookie', name: 'sid' },
  'a key without name': { type: 'apiKey', in: 'header' },
  'a key without place': { type: 'apiKey', name: 'X-Key' },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'Bearer', bearerFormat: 'JWT' },
  digest: { type: 'http', scheme: 'digest' },
  'no scheme of HTTP': { type: 'http' },
  code: flows('authorizationCode'),
  implicit: flows('implicit'),
  password: flows('password'),
  'client credentials': flows('clientCredentials'),
  device: flows('deviceAuthorization'),
  'all flows': flows('implicit', 'password', 'clientCredentials', 'authorizationCode'),
  'no flow': { type: 'oauth2', flows: {} },
  openid: { type: 'openIdConnect', openIdConnectUrl: 'https://id.contoso.com/.well-known/openid-configuration' },
  mutualTLS: { type: 'mutualTLS' },
  'of no kind': { type: 'odd' },
};

/** Security of the root and of an operation; undefined is none. */
const places: Readonly<Record<string, readonly [root: Json | undefined, operation: Json | undefined]>> = {
  nowhere: [undefined, undefined],
  'an empty list': [[], undefined],
  'the root': [[{ main: [] }], undefined],
  'the root, perhaps': [[{}, { main: [] }], undefined],
  'an operation': [undefined, [{ main: [] }]],
  'an operation below an empty list': [[], [{ main: [] }]],
  'the root, not for an operation': [[{ main: [] }], []],
  'a name that nobody declares': [[{ other: [] }], undefined],
  null: [null, null],
};

function described(scheme: JsonObject, [root, operation]: readonly [Json | undefined, Json | undefined]): JsonObject {
  const answer = { responses: { '204': { description: 'Done.' } } };
  return {
    openapi: '3.1.0',
    info: { title: 'Beds', version: '1', description: 'Plans beds.' },
    servers: [{ url: 'https://beds.contoso.com' }],
    ...(root === undefined ? {} : { security: root }),
    paths: {
      '/beds': { get: { ...answer, ...(operation === undefined ? {} : { security: operation }) } },
      '/plants': { get: answer },
    },
    components: { securitySchemes: { main: scheme } },
  };
}

describe('import: every way to sign in, wherever it is asked for', function () {
  this.timeout(30_000);
  for (const [name, scheme] of Object.entries(schemes)) {
    it(`${name}: used, reported or refused`, async () => {
      const faults: string[] = [];
      for (const [where, security] of Object.entries(places)) {
        const document = described(scheme, security);
        const { faults: found, result } = await checkedImport(JSON.stringify(document));
        faults.push(...found.map((fault) => `${where}: ${fault}`));
        if (result === undefined) continue;
        const declared = Object.keys(asObject(result.definition.securityDefinitions));
        const isUsed = declared.length > 0 || result.signsInByScript;
        const isTold = result.report.entries.some(({ code }) => /^(?:auth|oauth)-/.test(code));
        if (!isUsed && !isTold) faults.push(`${where}: dropped in silence`);
        const needed = asArray(result.definition.security).flatMap((entry) => Object.keys(asObject(entry)));
        if (needed.some((entry) => !declared.includes(entry))) faults.push(`${where}: asks for what isn't declared`);
        if (isUsed !== Object.keys(result.properties.connectionParameters).length > 0)
          faults.push(`${where}: the connection asks for something else`);
      }
      expect(faults.join('\n')).to.equal('');
    });
  }
});
