import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { scaffold } from '../../src/cli/scaffold.ts';
import { snapshot, temporaryFolder } from '../support/folders.ts';
import { failureOf, generate } from '../support/generators.ts';
import { inProcess } from '../support/in-process.ts';

/** The generator in Yeoman's environment, and the same without it. */
type Way = (cwd: string, flags: Record<string, unknown>) => Promise<string>;
const byYeoman: Way = async (cwd, { dryRun = false, force = false, ...flags }) => {
  const { log, output } = await generate('app', { cwd, flags: { ...flags, dryRun, force } });
  return `${output}${log === '' ? '' : `${log}\n`}`;
};
const withoutIt: Way = async (cwd, { dryRun = false, force = false, folder, ...flags }) => {
  const options = { folder: folder as string | undefined, flags, dryRun: dryRun === true, force: force === true };
  const { stdout, stderr } = await inProcess({ cwd }, (context) => scaffold(context, options));
  return stdout + stderr;
};

const made = { toolSpec: '^0.1.0', name: 'contoso-weather' };
const runs: Record<string, Record<string, unknown>[]> = {
  'the sample': [{ ...made, folder: 'weather' }],
  'nothing, with workflows of one service': [{ ...made, empty: true, ci: 'azure', agents: 'none' }],
  'a certified connector': [{ ...made, profile: 'verified', auth: 'oauth2', title: 'Contoso Weather' }],
  'a call': [{ ...made, curl: 'curl https://api.contoso.com/stations -H "X-Key: 1"' }],
  'only what would be written': [{ ...made, dryRun: true }],
  'other answers to the same repository': [made, { ...made, ci: 'azure', auth: 'basic' }],
  'edited files, which stay': [made, { ...made, title: 'Another Title' }],
  'edited files, by force': [made, { ...made, agents: 'none', force: true }],
};

describe('new without questions', () => {
  for (const [title, steps] of Object.entries(runs)) {
    it(`makes and says what the generator does: ${title}`, async () => {
      const results = [];
      for (const way of [byYeoman, withoutIt]) {
        // a title that nobody gives is made of the folder's name
        const cwd = join(temporaryFolder(), 'contoso');
        mkdirSync(cwd);
        const said: string[] = [];
        for (const [index, flags] of steps.entries()) {
          if (index > 0) for (const name of ['.editorconfig', 'AGENTS.md']) appendFileSync(join(cwd, name), '# mine\n');
          said.push(await way(cwd, flags));
        }
        results.push({ said, files: snapshot(cwd) });
      }
      expect(results[1]).to.deep.equal(results[0]);
      expect(Object.keys(results[1]?.files ?? {}).length > 0).to.equal(steps[0]?.dryRun !== true);
    });
  }

  for (const [title, flags] of Object.entries({
    'an answer that is not allowed': { auth: 'wrong' },
    'two sources': { empty: true, curl: 'curl https://api.contoso.com' },
    'a source that is not there': { from: 'nowhere' },
    'what is about a description': { tags: 'stations' },
    'a file of answers that is not there': { answers: 'nowhere.yaml' },
    'an icon that is not there': { icon: 'nowhere.png' },
  })) {
    it(`refuses, and writes nothing: ${title}`, async () => {
      const cwd = temporaryFolder();
      const { message } = await failureOf('app', { cwd, flags });
      const options = { folder: undefined, flags, dryRun: false, force: false };
      const { status, stderr } = await inProcess({ cwd }, (context) => scaffold(context, options));
      expect(stderr).to.include(message);
      expect(status).to.equal(2);
      expect(snapshot(cwd)).to.deep.equal({});
    });
  }
});
