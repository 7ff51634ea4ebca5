import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { getOwn, type JsonObject } from '../../src/connector/json/value.ts';
import { filesOf } from '../../src/connector/load.ts';
import { folderName } from '../../src/package/pull-request/folder-name.ts';
import type { Example } from '../../src/rules/engine/rule.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { findSecrets } from '../../src/rules/support/secret-patterns.ts';
import { readJson, readText, readTree, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { findingsOf, run } from './run.ts';

/** Put together here, so that no file of ours holds such a thing. */
const awsKey = ['AKIA', 'QWZ3RTYUP5HJKL72'].join('');
const clientId = '3f2a9c81-5b7d-4e06-9a1c-8d4f2b6e7a90';

/** A clean repository, changed. */
function repository(example: Omit<Example, 'name'> = {}): string {
  const folder = temporaryFolder('weather');
  const profile = example.profile ?? 'verified';
  const files = filesOf(exampleConnector(example)).map(({ path, role, bytes }) => {
    const isRoot = role === 'config' || role === 'readme' || role === 'intro';
    return [isRoot ? basename(path) : `connector/${basename(path)}`, bytes] as const;
  });
  writeTree(folder, {
    ...Object.fromEntries(files),
    '.yo-rc.json': '{}\n',
    'config.json': `{ "profile": "${profile}" }\n`,
  });
  return folder;
}

const independent = {
  profile: 'independent',
  properties: { properties: { iconBrandColor: '#da3b01', publisher: 'Ada Lovelace', stackOwner: 'Contoso' } },
} as const;

const oauth: JsonObject = {
  token: {
    type: 'oauthSetting',
    oAuthSettings: {
      identityProvider: 'oauth2',
      clientId,
      clientSecret: 'p1-q2-r3-s4-t5-u6',
      scopes: ['read'],
      redirectMode: 'GlobalPerConnector',
      customParameters: {},
    },
  },
};

const top = 'package/pull-request';
const folderOf = (profile: string): string =>
  `${top}/${profile === 'verified' ? 'certified-connectors' : 'independent-publisher-connectors'}/Contoso Weather`;

describe('the folder of a pull request', () => {
  it('of a verified publisher: five files under their names, each byte as it was', async () => {
    const cwd = repository();
    const { status, stdout, stderr } = await run(cwd);
    expect(stdout).to.equal('No findings (profile verified).\n');
    expect(status).to.equal(0);
    expect(stderr).to.match(/create package\/pull-request\/certified-connectors\/Contoso Weather\/readme\.md/);
    const folder = join(cwd, folderOf('verified'));
    expect(readdirSync(folder).sort()).to.deep.equal([
      'apiDefinition.swagger.json',
      'apiProperties.json',
      'icon.png',
      'intro.md',
      'readme.md',
    ]);
    const before = readTree(cwd);
    const after = readTree(folder);
    expect(after['apiDefinition.swagger.json']).to.deep.equal(
      before['connector/apiDefinition.json'] ?? before['connector/apiDefinition.swagger.json'],
    );
    expect(after['apiProperties.json']).to.deep.equal(before['connector/apiProperties.json']);
    expect(after['icon.png']).to.deep.equal(before['connector/icon.png']);
  });

  it('of an independent publisher: no icon, no intro', async () => {
    const cwd = repository(independent);
    const { status, stdout } = await run(cwd);
    expect(status, stdout).to.equal(0);
    expect(readdirSync(join(cwd, folderOf('independent'))).sort()).to.deep.equal([
      'apiDefinition.swagger.json',
      'apiProperties.json',
      'readme.md',
    ]);
  });

  it('of nobody whose connector is for his own tenant', async () => {
    const cwd = repository({ profile: 'custom' });
    const { status, stderr } = await run(cwd);
    expect(status).to.equal(2);
    expect(stderr).to.match(/profile of this connector is custom[\s\S]*--profile/);
    expect(readdirSync(cwd)).not.to.include('package');
    expect((await run(cwd, '--profile', 'verified')).status).to.equal(0);
  });

  it('of nothing where no connector is', async () => {
    const { status, stderr } = await run(temporaryFolder());
    expect(status).to.equal(2);
    expect(stderr).to.match(/there is no connector here\n {2}.*--connector PATH.*pp-connector new/);
  });

  it('brings the script, and never settings.json', async () => {
    const cwd = repository();
    writeTree(cwd, {
      'connector/script.csx': 'public class Script : ScriptBase {}\n',
      'connector/settings.json': '{}',
    });
    await run(cwd);
    const names = readdirSync(join(cwd, folderOf('verified')));
    expect(names).to.include('script.csx');
    expect(names).not.to.include('settings.json');
  });

  it('has a README whose generated parts need nothing but the folder; what its author wrote stays', async () => {
    const cwd = repository();
    const block = '<!-- pp-connector:begin deployment -->\n`npm run deploy`\n<!-- pp-connector:end deployment -->\n';
    writeTree(cwd, {
      'readme.md': `${readText(cwd, 'readme.md')}\n## Deployment\n\n${block}\nOur own \`npm test\`.\n`,
    });
    await run(cwd);
    const readme = readText(join(cwd, folderOf('verified')), 'readme.md');
    expect(readme).to.match(/`npx generator-pp-connector deploy` creates the connector/);
    expect(readme).not.to.match(/npm run|npm install/);
    expect(readme).to.include('Our own `npm test`.');
    expect(readText(cwd, 'readme.md')).to.include('`npm run deploy`');
  });

  it('is the same a second time, and only what differs is written', async () => {
    const cwd = repository();
    await run(cwd);
    const first = snapshot(join(cwd, 'package'));
    const { stderr } = await run(cwd);
    expect(snapshot(join(cwd, 'package'))).to.deep.equal(first);
    expect(stderr).not.to.match(/create|change/);
    writeTree(cwd, { [`${folderOf('verified')}/readme.md`]: 'edited' });
    expect((await run(cwd)).stderr).to.match(/change .*readme\.md\n(?!.*change)/);
    expect(snapshot(join(cwd, 'package'))).to.deep.equal(first);
  });

  it('keeps what is not ours, and says so', async () => {
    const cwd = repository(independent);
    writeTree(cwd, {
      [`${folderOf('independent')}/notes.txt`]: 'mine',
      [`${folderOf('independent')}/icon.png`]: 'mine',
      [`${folderOf('independent')}/script.csx`]: 'mine',
    });
    const { status, stderr, stdout } = await run(cwd);
    expect(stderr).to.match(/left alone, it is not ours: icon\.png\n.*notes\.txt\n.*script\.csx\n/);
    expect(stdout).to.match(/icon-absent-independent/);
    expect(stdout).to.match(/layout-no-extra-files/);
    expect(status).to.equal(1);
    expect(readText(cwd, `${folderOf('independent')}/notes.txt`)).to.equal('mine');
  });

  it('is written, reported and left with 1 when rules are broken', async () => {
    const cwd = repository({ definition: { info: { title: 'Contoso API' } } });
    const result = await run(cwd, '--format', 'json');
    expect(result.status).to.equal(1);
    expect(findingsOf(result).map(({ rule }) => rule)).to.include('info-title-restricted-words');
    expect(JSON.parse(result.stdout).connectors[0].path).to.equal(`${top}/certified-connectors/Contoso API`);
    expect(readdirSync(join(cwd, `${top}/certified-connectors/Contoso API`))).to.have.length(5);
    expect((await run(cwd, '--fail-on', 'never')).status).to.equal(0);
  });

  it('follows what config.json says about rules', async () => {
    const cwd = repository({ definition: { info: { title: 'Contoso API' } } });
    const settings = (value: unknown) =>
      writeTree(cwd, {
        'config.json': JSON.stringify({ profile: 'verified', rules: { 'info-title-restricted-words': value } }),
      });
    settings('off');
    expect((await run(cwd)).status).to.equal(0);
    settings({ severity: 'off', reason: 'known', paths: ['/info'] });
    expect((await run(cwd)).status).to.equal(0);
    settings({ severity: 'off', reason: 'known', paths: ['/host'] });
    expect((await run(cwd)).status).to.equal(1);
  });

  it('refuses a definition that is not strict JSON, and writes nothing', async () => {
    const cwd = repository();
    const name = readdirSync(join(cwd, 'connector')).find((each) => each.startsWith('apiDefinition')) ?? '';
    writeTree(cwd, { [`connector/${name}`]: '{ "info": { "title": "A", } }' });
    const { status, stderr } = await run(cwd);
    expect(status).to.equal(2);
    expect(stderr).to.match(/apiDefinition.*:1:\d+: /);
    expect(readdirSync(cwd)).not.to.include('package');
  });

  it('can be a clone, which the text then stays out of', async () => {
    const cwd = repository();
    const clone = temporaryFolder('PowerPlatformConnectors');
    mkdirSync(join(clone, '.git'));
    const { status } = await run(cwd, '--output', clone);
    expect(status).to.equal(0);
    expect(Object.keys(readTree(clone))).to.have.length(5);
    expect(readdirSync(join(cwd, top))).to.deep.equal(['PULL_REQUEST.md']);
  });

  it('is never the folder that is submitted, nor a file', async () => {
    const parent = temporaryFolder('parent');
    const files = filesOf(exampleConnector({ subject: 'folder' })).map(({ path, bytes }) => [basename(path), bytes]);
    const bare = writeTree(join(parent, 'Contoso Weather'), Object.fromEntries(files));
    expect(await run(bare, '--profile', 'verified')).to.include({ status: 2 });
    expect(await run(parent, '--connector', bare, '--profile', 'verified', '--output', bare)).to.include({ status: 2 });
    expect((await run(parent, '--connector', 'Contoso Weather', '--profile', 'verified')).status).to.equal(0);
    writeFileSync(join(parent, 'file'), '');
    const { stderr } = await run(parent, '--connector', bare, '--profile', 'verified', '--output', 'file');
    expect(stderr).to.match(/--output: file is a file/);
  });

  it('can have the name under which the connector was published, and is never the connector itself', async () => {
    const cwd = repository();
    const { status, stdout } = await run(cwd, '--folder', 'ContosoStations');
    expect(readdirSync(join(cwd, `${top}/certified-connectors`))).to.deep.equal(['ContosoStations']);
    expect(stdout).to.match(/layout-folder-name/);
    expect(status).to.equal(0);
    for (const name of ['a/b', '..', 'CON']) expect(await run(cwd, '--folder', name)).to.include({ status: 2 });
    const output = join(cwd, 'package', 'pull-request');
    const made = join(output, 'certified-connectors', 'ContosoStations');
    const before = snapshot(made);
    const again = await run(cwd, '--connector', made, '--output', output, '--folder', 'ContosoStations');
    expect(again.status).to.equal(2);
    expect(again.stderr).to.match(/is the connector's own folder/);
    expect(snapshot(made)).to.deep.equal(before);
  });

  it('needs a connector', async () => {
    const { status, stderr } = await run(temporaryFolder('empty'), '--profile', 'verified');
    expect(status).to.equal(2);
    expect(stderr).to.match(/there is no connector here[\s\S]*--connector PATH/);
  });
});

describe('secrets in a pull request', () => {
  const withSecrets = () =>
    repository({
      properties: { properties: { connectionParameters: { ...oauth, api_key: null } } },
      definition: { info: { description: `Reads what our stations measure, for ${awsKey} and friends.` } },
    });

  it('are replaced, and told once', async () => {
    const cwd = withSecrets();
    writeTree(cwd, { 'connector/script.csx': `// ${awsKey}\npublic class Script : ScriptBase {}\n` });
    const { stderr, stdout } = await run(cwd);
    expect(stderr).to.match(/an OAuth client id was replaced by a placeholder in apiProperties\.json/);
    expect(stderr).to.match(/an OAuth client secret was taken out of apiProperties\.json/);
    expect(stderr).to.match(/an AWS access key was taken out of apiDefinition\.swagger\.json/);
    expect(stderr).to.match(/an AWS access key was taken out of script\.csx/);
    for (const [name, bytes] of Object.entries(readTree(join(cwd, 'package')))) {
      const text = bytes.toString('latin1');
      expect(findSecrets(text), name).to.deep.equal([]);
      expect(text, name).not.to.include(clientId);
      expect(text, name).not.to.include('p1-q2-r3');
    }
    for (const text of [stdout, stderr]) {
      expect(text).not.to.include(awsKey);
      expect(text).not.to.include(clientId);
    }
  });

  it('leave everything else as it was', async () => {
    const cwd = repository();
    const text = `{\r\n\t"properties": {"connectionParameters":{ "token" : {"oAuthSettings": { "scopes":[ ],"clientId":"${clientId}" }}}, "x": 1.50 }\r\n}`;
    writeTree(cwd, { 'connector/apiProperties.json': text });
    await run(cwd);
    expect(readText(cwd, `${folderOf('verified')}/apiProperties.json`)).to.equal(
      text.replace(clientId, 'REPLACE_WITH_CLIENT_ID'),
    );
  });

  it('are found in sets of connection parameters, too', async () => {
    const cwd = repository();
    const values = [{ name: 'oauth', parameters: oauth }];
    writeTree(cwd, {
      'connector/apiProperties.json': JSON.stringify({ properties: { connectionParameterSets: { values } } }),
    });
    await run(cwd);
    const text = readText(cwd, `${folderOf('verified')}/apiProperties.json`);
    expect(text).not.to.include(clientId);
    expect(text).not.to.include('clientSecret');
  });

  it('that are placeholders stay', async () => {
    const cwd = repository();
    const text = JSON.stringify({
      properties: {
        connectionParameters: {
          token: { oAuthSettings: { clientId: '[[YOUR_CLIENT_ID]]', clientSecret: '[[DUMMY]]' } },
        },
      },
    });
    writeTree(cwd, { 'connector/apiProperties.json': text });
    await run(cwd);
    expect(readText(cwd, `${folderOf('verified')}/apiProperties.json`)).to.equal(text);
  });
});

describe('pictures of the README', () => {
  it('come along, from below its folder only', async () => {
    const cwd = repository();
    const outside = writeTree(temporaryFolder('outside'), { 'secret.png': 'secret' });
    writeTree(cwd, {
      'images/test page.png': 'one',
      'images/two.svg': 'two',
      'images/three.jpg': 'three',
      'images/unused.png': 'unused',
      'images/list.txt': 'text',
    });
    symlinkSync(join(outside, 'secret.png'), join(cwd, 'images', 'linked.png'));
    const readme = [
      readText(cwd, 'readme.md'),
      '![One](images/test%20page.png "The test page") and <img width="10" src="./images/two.svg">',
      '![Three][three] ![Web](https://contoso.com/a.png) ![Gone](images/gone.png) ![Out](../outside/secret.png)',
      '![Linked](images/linked.png) [text](images/list.txt)',
      '',
      '[three]: images/three.jpg',
      '',
    ];
    writeTree(cwd, { 'readme.md': readme.join('\n') });
    const { stderr } = await run(cwd);
    const names = Object.keys(readTree(join(cwd, folderOf('verified'))));
    expect(names.filter((name) => name.includes('/'))).to.deep.equal([
      'images/test page.png',
      'images/three.jpg',
      'images/two.svg',
    ]);
    for (const name of ['images/gone.png', '../outside/secret.png', 'images/linked.png']) {
      expect(stderr).to.include(`the README shows "${name}", and there is no such picture beside it`);
    }
  });

  it('never bring the icon of an independent publisher', async () => {
    const cwd = repository(independent);
    writeTree(cwd, { 'icon.png': 'x', 'readme.md': `${readText(cwd, 'readme.md')}\n![Icon](icon.png)\n` });
    const { status, stderr } = await run(cwd);
    expect(status).to.equal(0);
    expect(stderr).to.match(/the README shows "icon\.png", which is not submitted/);
  });
});

describe('the text of a pull request', () => {
  const textOf = (cwd: string): string => readText(cwd, `${top}/PULL_REQUEST.md`);

  it('has a title, the branch, and a checklist ticked where the files tell', async () => {
    const cwd = repository();
    await run(cwd);
    const text = textOf(cwd);
    expect(text).to.match(/Title: Contoso Weather\n/);
    expect(text).to.match(/towards dev; one connector per pull request/);
    for (const done of [
      /detailed description/,
      /response has a schema/,
      /pass the rules/,
      /brand colour/,
      /No client id/,
    ]) {
      expect(text).to.match(new RegExp(`^- \\[x\\] .*${done.source}`, 'm'));
    }
    for (const open of [/no such connector yet/, /at least 10 times/, /paconn validate/, /License Agreement/]) {
      expect(text).to.match(new RegExp(`^- \\[ \\] .*${open.source}`, 'm'));
    }
    expect(text).not.to.match(/[Ss]creenshot|Independent/);
  });

  it('of an independent publisher asks for screenshots and says that there is no icon', async () => {
    const cwd = repository(independent);
    await run(cwd);
    const text = textOf(cwd);
    expect(text).to.match(/^# Contoso Weather \(Independent Publisher\)$/m);
    expect(text).to.match(/^- \[ \] .*screenshots of three different operations/m);
    expect(text).to.match(/^- \[x\] There is no icon/m);
    expect(text).to.match(/#da3b01/);
    expect(text).to.match(/^## Screenshots$/m);
  });

  it('leaves open what the rules found', async () => {
    const cwd = repository({
      ...independent,
      definition: { paths: { '/stations': { get: { description: null, responses: { 200: { schema: null } } } } } },
    });
    await run(cwd);
    for (const open of [/detailed description/, /response has a schema/, /pass the rules/]) {
      expect(textOf(cwd)).to.match(new RegExp(`^- \\[ \\] .*${open.source}`, 'm'));
    }
  });

  it('keeps what its author ticked, and takes back what the files no longer show', async () => {
    const cwd = repository();
    await run(cwd);
    const ticked = textOf(cwd).replace('- [ ] paconn', '- [x] paconn').replaceAll('\n', '\r\n');
    writeTree(cwd, { [`${top}/PULL_REQUEST.md`]: ticked });
    await run(cwd);
    expect(textOf(cwd)).to.match(/^- \[x\] paconn/m);
    expect(textOf(cwd)).to.match(/^- \[ \] The platform/m);
  });
});

describe('a proposal', () => {
  it('is the README of an independent publisher, and nothing else', async () => {
    const cwd = repository(independent);
    const { status, stdout, stderr } = await run(cwd, '--pull-request', '--proposal');
    expect(status, stdout).to.equal(0);
    expect(readdirSync(join(cwd, folderOf('independent')))).to.deep.equal(['readme.md']);
    expect(readText(cwd, `${top}/PULL_REQUEST.md`)).to.match(
      /^# Proposal - Contoso Weather \(Independent Publisher\)$/m,
    );
    expect(stderr).to.include('Pull request "Proposal - Contoso Weather (Independent Publisher)"');
  });

  it('is judged by the rules of READMEs', async () => {
    const cwd = repository(independent);
    writeTree(cwd, {
      'readme.md': '# Contoso Weather\n\nThis connector reads what our stations measure, everywhere.\n',
    });
    const result = await run(cwd, '--proposal', '--format', 'json');
    expect(result.status).to.equal(1);
    expect(new Set(findingsOf(result).map(({ file }) => file))).to.deep.equal(
      new Set([`${folderOf('independent')}/readme.md`]),
    );
  });

  it('is nothing for verified publishers', async () => {
    expect((await run(repository(), '--proposal')).stderr).to.match(/first step of independent publishers/);
  });
});

describe('the name of the folder', () => {
  for (const [title, name] of Object.entries({
    'Contoso Weather': 'Contoso Weather',
    'Contoso Weather (Independent Publisher)': 'Contoso Weather',
    'A/B: C\\D?': 'A B C D',
    'Mr. Smith & Co.': 'Mr. Smith & Co',
    '.git': 'git',
    '..': undefined,
    '  ': undefined,
    CON: 'CON_',
    'nul.txt': 'nul_.txt',
    'Zürich Bu\u0308ro': 'Zürich Büro',
    'Tab\there': 'Tab here',
  })) {
    it(`of ${JSON.stringify(title)}`, () => {
      if (name === undefined) expect(() => folderName(title)).to.throw(/no folder can be called/);
      else expect(folderName(title)).to.equal(name);
    });
  }
});

describe('pp-connector package', () => {
  it('packs what pp-connector new makes, in its own process', () => {
    const parent = temporaryFolder('Büro mit Leerzeichen');
    for (const profile of ['verified', 'independent']) {
      const words = [
        '--yes',
        '--title',
        'Parcel Post',
        '--profile',
        profile,
        '--publisher',
        'Ada',
        '--stack-owner',
        'Parcel',
      ];
      expect(warmCli(['new', profile, ...words], { cwd: parent }).status).to.equal(0);
      const cwd = join(parent, profile);
      const { stdout, stderr } = warmCli(['package', '--format', 'json'], { cwd });
      expect(JSON.parse(stdout).connectors[0].profile).to.equal(profile);
      expect(stderr).to.match(/PULL_REQUEST\.md/);
      const names = Object.keys(readTree(join(cwd, 'package', 'pull-request')));
      expect(names.some((name) => /settings|icon/.test(name))).to.equal(profile === 'verified');
      const properties = readJson(
        cwd,
        names.map((name) => `${top}/${name}`).find((name) => name.endsWith('apiProperties.json')) ?? '',
      );
      expect(getOwn(properties as JsonObject, 'properties')).to.be.an('object');
    }
  });
});
