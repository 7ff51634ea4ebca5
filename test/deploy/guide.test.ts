import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { checkout, readJson } from '../support/folders.ts';
import { type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';
import { devUrl, oauth, writeSample } from './sample.ts';

describe('the guide to deployments', () => {
  let pac: StandInPac;
  before(() => {
    pac = standInPac();
  });
  after(() => pac.remove());

  it('has only commands that work as they are printed', () => {
    const text = readFileSync(join(checkout, 'docs', 'guides', 'deploy.md'), 'utf8');
    const lines = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
    expect(lines.length).to.be.greaterThan(12);
    const root = writeSample({ properties: oauth() });
    writeFileSync(join(root, '..', 'ci.pfx'), '');
    const env = pac.env({
      CI: 'true',
      CONNECTOR_CLIENT_ID: 'app',
      CONNECTOR_CLIENT_SECRET: 'S3cr3t',
      PAC_CLIENT_SECRET: 'S3cr3t',
      PAC_CERTIFICATE_PASSWORD: 'S3cr3t',
    });
    for (const line of lines) {
      const [program, ...words] = splitCommandLine(line);
      expect(program, line).to.equal('pp-connector');
      const { status, stdout, stderr } = warmCli(words, { cwd: root, env });
      expect(status, `${line}\n${stderr}`).to.equal(0);
      expect(stdout + stderr, line).to.not.include('S3cr3t');
    }
    // one connector, in an environment that was named on the way
    const called = pac.calls().map(({ argv }) => argv.slice(0, 2).join(' '));
    expect(called.filter((name) => name === 'connector create')).to.have.length(1);
    const { environments } = readJson(root, 'config.json') as { environments: Record<string, { url: string }> };
    expect(Object.entries(environments).map(([name, { url }]) => [name, url])).to.deep.equal([
      ['contoso-dev', devUrl],
      ['test', 'https://contoso-test.crm.dynamics.com'],
    ]);
  });
});
