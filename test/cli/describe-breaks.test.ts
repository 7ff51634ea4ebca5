import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { hasGit, initialise } from '../support/git.ts';
import { warmCli } from '../support/warm/warm.ts';

const description = (path: string): string =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Contoso Parcels', version: '1' },
    servers: [{ url: 'https://api.contoso.com' }],
    paths: { [path]: { get: { summary: 'List parcels', responses: { 200: { description: 'The parcels.' } } } } },
  });

describe('what flows would notice of an import', () => {
  it('names diff only where that finds something to compare with', function () {
    if (!hasGit) this.skip();
    const cwd = join(temporaryFolder('describe-breaks'), 'repository');
    expect(warmCli(['new', cwd, '--yes']).status).to.equal(0);
    writeTree(cwd, { 'one.json': description('/parcels'), 'two.json': description('/letters') });
    const first = warmCli(['import', 'one.json'], { cwd });
    expect(first.stderr).to.match(/would break flows\.\n/);
    expect(warmCli(['diff'], { cwd }).status).to.equal(2);
    initialise(cwd);
    const second = warmCli(['import', 'two.json'], { cwd });
    expect(second.stderr).to.match(/would break flows\. See: pp-connector diff\n/);
    expect(warmCli(['diff'], { cwd }).status).to.be.oneOf([0, 1]);
  });
});
