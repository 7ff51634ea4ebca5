import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/preview.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { buildOnce } from '../support/cli.ts';
import { runLine } from '../support/command-line.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';
import { hasGit, initialise } from '../support/git.ts';
import { inProcess } from '../support/in-process.ts';

/** Every command of the guide that ends by itself, as it is printed, in order. */

const guide = readFileSync(join(checkout, 'docs', 'guides', 'preview.md'), 'utf8');
const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));

describe('the guide about the preview', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    buildOnce();
    const parent = temporaryFolder('guide');
    await runLine('pp-connector new contoso-items --yes', parent);
    folder = join(parent, 'contoso-items');
    if (hasGit) initialise(folder);
  });

  it('shows commands', () => {
    expect(lines.length).to.be.greaterThan(2);
  });

  for (const line of lines) {
    it(`runs: ${line}`, async function () {
      // where there is no git, there is no branch to compare with
      if (line.includes('--against') && !hasGit) this.skip();
      const { flags, positionals, format } = parseArguments(command, splitCommandLine(line).slice(2));
      const { status, stdout, stderr } = await inProcess({ cwd: folder }, (context) =>
        command.run({ ...context, format }, positionals, flags),
      );
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      const file = flags.text('static');
      if (file !== undefined) expect(existsSync(join(folder, file))).to.equal(true);
    });
  }

  it('names the flags that there are', () => {
    const known = [...command.flags.map(({ name }) => name), 'format', 'yes', 'fix'];
    for (const [, flag = ''] of guide.matchAll(/--([a-z][a-z-]+)/g)) expect(known, flag).to.include(flag);
  });
});
