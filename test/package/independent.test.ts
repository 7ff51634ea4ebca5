import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { filesOf } from '../../src/connector/load.ts';
import type { Example } from '../../src/rules/engine/rule.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { names, packageOf, solutions, zip } from './archives.ts';
import { refusals } from './package-validator.ts';
import { findingsOf, run } from './run.ts';

const contact = { ...exampleDefinition.info.contact, email: 'ann@example.org' };
const definition = JSON.stringify({ ...exampleDefinition, info: { ...exampleDefinition.info, contact } });
const exported = { [names.definition]: definition };

/** A clean repository of an independent publisher, with exported solutions beside it. */
async function repository(example: Omit<Example, 'name'> = {}): Promise<string> {
  const files = filesOf(exampleConnector({ profile: 'independent', ...example }));
  return writeTree(temporaryFolder('weather'), {
    ...Object.fromEntries(files.map(({ path, bytes }) => [basename(path), bytes] as const)),
    '.yo-rc.json': '{}\n',
    'config.json': '{ "profile": "independent", "outputDirectory": "." }\n',
    'connector.zip': await zip({ ...solutions.connector, ...exported }),
    'flow.zip': await zip({ ...solutions.flow, ...exported }),
  });
}

const given = ['--solution', 'flow.zip', '--solution', 'connector.zip'];
const folder = 'package/pull-request/independent-publisher-connectors/Contoso Weather';
const archives = (cwd: string): string[] => readdirSync(join(cwd, folder)).filter((name) => name.endsWith('.zip'));

describe('the package of an independent publisher', () => {
  it('lies in the folder of the pull request, which is made with it', async () => {
    const cwd = await repository();
    const { status, stdout } = await run(cwd, ...given);
    expect(stdout).to.equal('No findings (profile independent).\n');
    expect(status).to.equal(0);
    expect(readdirSync(join(cwd, folder)).sort()).to.deep.equal([
      'ContosoWeather.zip',
      'apiDefinition.swagger.json',
      'apiProperties.json',
      'readme.md',
    ]);
    expect(refusals(readTree(cwd)[`${folder}/ContosoWeather.zip`] ?? Buffer.alloc(0))).to.deep.equal([]);
    const request = readTree(cwd)['package/pull-request/PULL_REQUEST.md']?.toString();
    expect(request).to.match(/- \[x\] One archive is in the folder[\s\S]*ann@example\.org/);
  });

  for (const flag of ['--pull-request', '--submission']) {
    it(`is made by ${flag}, too`, async () => {
      const cwd = await repository();
      expect((await run(cwd, flag, ...given)).status).to.equal(0);
      expect(archives(cwd)).to.deep.equal(['ContosoWeather.zip']);
    });
  }

  it('takes the place of the one that is there, and leaves metadata.json', async () => {
    const cwd = await repository();
    writeTree(cwd, { [`${folder}/package.zip`]: 'old', [`${folder}/metadata.json`]: '{}' });
    const { status, stderr } = await run(cwd, ...given);
    expect(status, stderr).to.equal(0);
    expect(archives(cwd)).to.deep.equal(['package.zip']);
    expect(stderr).not.to.match(/left alone/);
    expect(refusals(readTree(cwd)[`${folder}/package.zip`] ?? Buffer.alloc(0))).to.deep.equal([]);
  });

  it('brings metadata.json from beside the definition', async () => {
    const cwd = await repository();
    writeTree(cwd, { 'metadata.json': '{ "AzurePublisherId": "1" }' });
    await run(cwd, ...given);
    expect(readTree(cwd)[`${folder}/metadata.json`]?.toString()).to.equal('{ "AzurePublisherId": "1" }');
  });

  it('is missed, and judged again when the folder is renewed', async () => {
    const cwd = await repository();
    const rules = async (): Promise<string[]> => [
      ...new Set(findingsOf(await run(cwd, '--format', 'json')).map(({ rule }) => rule)),
    ];
    expect(await rules()).to.deep.equal(['layout-package-present']);
    await run(cwd, ...given);
    expect(await rules()).to.deep.equal([]);
    writeFileSync(join(cwd, 'apiDefinition.json'), definition.replace('tells about', 'warns of'));
    expect(await rules()).to.include('solution-fresh');
    writeFileSync(join(cwd, folder, 'ContosoWeather.zip'), 'no archive');
    expect(await rules()).to.include('package-root');
  });

  it('is a file of its own where one is named', async () => {
    const cwd = await repository();
    expect((await run(cwd, '--submission', ...given, '--output', 'mine.zip')).status).to.equal(0);
    expect(refusals(readTree(cwd)['mine.zip'] ?? Buffer.alloc(0))).to.deep.equal([]);
    expect(Object.keys(readTree(cwd)).some((name) => name.startsWith('package/'))).to.equal(false);
  });

  it('is not made beside several archives, of a proposal, or of a connector with OAuth', async () => {
    const cwd = await repository();
    writeTree(cwd, { [`${folder}/a.zip`]: 'x', [`${folder}/b.zip`]: 'x' });
    const several = await run(cwd, ...given);
    expect(several.status).to.equal(2);
    expect(several.stderr).to.match(/"a\.zip", "b\.zip"; the service accepts one/);
    rmSync(join(cwd, 'package'), { recursive: true });
    const proposal = await run(cwd, '--pull-request', '--proposal', ...given);
    expect(proposal.status).to.equal(2);
    expect(proposal.stderr).to.match(/README only/);
    const oauth = await repository({ files: { 'intro.md': null } });
    expect((await run(oauth, ...given)).stderr).to.match(/no INTRO\.md/);
  });
});

describe('a folder of an independent publisher that was made otherwise', () => {
  const made = async (files: Readonly<Record<string, Buffer | string>>): Promise<string> => {
    const parts = filesOf(
      exampleConnector({ profile: 'independent', subject: 'folder', files: { 'package.zip': null } }),
    );
    return writeTree(temporaryFolder('Contoso Weather'), {
      ...Object.fromEntries(parts.map(({ path, bytes }) => [basename(path), bytes] as const)),
      ...files,
    });
  };
  const check = async (files: Readonly<Record<string, Buffer | string>>): Promise<string[]> => {
    const cwd = await made(files);
    const words = ['--check', cwd, '--profile', 'independent', '--format', 'json', '--fail-on', 'never'];
    const result = await run(temporaryFolder('elsewhere'), ...words);
    return findingsOf(result).map(({ rule, severity }) => `${rule} ${severity}`);
  };
  const good = packageOf({ connector: exported, flow: exported });

  it('is judged with its package', async () => {
    expect(await check({ 'package.zip': await good, 'metadata.json': '{}' })).to.deep.equal([]);
  });

  it('is refused for a package of source files, or in a folder', async () => {
    const sources = await zip({
      'apiDefinition.swagger.json': definition,
      'readme.md': '#',
      'apiProperties.json': '{}',
    });
    expect(await check({ 'package.zip': sources })).to.include('package-root error');
    const nested = await zip({ 'Contoso/intro.md': 'x', 'Contoso/package.zip': await good });
    expect(await check({ 'package.zip': nested })).to.include('package-root error');
  });

  it('is refused for none and for several', async () => {
    expect(await check({})).to.deep.equal(['layout-package-present warning']);
    expect(await check({ 'package.zip': await good, 'flow.zip': 'x' })).to.deep.equal(['layout-package-single error']);
  });
});
