import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/read-curl.ts';
import { cli } from '../support/cli.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { git, gitEnvironment, hasGit } from '../support/git.ts';

(hasGit ? describe : describe.skip)('the guide to several connectors', () => {
  it('shows files and commands that work as they are printed', function () {
    this.timeout(120_000);
    const root = temporaryFolder();
    let cwd = root;
    const guide = readFileSync(join(checkout, 'docs', 'guides', 'several-connectors.md'), 'utf8');
    for (const [, kind, file = '', body = ''] of guide.matchAll(/^```(json|sh)(?: (\S+))?\n([\s\S]*?)^```$/gm)) {
      if (kind === 'json') {
        writeTree(root, { [file]: body });
        continue;
      }
      for (const line of body.trim().split('\n')) {
        const [program, ...words] = splitCommandLine(line);
        if (program === 'git') git(cwd, ...words);
        else if (program === 'cd') cwd = join(cwd, words[0] ?? '');
        else {
          expect(program, line).to.equal('pp-connector');
          const { status, stdout, stderr } = cli(words, { cwd, env: gitEnvironment });
          expect(status, `${line}\n${stdout}${stderr}`).to.equal(0);
        }
      }
    }
    expect(cwd).to.equal(join(root, 'connectors', 'letters'));
  });
});
