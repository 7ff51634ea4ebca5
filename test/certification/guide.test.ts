import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { botAnswers, partnerCenterAnswers } from '../../src/certification/answers.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { names, solutions, zip } from '../package/archives.ts';
import { checkout, readText, temporaryFolder } from '../support/folders.ts';
import { ownApi } from '../support/own-api.ts';
import { type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';
import { statusOf } from './repositories.ts';

const guide = readFileSync(join(checkout, 'docs', 'guides', 'certification.md'), 'utf8');

/** The commands of one chapter, in order. */
function commandsOf(chapter: string): string[] {
  const text = guide.split(`## ${chapter}\n`)[1]?.split(/^## /m)[0] ?? '';
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
}

/** What an author brings along from the maker portal. */
async function exportSolutions(cwd: string): Promise<void> {
  const definition = { [names.definition]: readText(cwd, 'connector/apiDefinition.json') };
  writeFileSync(join(cwd, 'connector.zip'), await zip({ ...solutions.connector, ...definition }));
  writeFileSync(join(cwd, 'flow.zip'), await zip({ ...solutions.flow, ...definition }));
}

describe('the guide to certification', () => {
  let pac: StandInPac;
  before(() => {
    pac = standInPac();
  });
  after(() => pac.remove());

  /** What is next after each command that tells it. */
  async function follow(chapter: string): Promise<{ cwd: string; nexts: (string | null)[] }> {
    let cwd = temporaryFolder();
    copyFileSync(ownApi(), join(cwd, 'openapi.yaml'));
    const nexts: (string | null)[] = [];
    const identity = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@contoso.com' };
    const committer = { GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@contoso.com' };
    const env = pac.env({ ...identity, ...committer });
    for (const line of commandsOf(chapter)) {
      const [program = '', ...args] = splitCommandLine(line);
      if (program === 'cd') {
        cwd = join(cwd, args[0] ?? '');
      } else if (program === 'git') {
        execFileSync('git', args, { cwd, env: env as NodeJS.ProcessEnv, stdio: 'ignore' });
      } else {
        expect(program, line).to.equal('pp-connector');
        if (args.includes('--solution')) await exportSolutions(cwd);
        const { status, stdout, stderr } = warmCli(args, { cwd, env });
        expect(status, `${line}\n${stdout}\n${stderr}`).to.equal(0);
        if (line === 'pp-connector status') nexts.push(statusOf(cwd, [], { env }).next);
      }
    }
    return { cwd, nexts };
  }

  it('leads a verified publisher to publication, each command as it is printed', async function () {
    this.timeout(180_000);
    const { cwd, nexts } = await follow('As a verified publisher');
    expect(nexts).to.deep.equal(['unique', 'merge', 'review', 'deployment']);
    const { counts, step, next } = statusOf(cwd, [], { env: pac.env() });
    expect(next).to.equal('general-availability');
    expect(counts).to.include({ 'to-do': 1, stale: 0, waiting: 0 });
    expect(step('deploy').why).to.match(/^in /);
  });

  it('says what each answer of the bot and of Partner Center means', () => {
    for (const { says, means, remedy } of [...botAnswers, ...partnerCenterAnswers]) {
      expect(guide).to.include(`| ${says} | ${means} | ${remedy} |`);
    }
  });

  it('leads an independent publisher to publication', async function () {
    this.timeout(180_000);
    const { cwd, nexts } = await follow('As an independent publisher');
    expect(nexts).to.deep.equal(['unique', 'identity', 'review', 'deployment']);
    expect(statusOf(cwd, [], { env: pac.env() })).to.include({ next: 'general-availability' });
  });
});
