import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConnector } from '../../src/connector/load.ts';
import { readJson as readJsonFile } from '../../src/connector/source-file.ts';
import { paconnFiles } from '../../src/deploy/paconn-settings.ts';
import { planDeployment } from '../../src/deploy/plan-deployment.ts';
import { connectorAsDeployed } from '../../src/deploy/settings-file.ts';
import { UserError } from '../../src/errors.ts';
import { deployRequest } from './options.ts';
import { oauth, plainSettings, type SampleOptions, someGuid, writeSample } from './sample.ts';

const name = 'settings.paconn.json';
const properties = oauth({ clientId: 'abc', clientSecret: 'S3cr3t' });

function filesFor(options: SampleOptions, environment?: string) {
  const root = writeSample(options);
  const path = join(root, 'connector', name);
  const existing = options.files?.[`connector/${name}`] === undefined ? undefined : readJsonFile('settings', path);
  const plan = planDeployment(connectorAsDeployed(loadConnector(root)), deployRequest({ environment }));
  const { files, connectorId } = paconnFiles(plan, path, existing);
  return { root, connectorId, files: files.map(({ path: file, contents }) => [file, String(contents)] as const) };
}
const parsed = (file: readonly [string, string] | undefined) => JSON.parse((file?.[1] ?? '').replace(/^\uFEFF/, ''));

describe('settings for paconn', () => {
  it('name the files relative to themselves, and the environment when it is an id', () => {
    const { root, files, connectorId } = filesFor(
      { settings: { ...plainSettings, script: '../code/script.csx' }, files: { 'code/script.csx': 'class Script {}' } },
      someGuid,
    );
    expect(connectorId).to.equal(undefined);
    expect(files.map(([path]) => path)).to.deep.equal([
      join(root, 'connector', name),
      join(root, 'connector', 'apiProperties.paconn.json'),
    ]);
    expect(Object.entries(parsed(files[0]))).to.deep.equal([
      ['environment', someGuid],
      ['apiProperties', 'apiProperties.paconn.json'],
      ['apiDefinition', 'apiDefinition.json'],
      ['icon', 'icon.png'],
      ['powerAppsUrl', 'https://api.powerapps.com'],
      ['powerAppsApiVersion', '2016-11-01'],
      ['script', '../code/script.csx'],
    ]);
  });

  it('come with properties without stackOwner and without a secret', () => {
    const { root, files } = filesFor({ properties });
    const before = JSON.parse(readFileSync(join(root, 'connector', 'apiProperties.json'), 'utf8'));
    expect(before.properties).to.have.any.keys('stackOwner');
    delete before.properties.stackOwner;
    delete before.properties.connectionParameters.token.oAuthSettings.clientSecret;
    expect(parsed(files[1])).to.deep.equal(before);
    expect(files.map(([, text]) => text).join()).to.not.include('S3cr3t');
  });

  it('keep what paconn wrote into them', () => {
    const written = `\uFEFF{\r\n    "connectorId": "shared_contoso-5f0123",\r\n    "environment": "Default-1",\r\n    "apiProperties": "old.json",\r\n    "powerAppsUrl": "https://tip1.api.powerapps.com",\r\n    "flowUrl": "x"\r\n}`;
    const { files, connectorId } = filesFor({ files: { [`connector/${name}`]: written } }, someGuid);
    expect(connectorId).to.equal('shared_contoso-5f0123');
    expect(
      files[0]?.[1].startsWith(
        '\uFEFF{\r\n    "connectorId": "shared_contoso-5f0123",\r\n    "environment": "Default-1",',
      ),
    ).to.equal(true);
    expect(parsed(files[0])).to.include({
      apiProperties: 'apiProperties.paconn.json',
      powerAppsUrl: 'https://tip1.api.powerapps.com',
      flowUrl: 'x',
    });
  });

  it('never replace those of pac', () => {
    for (const text of [JSON.stringify(plainSettings), JSON.stringify({ connectorId: someGuid }), '[', 'null']) {
      expect(() => filesFor({ files: { [`connector/${name}`]: text } })).to.throw(
        UserError,
        /settings\.paconn\.json(:1:\d+)?: /,
      );
    }
  });
});
