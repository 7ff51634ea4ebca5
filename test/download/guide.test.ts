import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { prodUrl, writeSample } from '../deploy/sample.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { Portal } from './portal.ts';

describe('the guide to download', function () {
  this.timeout(60_000);
  const portal = new Portal();
  before(() => portal.open(temporaryFolder('temporary')));
  after(() => portal.close());

  it('shows commands that work as they are printed', () => {
    const root = writeSample({ config: { environments: { prod: { url: prodUrl } } } });
    expect(warmCli(['deploy'], { cwd: root }).status).to.equal(0);
    const guide = readFileSync(join(checkout, 'docs', 'guides', 'download.md'), 'utf8')
      .replaceAll('https://contoso.crm.dynamics.com', prodUrl)
      .replaceAll('1c0ffee0-1234-4abc-8def-0123456789ab', portal.connectorId);
    const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));
    expect(lines).to.have.length(6);
    let version = 1;
    for (const line of lines) {
      // the portal has something new each time
      portal.edit(({ info }) => {
        info.version = `1.${version}.0`;
      });
      version += 1;
      const [program, ...args] = line.split(' ');
      expect(program).to.equal('pp-connector');
      const { status, stdout, stderr } = warmCli(args, { cwd: root });
      expect(status, `${line}\n${stderr}`).to.equal(0);
      if (line.includes('--output')) expect(stdout).to.match(/^Wrote weather\//);
      else if (args[0] === 'download') expect(stdout).to.match(/version changed|"\/info\/version"/);
    }
  });
});
