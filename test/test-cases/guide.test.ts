import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/test.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { runLine } from '../support/command-line.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';

/** Every command of the guide about tests, as it is printed, in order; and the file of tests that it shows. */

const guide = readFileSync(join(checkout, 'docs', 'guides', 'test.md'), 'utf8');
const blocksOf = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
const lines = blocksOf('sh').flatMap((text) => text.trim().split('\n'));

describe('the guide about tests', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    const parent = temporaryFolder('guide');
    await runLine('pp-connector new contoso-items --yes', parent);
    folder = join(parent, 'contoso-items');
  });

  const run = (line: string) => {
    const { flags, positionals, format } = parseArguments(command, splitCommandLine(line).slice(2));
    return inProcess({ cwd: folder }, (context) => command.run({ ...context, format }, positionals, flags));
  };

  it('shows commands', () => {
    expect(lines.length).to.be.greaterThan(3);
  });

  for (const line of lines) {
    it(`runs: ${line}`, async () => {
      const { status, stdout, stderr } = await run(line);
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      expect(stdout).not.to.equal('');
    });
  }

  blocksOf('yaml').forEach((text, index) => {
    it(`shows a file of tests that passes in such a repository: ${text.split('\n')[0]}`, async () => {
      const name = `tests/shown-${index}.test.yaml`;
      writeTree(folder, { [name]: text });
      const { status, stdout, stderr } = await run(`pp-connector test ${name}`);
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      expect(stdout).to.match(/[1-9]\d* passed/);
    });
  });

  it('names the flags and formats that there are', () => {
    const known = [...command.flags.map(({ name }) => name), 'format', 'yes'];
    for (const [, flag = ''] of guide.matchAll(/--([a-z][a-z-]+)/g)) expect(known, flag).to.include(flag);
    for (const [, format = ''] of guide.matchAll(/--format (\w+)/g)) expect(command.formats, format).to.include(format);
  });
});
