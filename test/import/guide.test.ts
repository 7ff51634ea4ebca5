import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

describe('the guide to import', () => {
  it('shows commands that work as they are printed', () => {
    const folder = temporaryFolder('guide');
    expect(warmCli(['new', 'parcels', '--yes', '--title', 'Parcels'], { cwd: folder }).status).to.equal(0);
    const repository = join(folder, 'parcels');
    const guide = readFileSync(join(checkout, 'docs', 'guides', 'import.md'), 'utf8');
    const blocks = [...guide.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)];
    for (const [, , name = '', text = ''] of blocks) if (name !== '') writeTree(repository, { [name]: text });
    const lines = blocks.flatMap(([, language, , text = '']) => (language === 'sh' ? text.trim().split('\n') : []));
    expect(lines.length).to.be.greaterThan(5);
    for (const line of lines) {
      const [program, ...args] = line.split(' ');
      expect(program).to.equal('pp-connector');
      const { status, stderr } = warmCli(args, { cwd: repository });
      expect(status, `${line}\n${stderr}`).to.equal(0);
    }
  });
});
