import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { checkout, readText, temporaryFolder } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

/** A repository with workflows is one of git. */
function commit(cwd: string): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@contoso.com', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '--message', 'first'],
  ]) {
    execFileSync('git', args, { cwd });
  }
}

describe('the guide to workflows', () => {
  const guide = readFileSync(join(checkout, 'docs', 'guides', 'ci.md'), 'utf8');

  it('shows commands that work as they are printed', () => {
    const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));
    expect(lines.length).to.be.greaterThan(8);
    // as in a workflow, where a secret may be handed to pac
    const env = { CI: 'true', PAC_CLIENT_SECRET: 'Tr0ub4dor' };
    let cwd = temporaryFolder('guide');
    for (const line of lines) {
      const [program, ...args] = splitCommandLine(line);
      if (program === 'cd') {
        cwd = join(cwd, args[0] ?? '');
        commit(cwd);
        continue;
      }
      expect(program).to.equal('pp-connector');
      const { status, stdout, stderr } = warmCli(args, { cwd, env });
      expect(status, `${line}\n${stderr}`).to.equal(0);
      expect(stdout + stderr, line).to.not.contain(env.PAC_CLIENT_SECRET);
    }
    expect(readText(cwd, 'config.json')).to.contain('no flow used it');
  });

  it('names every variable that the workflows read, and no other', () => {
    const name = /\b(?:PP|CONNECTOR|PAC|CODE)_[A-Z_]+\b/g;
    const files = ['_github/workflows/deploy.yml', '_github/workflows/validate.yml', 'azure-pipelines-deploy.yml'];
    const read = files.flatMap((file) =>
      [...readText(join(checkout, 'templates', 'app'), file).matchAll(name)].map(([variable]) => variable),
    );
    const own = /^PAC_(?:VERSION|ADO_ID_TOKEN_REQUEST_(?:TOKEN|URL))$/;
    const explained = [...guide.matchAll(name)].map(([variable]) => variable);
    expect([...new Set(explained)].filter((variable) => variable !== 'PAC_CLIENT_SECRET').sort()).to.deep.equal(
      [...new Set(read)].filter((variable) => !own.test(variable)).sort(),
    );
  });
});
