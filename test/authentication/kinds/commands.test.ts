import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { authenticationKinds, rareKinds } from '../../../src/authentication/kinds.ts';
import { presetNames } from '../../../src/authentication/presets.ts';
import { command } from '../../../src/cli/commands/oauth.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';
import { runLine } from '../../support/command-line.ts';
import { checkout, snapshot, temporaryFolder } from '../../support/folders.ts';
import { generate } from '../../support/generators.ts';
import { certified } from './certified.ts';

async function runCommand(cwd: string, line: string): Promise<void> {
  expect(line).to.match(/^pp-connector oauth( |$)/);
  await runLine(line, cwd);
}

async function repository(): Promise<string> {
  const cwd = temporaryFolder();
  await generate('app', { cwd, flags: certified('custom') });
  return cwd;
}

async function expectAccepted(cwd: string): Promise<void> {
  const { findings } = await validatePath(cwd, { cwd });
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ rule, message }) => `${rule}: ${message}`)).to.deep.equal([]);
}

describe('the examples of oauth --help', () => {
  const lines = command.examples.map(([line]) => line).filter((line) => line !== 'pp-connector oauth');

  for (const line of lines) {
    it(line, async () => {
      const cwd = await repository();
      await runCommand(cwd, line);
      await expectAccepted(cwd);
    });
  }

  it('are two of each kind', () => {
    for (const kind of [...authenticationKinds, ...rareKinds]) {
      const shown = lines.filter((line) => line.includes(`--auth ${kind} `) || line.endsWith(`--auth ${kind}`));
      const byPreset = kind === 'oauth2' ? lines.filter((line) => line.includes('--preset')) : [];
      expect(shown.length + byPreset.length, kind).to.be.at.least(2);
    }
  });
});

describe('the guide to authentication', () => {
  const guide = readFileSync(join(checkout, 'docs', 'guides', 'authentication.md'), 'utf8');
  const sections = guide.split(/^## /m).slice(1);

  for (const section of sections) {
    const [title = ''] = section.split('\n', 1);
    it(title, async () => {
      const blocks = [...section.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
      const lines = blocks.flatMap((block) => block.trim().split('\n'));
      expect(lines).to.not.deep.equal([]);
      const cwd = await repository();
      // each leaves a trace, or takes one away
      for (const line of lines) {
        const before = snapshot(cwd);
        await runCommand(cwd, line);
        await expectAccepted(cwd);
        if (!line.endsWith('--auth none')) expect(snapshot(cwd), line).to.not.deep.equal(before);
      }
    });
  }

  it('names every preset', () => {
    for (const name of presetNames) expect(guide).to.contain(`\`${name}\``);
  });
});
