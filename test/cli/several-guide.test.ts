import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { git, gitEnvironment, hasGit } from '../support/git.ts';
import { warmCli } from '../support/warm/warm.ts';

(hasGit ? describe : describe.skip)('the guide to several connectors', () => {
  it('shows files and commands that work as they are printed', function () {
    this.timeout(120_000);
    // repositories beside it belong to the test, too
    const root = join(temporaryFolder(), 'connectors-of-contoso');
    mkdirSync(root);
    const cwd = root;
    const guide = readFileSync(join(checkout, 'docs', 'guides', 'several-connectors.md'), 'utf8');
    for (const [, kind, file = '', body = ''] of guide.matchAll(/^```(json|sh)(?: (\S+))?\n([\s\S]*?)^```$/gm)) {
      if (kind === 'json') {
        writeTree(root, { [file]: body });
        continue;
      }
      for (const line of body.trim().split('\n')) {
        const [program, ...words] = splitCommandLine(line);
        if (program === 'git') git(cwd, ...words);
        else {
          expect(program, line).to.equal('pp-connector');
          const { status, stdout, stderr } = warmCli(words, { cwd, env: gitEnvironment });
          expect(status, `${line}\n${stdout}${stderr}`).to.equal(0);
        }
      }
    }
    expect(git(root, 'tag')).to.match(/^connectors\/tides\/connector-v1\.0$/);
  });
});
