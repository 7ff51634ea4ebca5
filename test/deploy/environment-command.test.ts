import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Flags } from '../../src/cli/command.ts';
import { command } from '../../src/cli/commands/environment.ts';
import { readJson, readText, temporaryFolder } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { devUrl, prodUrl, someGuid, writeSample } from './sample.ts';

const run = (root: string, name: string | undefined, flags: Record<string, unknown>, format?: string) =>
  inProcess({ cwd: root, format }, (context) =>
    command.run(context, name === undefined ? [] : [name], new Flags(flags)),
  );
const environmentsOf = (root: string) => (readJson(root, 'config.json') as Record<string, unknown>).environments;

describe('pp-connector environment', () => {
  it('adds one, changes it, and takes values out again', async () => {
    const root = writeSample();
    const added = await run(root, 'test', { url: devUrl, host: 'test.contoso.com', title: 'Weather (test)' });
    expect(added).to.include({ status: 0 });
    expect(added.stdout).to.equal(
      `test  ${devUrl}\n  connector: not deployed yet\n  host: test.contoso.com\n  title: Weather (test)\n`,
    );
    expect(added.stderr).to.include('pp-connector deploy --environment test\n');
    expect(environmentsOf(root)).to.deep.equal({
      test: { url: devUrl, overrides: { host: 'test.contoso.com', title: 'Weather (test)' } },
    });
    await run(root, 'test', { 'base-path': '/v2', title: '' });
    expect(JSON.stringify(environmentsOf(root))).to.equal(
      JSON.stringify({ test: { url: devUrl, overrides: { host: 'test.contoso.com', basePath: '/v2' } } }),
    );
    await run(root, 'test', { 'base-path': '', host: '', 'connector-id': someGuid });
    expect(environmentsOf(root)).to.deep.equal({ test: { url: devUrl, connectorId: someGuid } });
  });

  it('changes nothing else in config.json, and nothing the second time', async () => {
    const root = writeSample({ config: { environments: { prod: { url: prodUrl } } } });
    const before = readText(root, 'config.json');
    await run(root, 'dev', { url: devUrl });
    const after = readText(root, 'config.json');
    await run(root, 'dev', { url: devUrl });
    expect(readText(root, 'config.json')).to.equal(after);
    await run(root, 'dev', { remove: true });
    expect(readText(root, 'config.json')).to.equal(before);
  });

  it('lists them', async () => {
    const root = writeSample({
      config: { environments: { dev: { url: devUrl, overrides: { host: 'a.b' } }, prod: { url: prodUrl } } },
    });
    expect((await run(root, undefined, { list: true })).stdout).to.match(
      /^dev {2}https.*\n.*\n {2}host: a\.b\nprod {2}https/,
    );
    const { environments } = JSON.parse((await run(root, undefined, { list: true }, 'json')).stdout);
    expect(environments[0]).to.deep.equal({
      name: 'dev',
      url: devUrl,
      connectorId: null,
      solution: null,
      overrides: { host: 'a.b' },
    });
    const none = await run(writeSample(), undefined, { list: true });
    expect(none).to.include({ status: 0, stdout: '' });
    expect(none.stderr).to.match(/^There are none yet/);
  });

  it('forgets what was deployed to one that it removes', async () => {
    const memory = '.pp-connector/deployed.dev.json';
    const root = writeSample({ config: { environments: { dev: { url: devUrl } } }, files: { [memory]: '{}' } });
    expect((await run(root, 'dev', { remove: true })).status).to.equal(0);
    expect(environmentsOf(root)).to.equal(undefined);
    expect(existsSync(join(root, memory))).to.equal(false);
  });

  it('shows what it would do, and writes nothing, with --dry-run', async () => {
    const root = writeSample();
    const before = readFileSync(join(root, 'config.json'), 'utf8');
    expect((await run(root, 'dev', { url: devUrl, 'dry-run': true })).stdout)
      .to.include(`+  `)
      .and.include(devUrl);
    expect(readFileSync(join(root, 'config.json'), 'utf8')).to.equal(before);
  });

  const refused: [string, string | undefined, Record<string, unknown>, RegExp][] = [
    ['no name', undefined, { url: devUrl }, /which environment is meant/],
    ['a new one without an address', 'dev', { host: 'a.b' }, /is new, and needs its address/],
    ['nothing to change', 'dev', {}, /nothing is said about "dev"/],
    ['an address as its name', 'https://x', { url: devUrl }, /can't be the name/],
    ['a GUID as its name', someGuid, { url: devUrl }, /can't be the name/],
    ['a name with a path', '../x', { url: devUrl }, /can't be the name/],
    ['an address that is not https', 'dev', { url: 'http://x.com' }, /http:\/\/x\.com/],
    ['an id that is not a GUID', 'dev', { url: devUrl, 'connector-id': 'x' }, /connectorId/],
    ['a host with its scheme', 'dev', { url: devUrl, host: 'https://x.com' }, /host" is "https:\/\/x\.com"/],
    ['to remove what is not there', 'prod', { remove: true }, /"prod"/],
  ];
  for (const [what, name, flags, message] of refused) {
    it(`refuses ${what}, and writes nothing`, async () => {
      const root = writeSample();
      const before = readText(root, 'config.json');
      const { status, stderr } = await run(root, name, flags);
      expect(stderr).to.match(message);
      expect(status).to.equal(2);
      expect(readText(root, 'config.json')).to.equal(before);
    });
  }

  it('refuses a bare folder, and says how it becomes a repository', async () => {
    const { status, stderr } = await run(temporaryFolder(), 'dev', { url: devUrl });
    expect(status).to.equal(2);
    expect(stderr).to.match(/there is none here\n.*pp-connector new/);
  });
});
