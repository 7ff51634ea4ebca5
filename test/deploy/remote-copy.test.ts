import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { hideClients, readDownload } from '../../src/deploy/remote-copy.ts';
import { digest } from '../../src/files/digest.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const definition = JSON.stringify({ swagger: '2.0', info: { title: 'Orders' }, paths: {} });
const properties = JSON.stringify({ properties: { connectionParameters: {} } });
const icon = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]);

const read = (files: Record<string, string | Buffer>) => readDownload(writeTree(temporaryFolder(), files));

describe('remote copy', () => {
  it('reads what pac writes, under any of its names', () => {
    const variants: Record<string, string | Buffer>[] = [
      { 'apiDefinition.json': definition, 'apiProperties.json': properties, 'icon.png': icon, 'script.csx': 'a\r\nb' },
      {
        'apiDefinition.swagger.json': `\uFEFF${definition}`,
        'APIProperties.json': properties,
        'Icon.PNG': icon,
        'Script.csx': '\uFEFFa\nb',
      },
      {
        'orders/apiDefinition.json': definition,
        'orders/apiProperties.json': properties,
        'orders/icon.png': icon,
        'orders/scripts.csx': 'a\nb',
      },
    ];
    for (const files of variants) {
      expect(read({ ...files })).to.deep.equal({
        copy: {
          definition: JSON.parse(definition),
          properties: JSON.parse(properties),
          script: 'a\nb',
          icon: digest(icon),
        },
        icon,
      });
    }
    expect(
      read({ 'apiDefinition.json': definition, 'apiProperties.json': properties, 'settings.json': 'x' }).copy,
    ).to.include({ script: undefined, icon: undefined });
  });

  it('explains what is missing, twice there, or no connector', () => {
    const fine = { 'apiDefinition.json': definition, 'apiProperties.json': properties };
    const refused: [Record<string, string>, RegExp][] = [
      [{}, /wrote no API definition \(apiDefinition\.json\), but nothing at all/],
      [{ 'apiDefinition.json': definition }, /wrote no apiProperties\.json, but apiDefinition\.json/],
      [{ ...fine, 'apiDefinition.swagger.json': definition }, /several files like apiDefinition/],
      [{ ...fine, 'apiDefinition.json': '{\n"swagger": ' }, /is not JSON \(line 2, column/],
      [{ ...fine, 'apiDefinition.json': '' }, /is not JSON/],
      [{ ...fine, 'apiDefinition.json': '[]' }, /holds no JSON object/],
      [{ ...fine, 'apiDefinition.json': '{"openapi":"3.0.0","paths":{}}' }, /not Swagger 2\.0/],
      [{ ...fine, 'apiProperties.json': '{}' }, /lacks "properties"/],
    ];
    for (const [files, message] of refused) {
      expect(() => read(files), message.source)
        .to.throw(message)
        .with.property('exitStatus', 1);
    }
  });

  it('takes OAuth clients out of parameters and of sets of them, of every kind', () => {
    const token = (settings: JsonObject): JsonObject => ({ token: { type: 'oauthSetting', oAuthSettings: settings } });
    const live = { clientId: 'c1a1', clientSecret: 's3cr3t', scopes: ['a'] };
    const value: JsonObject = {
      properties: {
        connectionParameters: token({ identityProvider: 'aadcertificate', ...live }),
        connectionParameterSets: {
          values: [
            { name: 'a', parameters: token({ identityProvider: 'oauth2', ...live }) },
            { name: 'b', parameters: { ...token({ ...live, clientSecret: '' }), key: { type: 'string' } } },
          ],
        },
      },
    };
    hideClients(value);
    expect(JSON.stringify(value)).to.not.match(/c1a1|s3cr3t|clientSecret/);
    expect(JSON.stringify(value).match(/REPLACE_WITH_CLIENT_ID/g)).to.have.length(3);
    const references = token({
      clientId: '@environmentVariables("contoso_ClientId")',
      clientSecret: '@environmentVariables("contoso_ClientSecret")',
    });
    const kept: JsonObject = { properties: { connectionParameters: references } };
    const before = structuredClone(kept);
    hideClients(kept);
    expect(kept).to.deep.equal(before);
  });
});
