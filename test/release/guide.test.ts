import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { exampleRepository } from '../operation/support.ts';
import { checkout, readText } from '../support/folders.ts';
import { git, gitEnvironment, hasGit } from '../support/git.ts';
import { warmCli } from '../support/warm/warm.ts';

/** Blocks of commands, each with the exit status that its commands have. */
const blocks = (text: string): { status: number; lines: string[] }[] =>
  [...text.matchAll(/^```sh(?: exit=(\d))?\n([\s\S]*?)^```$/gm)].map(([, status = '0', body = '']) => ({
    status: Number(status),
    lines: body.trim().split('\n'),
  }));

(hasGit ? describe : describe.skip)('the guide to updates', () => {
  it('shows commands that work as they are printed', () => {
    const cwd = exampleRepository();
    const guide = readFileSync(join(checkout, 'docs', 'guides', 'updates.md'), 'utf8');
    for (const { status, lines } of blocks(guide)) {
      for (const line of lines) {
        const [program, ...words] = splitCommandLine(line);
        if (program === 'git') {
          git(cwd, ...words);
          continue;
        }
        expect(program, line).to.equal('pp-connector');
        const result = warmCli(words, { cwd, env: gitEnvironment });
        expect(result.status, `${line}\n${result.stdout}${result.stderr}`).to.equal(status);
      }
    }
    const versions = [...readText(cwd, 'CHANGELOG.md').matchAll(/^## (\S+)/gm)].map(([, version = '']) => version);
    expect(versions.map((version) => version.split('.').length)).to.deep.equal([3, 3, 3]);
    const [major, minor, first] = versions.map((version) => version.split('.').map(Number));
    expect(minor).to.deep.equal([first?.[0], (first?.[1] ?? 0) + 1, 0]);
    expect(major).to.deep.equal([(first?.[0] ?? 0) + 1, 0, 0]);
  });
});
