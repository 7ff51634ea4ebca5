import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { readJson, readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { failureOf, generate } from '../support/generators.ts';
import { lintWorkflow } from '../support/lint-workflow.ts';

const flags = {
  toolSpec: '^0.2.0',
  publisher: 'Contoso',
  profile: 'verified',
  contactEmail: 'help@contoso.com',
  ci: 'both',
};

describe('a repository of several connectors', () => {
  it('gets what its connectors have in common, and keeps it', async () => {
    const cwd = temporaryFolder();
    await generate('workspace', { cwd, flags });
    expect(readJson(cwd, 'pp-connector.json')).to.deep.include({
      connectors: ['connectors/*'],
      defaults: { profile: 'verified', publisher: 'Contoso', contact: { email: 'help@contoso.com' } },
    });
    expect(existsSync(join(cwd, 'azure-pipelines-connectors.yml'))).to.equal(true);
    expect(readText(cwd, 'AGENTS.md')).to.include('several Power Platform custom connectors');
    expect(existsSync(join(cwd, '.mcp.json'))).to.equal(true);
    const made = snapshot(cwd);
    await generate('workspace', { cwd });
    await generate('workspace', { cwd, answers: {} });
    expect(snapshot(cwd)).to.deep.equal(made);
    await generate('workspace', { cwd, flags: { agents: 'none' } });
    expect(existsSync(join(cwd, 'AGENTS.md'))).to.equal(false);
    await generate('workspace', { cwd });
    expect(existsSync(join(cwd, '.mcp.json'))).to.equal(false);
  });

  it('keeps what else is in its files, and files that were edited', async () => {
    const cwd = temporaryFolder();
    writeTree(cwd, {
      'package.json':
        '{\n    "name": "mine",\n    "scripts": { "validate": "my own" },\n    "devDependencies": { "x": "1" }\n}\n',
      'pp-connector.json': '{\n\t"connectors": ["*"],\n\t"defaults": { "rules": { "tags-unique": "off" } }\n}\n',
      '.gitignore': 'mine\n',
    });
    await generate('workspace', { cwd, flags: { toolSpec: '^0.2.0', publisher: 'Contoso' } });
    const manifest = readJson(cwd, 'package.json') as Record<string, Record<string, string>>;
    expect(manifest.scripts).to.include({ validate: 'my own', status: 'pp-connector status --all' });
    expect(manifest.devDependencies).to.deep.equal({ x: '1', 'generator-pp-connector': '^0.2.0' });
    expect(readText(cwd, 'pp-connector.json')).to.match(/^\{\n\t/);
    expect(readJson(cwd, 'pp-connector.json')).to.deep.include({
      connectors: ['*'],
      defaults: { rules: { 'tags-unique': 'off' }, profile: 'custom', publisher: 'Contoso' },
    });
    expect(readText(cwd, '.gitignore')).to.equal('mine\n');
    writeFileSync(join(cwd, 'package.json'), '[]');
    expect(await failureOf('workspace', { cwd })).to.match(/package\.json: this is not a JSON object/);
  });

  it('is not made of the repository of one connector', async () => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, flags: { toolSpec: '^0.2.0' } });
    expect(await failureOf('workspace', { cwd })).to.match(/this is the repository of one connector/);
  });

  it('has workflows that the linters take', async () => {
    const cwd = temporaryFolder();
    await generate('workspace', { cwd, flags });
    for (const name of ['connectors.yml', 'deploy-connectors.yml']) {
      const text = readText(cwd, `.github/workflows/${name}`);
      expect(await lintWorkflow(text), name).to.deep.equal([]);
      expect((parse(text) as { permissions: unknown }).permissions).to.deep.equal({});
      for (const line of text.split('\n').filter((each) => each.includes('uses:') && !each.includes('microsoft/'))) {
        expect(line).to.match(/@[0-9a-f]{40} # v\d/);
      }
    }
    for (const name of ['azure-pipelines-connectors.yml', 'azure-pipelines-deploy-connectors.yml']) {
      expect(parse(readText(cwd, name))).to.be.an('object');
    }
  });

  it('is joined by a new connector, in its place and with its answers', async () => {
    const cwd = temporaryFolder();
    await generate('workspace', { cwd, flags });
    await generate('app', { cwd, flags: { folder: 'letters', toolSpec: '^0.2.0' } });
    const folder = join(cwd, 'connectors', 'letters');
    expect(readJson(folder, 'config.json')).to.deep.include({ profile: 'verified' });
    expect(readJson(folder, 'connector/apiProperties.json')).to.deep.nested.include({
      'properties.publisher': 'Contoso',
    });
    expect(readJson(folder, 'connector/apiDefinition.json')).to.nested.include({
      'info.contact.email': 'help@contoso.com',
    });
    expect(existsSync(join(folder, '.github'))).to.equal(false);
    await generate('app', { cwd, flags: { folder: 'elsewhere/parcels', toolSpec: '^0.2.0' } });
    expect(existsSync(join(cwd, 'elsewhere', 'parcels', 'config.json'))).to.equal(true);
  });
});
